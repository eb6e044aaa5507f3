//! `/sites/{id}/history`: what became of a site, who did it, and what it said before.

use askama::Template;

use super::record;
use crate::audit::{AuditQuery, Subject};
use crate::page::{Page, Window};
use crate::scope::Scope;
use crate::site::{Change, ChangeQuery, SiteId};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::address::{Address, Query};
use crate::web::page::desk::{Around, Desk};
use crate::web::page::event::EventRow;
use crate::web::page::frame::Frame;
use crate::web::page::moment::Moment;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// As much as one page shows.
const LIMIT: u32 = 100;

#[derive(Template)]
#[template(path = "curation/history.html")]
struct HistoryPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    name: String,
    changes: Vec<Row>,
    /// Who did it; `None` where nothing keeps that.
    rows: Option<Vec<EventRow<'a>>>,
    edit: Address<'a>,
    site: Address<'a>,
    /// For whoever may see it.
    audit: Option<Address<'a>>,
}

/// A line of the history.
struct Row {
    at: Moment,
    kind: &'static str,
    fields: String,
    reason: String,
    source: String,
}

impl Row {
    fn new(change: &Change, frame: &Frame<'_>) -> Self {
        Self {
            at: Moment(change.at),
            kind: frame.text.kind_of(change.kind),
            fields: change.fields.join(", "),
            reason: change.reason.clone().unwrap_or_default(),
            source: change.source.clone().unwrap_or_else(|| "a curator".to_owned()),
        }
    }
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let record = record(context).await?;
    let id = record.site.id;
    let window = Window::new(LIMIT, 0)?;
    let query = ChangeQuery::default().with(|query| (query.ids, query.window) = ([id].into(), window));
    let changes = context.app.sites().changes(&query).await?.items;
    let events = events(context, &desk, id, window).await?;
    let may_audit = desk.caller().scopes().contains(Scope::AuditRead);
    let page = HistoryPage {
        around: desk.around(&frame, ""),
        changes: changes.iter().map(|change| Row::new(change, &frame)).collect(),
        rows: events.map(|page| page.items.iter().map(|event| EventRow::new(event, &frame)).collect()),
        edit: frame.to.page(format!("/sites/{id}/edit")),
        site: frame.to.site(id),
        audit: may_audit.then(|| frame.to.with("/audit", Query::default().with("site_id", id))),
        name: record.site.names.english().to_owned(),
        frame: frame.titled(&format!("History of {}", record.site.names.english())),
    };
    desk.answer(&page)
}

/// The events about the site; `None` where nothing keeps them.
async fn events(
    context: &Context<'_>,
    desk: &Desk<'_>,
    id: SiteId,
    window: Window,
) -> Result<Option<Page<crate::audit::AuditEvent>>, Problem> {
    let Some(repository) = context.app.contacts() else { return Ok(None) };
    let auditor = desk.caller().site_auditor()?;
    let query = AuditQuery::default().with(|query| {
        (query.subject, query.window) = (Some(Subject::Site(id)), window);
    });
    repository.events(&auditor, &query).await.map(Some).map_err(Problem::from_contacts)
}
