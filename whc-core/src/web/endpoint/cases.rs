//! `/api/cases/{case_id}`: all that is kept of a case, to be seen and to be erased.

use http::StatusCode;
use serde::Serialize;

use super::audit_rows::EventRow;
use super::contact_answers::{ContactRow, document, expect_json, nothing, repository};
use super::contact_operations as describing;
use super::openapi::operation::{Operation, answer, body};
use super::openapi::{headers, schemas};
use crate::auth::{Caller, Erase, Read};
use crate::contact::CaseId;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;
use crate::web::request::precondition;
use crate::web::response::links;

#[derive(Serialize)]
struct Export<'a> {
    data: Record<'a>,
    links: ExportLinks,
}

#[derive(Serialize)]
struct Record<'a> {
    case_id: u64,
    contact: Option<ContactRow<'a>>,
    events: Vec<EventRow<'a>>,
}

#[derive(Serialize)]
struct ExportLinks {
    #[serde(rename = "self")]
    this: String,
}

/// All that is kept of a case.
pub(crate) async fn export(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    expect_json(context)?;
    let case = context.case()?;
    let (access, auditor) = (caller.case_access::<Read>(case)?, caller.auditor()?);
    let record = repository(context.app)?.export(&access, &auditor).await.map_err(Problem::from_contacts)?;
    if record.contact.is_none() && record.events.is_empty() {
        return Err(unknown(case));
    }
    let contact = record.contact.as_ref().map(ContactRow::new);
    let events = record.events.iter().map(EventRow::new).collect();
    let links = ExportLinks { this: links::export(context.base, case) };
    document(&Export { data: Record { case_id: case.get(), contact, events }, links })
}

/// Erases what is kept of a case, but for the audit, which never held a value of it.
pub(crate) async fn erase(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    expect_json(context)?;
    precondition::none(context.request.headers())?;
    let access = caller.case_access::<Erase>(context.case()?)?;
    let erased =
        repository(context.app)?.erase(&access, &context.trace()).await.map_err(Problem::from_contacts)?;
    if erased { Ok(nothing()) } else { Err(unknown(access.case())) }
}

fn unknown(case: CaseId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("nothing is kept of case {case}"))
}

/// Describes [`export`].
pub(crate) fn describe_export() -> Operation {
    let description = "All that is kept of a case: its contact, and what was done to it, the latest first.";
    let content = [("application/json", body("CaseExport", &schemas::examples::export()))];
    Operation::new("exportCase", "contacts", "All that is kept of a case", description)
        .taking(&["case_id"])
        .failing(&[StatusCode::NOT_FOUND])
        .about_contacts()
        .answering(StatusCode::OK, answer("The case.", &headers::UNCACHED, &content))
}

/// Describes [`erase`].
pub(crate) fn describe_erase() -> Operation {
    let description = "Erases the contact of a case and the requests that are kept for being sent again. That it was \
                       erased, by whom and when, is an event of the audit, which holds no value of a contact.";
    Operation::new("eraseCase", "contacts", "Erase a case", description)
        .taking(&["case_id"])
        .failing(&[StatusCode::NOT_FOUND])
        .about_contacts()
        .answering(StatusCode::NO_CONTENT, describing::nothing("Nothing of it is left."))
}
