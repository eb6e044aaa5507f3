//! `/api/audit`: who changed what and when, the latest first.

use http::StatusCode;
use http::header::LINK;

use super::audit_rows::EventRow;
use super::contact_answers::repository;
use super::contact_operations as describing;
use super::openapi::operation::{Operation, answer, body, plain};
use super::openapi::{headers, schemas};
use crate::audit::{AuditAction, AuditQuery, Subject};
use crate::auth::{Actor, Caller};
use crate::page::Window;
use crate::violation::nearest;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::PageMeta;
use crate::web::format::{Format, PageLinks, rows, timestamp};
use crate::web::problem::Problem;
use crate::web::request::{Parameters, Representation, paging};
use crate::web::response::links;

/// The parameters of this path.
const NAMES: [&str; 10] =
    ["limit", "offset", "f", "case_id", "site_id", "actor", "action", "since", "until", "bom"];
/// The formats of its responses.
const FORMATS: &[Format] = &[Format::Json, Format::Csv, Format::NdJson];

/// An example of the table.
const TABLE: &str = "id,at,issuer,actor,action,subject,subject_id,fields,request_id\r\n\
                     5,2026-11-21T10:00:00Z,https://login.example,42,update,case,7,phone_no,6f1c9d2a3b4e5f60-1a\r\n";
/// An example of a line.
const LINE: &str = "{\"id\":5,\"at\":\"2026-11-21T10:00:00Z\",\"issuer\":null,\"actor\":\"42\",\"action\":\"erase\",\
                    \"subject\":\"case\",\"subject_id\":7,\"fields\":[],\"request_id\":\"6f1c9d2a3b4e5f60-1a\"}\n";

/// A page of the events about what the caller may see.
pub(crate) async fn list(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let auditor = caller.auditor()?;
    let mut parameters = context.parameters(&NAMES);
    let representation = Representation::negotiate(context.headers, &mut parameters, FORMATS)?;
    let query = query(&mut parameters);
    let rest = parameters.rest(&NAMES[2..]);
    parameters.finish()?;

    let page = repository(context.app)?.events(&auditor, &query).await.map_err(Problem::from_contacts)?;
    let events: Vec<_> = page.items.iter().map(EventRow::new).collect();
    let links = PageLinks::new(&links::audit(context.base), query.window, page.total, &rest);
    let meta = PageMeta::without_language(query.window, events.len(), page.total);
    let Representation { format, language, .. } = representation.in_english();
    let mut response = format.response(language, rows::write(format, &events, &meta, &links)?);
    response.headers_mut().extend(links.header().map(|header| (LINK, header)));
    Ok(Answer::no_store(response).with_page_of(events.len()))
}

/// The query of the parameters, as far as they are valid.
pub(crate) fn query(parameters: &mut Parameters<'_>) -> AuditQuery {
    let case = parameters.read("case_id", |text| text.parse().map(Subject::Case));
    let site = parameters.read("site_id", |text| text.parse().map(Subject::Site));
    if case.is_some() && site.is_some() {
        parameters.violation(
            "site_id",
            "an event is about a case or a site, so case_id or site_id finds one".to_owned(),
        );
    }
    let names = AuditAction::ALL.map(AuditAction::name);
    let near = |text: &str| nearest(text, &names).map(str::to_owned);
    let action = parameters.read_or_hint("action", str::parse, near);
    let (since, until) =
        (parameters.read("since", timestamp::from_text), parameters.read("until", timestamp::from_text));
    let actor = parameters.text("actor").map(|actor| actor.trim_matches(' ').to_owned());
    if actor.as_ref().is_some_and(|actor| !Actor::is_name(actor)) {
        let detail = "no actor has such a name: they are visible texts of up to 255 letters, without control characters";
        parameters.violation("actor", detail.to_owned());
    }
    let window = paging::window(parameters, Window::DEFAULT_LIMIT);
    let subject = case.or(site);
    AuditQuery::default().with(|query| {
        (query.subject, query.actor, query.action) = (subject, actor, action);
        (query.since, query.until, query.window) = (since, until, window);
    })
}

/// Describes [`list`].
pub(crate) fn describe() -> Operation {
    let description = "Who changed what, the latest first. Of cases an event has the names of fields and never a value. \
                       Callers who may see some cases only find the events about those, and about sites.";
    let content = [
        ("application/json", body("AuditPage", &schemas::examples::audit())),
        ("text/csv", plain("A table (RFC 4180) with a header.", TABLE)),
        ("application/x-ndjson", plain("An event a line.", LINE)),
    ];
    let headers = [&headers::UNCACHED[..], &["content-language", "link"]].concat();
    let operation = Operation::new("listAuditEvents", "audit", "What was done", description)
        .taking(&["limit", "offset", "since", "bom"])
        .in_formats(FORMATS);
    describing::audit_parameters()
        .into_iter()
        .fold(operation, Operation::taking_own)
        .failing(&[StatusCode::NOT_ACCEPTABLE])
        .answering(StatusCode::OK, answer("A page of events.", &headers, &content))
}
