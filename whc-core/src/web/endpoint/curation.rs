//! Changes of the list: `POST /api/whcsites`, `PUT`, `PATCH` and `DELETE /api/whcsites/{id}`.

use http::StatusCode;

use super::change_headers;
use super::curation_answers::{Curation, PARAMETERS, TARGET, X_CHANGE_REASON};
use super::curation_operations as describing;
use super::openapi::operation::Operation;
use super::openapi::parameters::SITE;
use super::site_answers;
use crate::auth::Caller;
use crate::repository::{Edited, IdempotentRequest, SitePut};
use crate::site::{Site, SiteDocument, SiteRecord, Status, delist as delisted};
use crate::violation::{Violation, Violations};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::{idempotency, precondition};
use crate::web::response::links;

/// A body that would do.
const NEW: &str = r#"{"id":999999,"names":{"en":"A name"},"category":"Natural","date_inscribed":2026}"#;
const PATCH: &str = r#"{"date_inscribed":1978}"#;

const MISSING_YEAR: &str = "year is missing: the year in which the site left the list";

/// Adds a site to the list.
pub(crate) async fn create(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let curator = caller.curator()?;
    precondition::none(context.request.headers())?;
    let key = idempotency::key(context.request.headers())?;
    let curation = Curation::read(context, context.parameters(&PARAMETERS))?;
    let (document, body) = curation.document(NEW).await?;
    let site = document.create()?;
    let location = links::site(context.base, site.id);
    let request = key.map(|key| IdempotentRequest { key, target: TARGET, body: &body, location: &location });
    let reason = curation.reason(document.reason()?)?;
    let trace = context.trace();
    let put = SitePut::new(site.id, None, &trace)
        .because(reason.as_deref())
        .superseded_by(site.status.superseded_by())
        .sent_again_with(request.as_ref());
    curation.place(&curator, &put, &mut |_| Ok(site.clone().into())).await
}

/// Writes a whole site.
pub(crate) async fn replace(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    change(context, caller, SiteDocument::replace).await
}

/// Changes some of what is known of a site.
pub(crate) async fn merge(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    change(context, caller, SiteDocument::merge).await
}

type Change = fn(&SiteDocument, &Site) -> Result<Site, Violations>;

async fn change(context: &Context<'_>, caller: &Caller, change: Change) -> Result<Answer, Problem> {
    let curator = caller.curator()?;
    let id = site_answers::site_id(context.id())?;
    let if_match = precondition::curating(context.request.headers())?;
    let curation = Curation::read(context, context.parameters(&PARAMETERS))?;
    let (document, _) = curation.document(PATCH).await?;
    let reason = match document.reason() {
        Ok(reason) => curation.reason(reason)?,
        // Told with all that is wrong.
        Err(_) => None,
    };
    let trace = context.trace();
    let put = SitePut::new(id, Some(&if_match), &trace)
        .because(reason.as_deref())
        .superseded_by(document.superseder());
    let mut edit = |record: Option<&SiteRecord>| {
        let before = &record.ok_or_else(|| Violation::of_all("is about a site that is not there"))?.site;
        change(&document, before).map(Edited::from)
    };
    curation.place(&curator, &put, &mut edit).await
}

/// Takes a site off the list. It stays known.
pub(crate) async fn delist(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let curator = caller.curator()?;
    let id = site_answers::site_id(context.id())?;
    let if_match = precondition::curating(context.request.headers())?;
    let mut parameters = context.parameters(&[&PARAMETERS[..], &["year", "reason"]].concat());
    let year = parameters.year_not_to_come("year");
    if year.is_none() && parameters.text("year").is_none() {
        parameters.violation("year", MISSING_YEAR.to_owned());
    }
    let given = parameters.text("reason").map(str::to_owned);
    if let Some(Err(reason)) = given.as_deref().map(crate::site::check_reason) {
        parameters.violation("reason", format!("reason {reason}"));
    }
    if given.is_none() && !context.request.headers().contains_key(X_CHANGE_REASON) {
        let detail = "reason is missing: why the site left the list, for everybody to read";
        parameters.violation("reason", detail.to_owned());
    }
    let curation = Curation::read(context, parameters)?;
    let reason = curation.reason(given.as_deref())?;
    // It is there, since no parameter is wrong.
    let year = year.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, MISSING_YEAR))?;
    let trace = context.trace();
    let put = SitePut::new(id, Some(&if_match), &trace).because(reason.as_deref());
    let mut edit = |record: Option<&SiteRecord>| {
        let record = record.ok_or_else(|| Violation::of_all("is about a site that is not there"))?;
        if record.site.status == (Status::Delisted { year }) {
            return Ok(Edited::from(Site::clone(&record.site)));
        }
        delisted(&record.site, year, context.year()).map(Edited::from)
    };
    curation.place(&curator, &put, &mut edit).await
}

/// Describes [`create`].
pub(crate) fn describe_create() -> Operation {
    let description = "Adds a site to the list: `id`, `names`, `category` and `date_inscribed`, and whatever else is known. 409 \
                       where there is one with the id. With an `Idempotency-Key` the same request can be sent again within \
                       24 hours and has the same outcome.";
    Operation::new("createSite", "curation", "A new site", description)
        .taking_own(change_headers::idempotency_key())
        .curating()
        .failing(&[
            StatusCode::CONFLICT,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ])
        .reading(describing::document("NewSite"))
        .answering(StatusCode::CREATED, describing::created())
        .answering(StatusCode::OK, describing::changed())
}

/// Describes [`replace`].
pub(crate) fn describe_replace() -> Operation {
    let description = "Writes the whole site: every key that can be written must be there, as `GET` shows it. Keys that follow \
                       from others may be there if they say the same. What a client got and sends back changes nothing.";
    describing::changing(Operation::new("replaceSite", "curation", "Write a site", description))
        .reading(describing::document("SiteReplacement"))
        .answering(StatusCode::OK, describing::changed())
}

/// Describes [`merge`].
pub(crate) fn describe_merge() -> Operation {
    let description = "Changes what the body names and leaves the rest; `null` says that nothing is known (RFC 7396, JSON Merge \
                       Patch; `application/merge-patch+json` is taken, too). `{\"status\": \"inscribed\"}` takes a delisting \
                       back.";
    describing::changing(Operation::new("patchSite", "curation", "Change a site", description))
        .reading(describing::document("SitePatch"))
        .answering(StatusCode::OK, describing::changed())
}

/// Describes [`delist`].
pub(crate) fn describe_delist() -> Operation {
    let description = "Takes the site off the list: its status is `delisted` since `year`. It stays known, and a `PATCH` of the \
                       status takes it back.";
    let [year, reason] = describing::delisting();
    Operation::new("delistSite", "curation", "Take a site off the list", description)
        .taking(&[SITE])
        .taking_own(describing::if_match())
        .taking_own(year)
        .taking_own(reason)
        .curating()
        .failing(&[StatusCode::NOT_FOUND, StatusCode::CONFLICT])
        .failing(&[StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED])
        .answering(StatusCode::OK, describing::changed())
}
