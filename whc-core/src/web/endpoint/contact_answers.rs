//! What endpoints about contacts share: how a contact is written, and where it is kept.

use bytes::Bytes;
use http::header::{ETAG, HeaderValue, LOCATION};
use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use super::typed;
use crate::app::App;
use crate::body::Body;
use crate::contact::{CaseId, Contact, ContactDetails, ContactPatch, ContactVersion, SITE_ID, TextField};
use crate::repository::ContactRepository;
use crate::site::SiteId;
use crate::violation::Violation;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::to_vec;
use crate::web::format::{Format, timestamp};
use crate::web::problem::Problem;
use crate::web::request::body::{self, JsonBody};
use crate::web::request::{Base, Representation};
use crate::web::response::links;

/// The parameters of paths that have nothing to choose.
pub(super) const NAMES: [&str; 1] = ["f"];

/// A contact, as clients read it. Nothing is left out: `null` says that nothing is known.
#[derive(Serialize)]
pub(super) struct ContactRow<'a> {
    case_id: u64,
    title: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    phone_no: Option<&'a str>,
    address: Option<&'a str>,
    site_id: Option<u32>,
    /// Absent in the answer to a request that may be sent again: it has the same answer then.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

/// What was written of a contact.
#[derive(Serialize)]
struct PatchRow {
    case_id: u64,
    #[serde(flatten)]
    written: Map<String, Value>,
}

#[derive(Serialize)]
struct ContactDocument<T> {
    data: T,
    links: ContactLinks,
}

#[derive(Serialize)]
struct ContactLinks {
    #[serde(rename = "self")]
    this: String,
    collection: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

impl<'a> ContactRow<'a> {
    /// A contact as it is kept.
    pub(super) fn new(contact: &'a Contact) -> Self {
        let times = [contact.created, contact.updated].map(timestamp::to_text);
        let [created_at, updated_at] = times.map(Some);
        Self { created_at, updated_at, ..Self::written(contact.case, &contact.details) }
    }

    /// What a client wrote.
    fn written(case: CaseId, details: &'a ContactDetails) -> Self {
        Self {
            case_id: case.get(),
            title: details.text(TextField::Title),
            first_name: details.text(TextField::FirstName),
            last_name: details.text(TextField::LastName),
            phone_no: details.text(TextField::PhoneNo),
            address: details.text(TextField::Address),
            site_id: details.site().map(SiteId::get),
            created_at: None,
            updated_at: None,
        }
    }
}

/// Where contacts are.
///
/// # Errors
/// This deployment has no place for them.
pub(crate) fn repository(app: &App) -> Result<&dyn ContactRepository, Problem> {
    let missing = "contacts and the audit need a database, and none is configured: set DATABASE_URL";
    app.contacts().ok_or_else(|| Problem::not_configured(missing))
}

/// Checks the parameters of a path that has nothing to choose.
///
/// # Errors
/// Their violations, or `Accept` rules out JSON.
pub(super) fn expect_json(context: &Context<'_>) -> Result<(), Problem> {
    let mut parameters = context.parameters(&NAMES);
    Representation::negotiate(context.headers, &mut parameters, Format::DOCUMENT)?;
    parameters.finish()
}

/// What the body of a request says about a contact, as `read` takes it from JSON, with the body itself; `example` is one that
/// would do. `read` says which site is named: whoever keeps contacts, the site is one of [`App::sites`].
///
/// # Errors
/// The parameters are wrong, the body is no JSON, it says what is wrong, or nobody knows the site.
pub(super) async fn said<S>(
    context: &Context<'_>,
    example: &str,
    read: impl FnOnce(&Value) -> Result<(S, Option<SiteId>), Problem>,
) -> Result<(S, Bytes), Problem> {
    expect_json(context)?;
    let JsonBody { value, bytes } = body::json(context.request, context.body, context.base, example).await?;
    let (said, site) = read(&value)?;
    expect_site(context.app, site).await?;
    Ok((said, bytes))
}

async fn expect_site(app: &App, site: Option<SiteId>) -> Result<(), Problem> {
    no_such_site(app, site).await?.map_or(Ok(()), |violation| Err(violation.into()))
}

/// What is wrong with a number of a site, of which there is none.
///
/// # Errors
/// Nobody knows, since the sites cannot be read.
pub(crate) async fn no_such_site(app: &App, site: Option<SiteId>) -> Result<Option<Violation>, Problem> {
    let Some(id) = site else { return Ok(None) };
    if app.sites().get(id).await?.is_some() {
        return Ok(None);
    }
    let reason = format!("is the number of a known site, and there is none with {id}");
    Ok(Some(Violation::of(SITE_ID, reason)))
}

/// The answer with a contact as it is kept.
pub(super) fn one(base: Base<'_>, contact: &Contact) -> Result<Answer, Problem> {
    answer(base, (contact.case, contact.details.site()), ContactRow::new(contact), &contact.version)
}

/// The answer with a new contact, at the place with its address.
pub(super) fn created(base: Base<'_>, contact: &Contact) -> Result<Answer, Problem> {
    Ok(at(one(base, contact)?.with_status(StatusCode::CREATED), &links::contact(base, contact.case)))
}

/// The answer with a new contact as it was written, which can be given again.
pub(super) fn created_again(
    base: Base<'_>,
    (case, details): (CaseId, &ContactDetails),
    version: &ContactVersion,
    location: &str,
) -> Result<Answer, Problem> {
    let answer = answer(base, (case, details.site()), ContactRow::written(case, details), version)?;
    Ok(at(answer.with_status(StatusCode::CREATED), location))
}

/// The value of `ETag` for a state of a contact.
pub(super) fn etag(version: &ContactVersion) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{version}\"")).ok()
}

/// An answer without a body.
pub(super) fn nothing() -> Answer {
    Answer::no_store(Response::new(Body::default())).with_status(StatusCode::NO_CONTENT)
}

/// The answer to who may not see the contact: what they wrote themselves, and in which state it is now.
pub(super) fn written(
    base: Base<'_>,
    case: CaseId,
    patch: &ContactPatch,
    version: &ContactVersion,
) -> Result<Answer, Problem> {
    let data = PatchRow { case_id: case.get(), written: patch.to_json() };
    answer(base, (case, patch.site()), data, version)
}

/// A document that no cache may keep.
pub(super) fn document(document: &impl Serialize) -> Result<Answer, Problem> {
    Ok(Answer::no_store(typed(Format::Json.essence(), Bytes::from(to_vec(document)?))))
}

fn answer(
    base: Base<'_>,
    (case, site): (CaseId, Option<SiteId>),
    data: impl Serialize,
    version: &ContactVersion,
) -> Result<Answer, Problem> {
    let links = ContactLinks {
        this: links::contact(base, case),
        collection: links::contacts(base),
        site: site.map(|site| links::site(base, site)),
    };
    let mut answer = document(&ContactDocument { data, links })?;
    answer.response.headers_mut().extend(etag(version).map(|etag| (ETAG, etag)));
    Ok(answer)
}

fn at(mut answer: Answer, location: &str) -> Answer {
    answer.response.headers_mut().extend(HeaderValue::try_from(location).ok().map(|value| (LOCATION, value)));
    answer
}
