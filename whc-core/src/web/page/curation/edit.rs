//! `/sites/{id}/edit`: everything that can be written of a site, in one form.

use std::collections::BTreeSet;

use askama::Template;
use http::StatusCode;

use super::{BEHIND, UNVERSIONED, field, history, if_match, put, reason, record, said, unversioned};
use crate::repository::{Edited, SitePlacement, SitePut};
use crate::site::{FieldName, Language, SiteDocument, SiteId, SiteRecord};
use crate::violation::{Violation, Violations};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::address::Address;
use crate::web::page::desk::{Around, Desk};
use crate::web::page::form::{Field, FormView, Notice, Wrong};
use crate::web::page::frame::Frame;
use crate::web::problem::Problem;
use crate::web::request::{Flash, Form};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "curation/edit.html")]
struct EditPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    id: SiteId,
    name: String,
    form: FormView<'a>,
    what: &'static str,
    /// The fields that a curator has set.
    curated: Vec<FieldName>,
    hand_back: Address<'a>,
    listing: Address<'a>,
    history: Address<'a>,
    site: Address<'a>,
}

/// The form.
pub(crate) async fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let record = record(context).await?;
    let fields = field::of_site(&record.site, texts(&frame));
    desk.answer(&page(&desk, frame, &record, (fields, Vec::new()), None))
}

/// Changes the site as the form says.
pub(crate) async fn save(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let curator = desk.caller().curator()?;
    let before = record(context).await?;
    let sent = desk.form(&field::SEVERAL).await?;
    let Some(if_match) = if_match(&sent) else {
        return again(&desk, frame, &before, &sent, UNVERSIONED, unversioned());
    };
    let document = SiteDocument::new(field::document(&sent), texts(&frame))?.said_in(context.year());
    let mut edit = |record: Option<&SiteRecord>| {
        let record = record.ok_or_else(|| Violation::of_all("is about a site that is not there"))?;
        document.merge(&record.site).map(Edited::from)
    };
    let (id, trace) = (before.site.id, context.trace());
    let wanted =
        SitePut::new(id, Some(&if_match), &trace).because(reason(&sent)).superseded_by(document.superseder());
    let placed = put(context, &curator, &wanted, &mut edit).await?;
    match &placed.placement {
        SitePlacement::Changed { .. } => {
            Ok(desk.done(said(Flash::SiteUpdated, &placed), &history(&frame, id)))
        }
        SitePlacement::Unchanged(_) => Ok(desk.done(Flash::Unchanged, &history(&frame, id))),
        SitePlacement::Invalid(violations) => refused(&desk, frame, &before, &sent, violations.clone()),
        SitePlacement::Stale(_) => again(&desk, frame, &record(context).await?, &sent, BEHIND, behind()),
        _ => Err(super::missing("the site is not there any more")),
    }
}

/// The language of the texts that are written in one only: that which the address of the page names.
fn texts(frame: &Frame<'_>) -> Language {
    frame.to.language.unwrap_or_default()
}

fn refused(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    record: &SiteRecord,
    sent: &Form,
    violations: Violations,
) -> Result<Answer, Problem> {
    let wrong = violations.iter().map(field::wrong).collect();
    let fields = field::of_form(sent, &record.site, texts(&frame));
    let page = page(desk, frame, record, (fields, wrong), Some(sent));
    desk.refuse(StatusCode::UNPROCESSABLE_ENTITY, &page, violations)
}

fn behind() -> Problem {
    let detail = "the site has changed since the form was made; get it again and look what is new";
    Problem::new(StatusCode::CONFLICT, detail)
}

/// The form once more, about the state of now: what it says stands beside what the site says, and what is sent from there is sent
/// in full knowledge of that.
fn again(
    desk: &Desk<'_>,
    frame: Frame<'_>,
    record: &SiteRecord,
    sent: &Form,
    notice: Notice,
    problem: Problem,
) -> Result<Answer, Problem> {
    let now = field::of_site(&record.site, texts(&frame));
    let yours = field::of_form(sent, &record.site, texts(&frame));
    let beside = |(field, now): (Field, Field)| {
        let now = (field.value != now.value).then_some(now.value);
        Field { now, ..field }
    };
    let fields = yours.into_iter().zip(now).map(beside).collect();
    let mut page = page(desk, frame, record, (fields, Vec::new()), Some(sent));
    page.form.version = Some(record.revision.to_string());
    page.form.notice = Some(notice);
    desk.refuse(problem.status(), &page, problem)
}

fn page<'a>(
    desk: &Desk<'a>,
    frame: Frame<'a>,
    record: &SiteRecord,
    (mut fields, wrong): (Vec<Field>, Vec<Wrong>),
    sent: Option<&Form>,
) -> EditPage<'a> {
    let id = record.site.id;
    fields.push(field::reason(sent));
    let version = sent.and_then(|sent| sent.value("_version")).map(str::to_owned);
    let name = record.site.names.english().to_owned();
    let form = FormView {
        action: frame.to.page(format!("/sites/{id}/edit")),
        method: "",
        token: desk.form_token(),
        version: Some(version.unwrap_or_else(|| record.revision.to_string())),
        fields,
        button: "Save site",
        cancel: frame.to.site(id),
        wrong,
        notice: None,
    };
    let marked: BTreeSet<_> = record.curated.iter().copied().collect();
    let title = form.title(&format!("Edit {name}"));
    EditPage {
        around: desk.around(&frame, ""),
        id,
        form,
        what: "The site is not saved yet",
        curated: marked.into_iter().collect(),
        hand_back: frame.to.page(format!("/sites/{id}/hand-back")),
        listing: frame.to.page(format!("/sites/{id}/listing")),
        history: history(&frame, id),
        site: frame.to.site(id),
        frame: frame.titled(&title),
        name,
    }
}
