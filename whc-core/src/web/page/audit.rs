//! `/audit`: who did what and when, for people.

use askama::Template;
use http::StatusCode;

use super::address::Address;
use super::desk::{Around, Desk};
use super::event::EventRow;
use super::form::{Control, Field, Filters};
use super::frame::Frame;
use super::pages::{self, PageLink};
use crate::audit::AuditAction;
use crate::page::Page;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::endpoint::audit::query;
use crate::web::endpoint::contact_answers::repository;
use crate::web::problem::Problem;
use crate::web::request::Parameters;
use crate::web::visitor::Visitor;

/// What narrows the list.
const FILTERS: [&str; 6] = ["case_id", "site_id", "actor", "action", "since", "until"];
/// How many events a page has where no `limit` is given.
const LIMIT: &str = "50";

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage<'a> {
    frame: Frame<'a>,
    around: Around<'a>,
    filters: Filters,
    rows: Vec<EventRow<'a>>,
    pages: Vec<PageLink<'a>>,
    range: String,
    /// The same for programs.
    table: Address<'a>,
}

/// The page.
pub(crate) async fn list(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let names = [&FILTERS[..], &["lang", "f", "limit", "offset"]].concat();
    let mut parameters = context.parameters(&names);
    let (desk, frame) = Desk::read(context, visitor, &mut parameters, &FILTERS)?;
    let auditor = desk.caller().auditor()?;
    let fields = fields(&parameters);
    if parameters.text("limit").is_none() {
        parameters.imply("limit", LIMIT.to_owned());
    }
    let query = query(&mut parameters);
    let problem = parameters.finish().err();
    let page = match &problem {
        None => repository(context.app)?.events(&auditor, &query).await.map_err(Problem::from_contacts)?,
        Some(_) => Page { items: Vec::new(), total: 0 },
    };
    let page = AuditPage {
        around: desk.around(&frame, "/audit"),
        filters: Filters::new(fields, problem.as_ref()),
        rows: page.items.iter().map(|event| EventRow::new(event, &frame)).collect(),
        pages: pages::pages(&frame, "/audit", query.window, page.total),
        range: pages::range(&frame, query.window, page.items.len(), page.total),
        table: frame.to.with("/api/audit", frame.query().clone().with("f", "csv")),
        frame: frame.titled(if problem.is_some() { "Error: Audit" } else { "Audit" }),
    };
    match problem {
        Some(problem) => desk.refuse(StatusCode::BAD_REQUEST, &page, problem),
        None => desk.answer(&page),
    }
}

fn fields(parameters: &Parameters<'_>) -> Vec<Field> {
    let number = || Control::Line("short", " inputmode=\"numeric\"");
    let line = || Control::Line("", "");
    let actions = AuditAction::ALL.map(|action| (action.name(), action.name()));
    let action = Control::Choice([("", "any")].into_iter().chain(actions).collect());
    let when = "A day such as 2026-11-21, or a time such as 2026-11-21T10:00:00Z";
    vec![
        Field::filter(parameters, "case_id", ("Case number", ""), number()),
        Field::filter(
            parameters,
            "site_id",
            ("Number of a site", "Of a case or a site, not of both"),
            number(),
        ),
        Field::filter(parameters, "actor", ("Who", "As the events call them"), line()),
        Field::filter(parameters, "action", ("What they did", ""), action),
        Field::filter(parameters, "since", ("From", when), line()),
        Field::filter(parameters, "until", ("Before", when), line()),
    ]
}
