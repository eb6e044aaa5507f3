//! `/api/contacts`: the contacts a caller may see, and a new one.

use http::StatusCode;
use http::header::LINK;

use super::change_headers;
use super::contact_answers::{ContactRow, created_again, document, repository, said};
use super::contact_operations as describing;
use super::openapi::operation::{Operation, answer, body};
use super::openapi::{headers, schemas};
use crate::auth::{Caller, Write};
use crate::contact::{CaseId, case_and_details};
use crate::page::Window;
use crate::repository::{ContactQuery, Creation, IdempotentRequest};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::{Envelope, PageMeta};
use crate::web::format::{Format, PageLinks};
use crate::web::problem::Problem;
use crate::web::request::{Base, Representation, idempotency, paging, precondition};
use crate::web::response::links;

/// The parameters of the list.
const NAMES: [&str; 4] = ["limit", "offset", "f", "site_id"];
/// A body that would do.
const EXAMPLE: &str = r#"{"case_id":1,"first_name":"first"}"#;
/// The same key for another target is another key.
const TARGET: &str = "POST /api/contacts";

/// A page of the contacts of cases that the caller may see.
pub(crate) async fn list(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    let reader = caller.contact_reader()?;
    let mut parameters = context.parameters(&NAMES);
    Representation::negotiate(context.headers, &mut parameters, Format::DOCUMENT)?;
    let window = paging::window(&mut parameters, Window::DEFAULT_LIMIT);
    let site = parameters.read("site_id", str::parse);
    let rest = parameters.rest(&NAMES[2..]);
    parameters.finish()?;

    let page = repository(context.app)?
        .list(&reader, &ContactQuery::new(site, window))
        .await
        .map_err(Problem::from_contacts)?;
    let links = PageLinks::new(&links::contacts(context.base), window, page.total, &rest);
    let data: Vec<_> = page.items.iter().map(ContactRow::new).collect();
    let meta = PageMeta::without_language(window, data.len(), page.total);
    let (count, next) = (data.len(), links.header());
    let mut answer = document(&Envelope { data, meta, links })?.with_page_of(count);
    answer.response.headers_mut().extend(next.map(|next| (LINK, next)));
    Ok(answer)
}

/// Creates the contact of the case that the body names.
pub(crate) async fn create(context: &Context<'_>, caller: &Caller) -> Result<Answer, Problem> {
    precondition::none(context.request.headers())?;
    let key = idempotency::key(context.request.headers())?;
    let ((access, details), body) = said(context, EXAMPLE, |body| {
        let (case, details) = case_and_details(body)?;
        let site = details.site();
        Ok(((caller.case_access::<Write>(case)?, details), site))
    })
    .await?;
    let (case, body) = (access.case(), &body[..]);
    let repository = repository(context.app)?;
    let location = &*links::contact(context.base, case);
    let request = key.map(|key| IdempotentRequest { key, target: TARGET, body, location });
    match repository
        .create(&access, details.clone(), request.as_ref(), &context.trace())
        .await
        .map_err(Problem::from_contacts)?
    {
        Creation::Created(contact) => {
            created_again(context.base, (case, &details), &contact.version, location)
        }
        Creation::Again(earlier) if earlier.status == StatusCode::CREATED.as_u16() => {
            created_again(context.base, (case, &details), &earlier.version, &earlier.location)
        }
        Creation::Exists(_) | Creation::Again(_) => Err(exists(context.base, case)),
        Creation::OtherBody => Err(Problem::key_of_other_body()),
        Creation::InFlight => Err(Problem::key_in_flight()),
    }
}

fn exists(base: Base<'_>, case: CaseId) -> Problem {
    let address = links::contact(base, case);
    let detail = format!("case {case} has a contact already, at {address}; PUT or PATCH it with its ETag");
    Problem::new(StatusCode::CONFLICT, detail).with_link(&format!("<{address}>; rel=\"item\""))
}

/// Describes [`list`].
pub(crate) fn describe_list() -> Operation {
    let description = "The contacts of the cases that the caller may see, by the numbers of the cases.";
    let page = body("ContactPage", &schemas::examples::contacts());
    let headers = [&headers::UNCACHED[..], &["link"]].concat();
    Operation::new("listContacts", "contacts", "Contacts", description)
        .taking(&["limit", "offset"])
        .taking_own(describing::site_id())
        .about_contacts()
        .answering(StatusCode::OK, answer("A page of contacts.", &headers, &[("application/json", page)]))
}

/// Describes [`create`].
pub(crate) fn describe_create() -> Operation {
    let description = "Creates the contact of the case in the body. 409 where the case has one. With an \
                       `Idempotency-Key` the same request can be sent again within 24 hours and has the same outcome.";
    Operation::new("createContact", "contacts", "A new contact", description)
        .taking_own(change_headers::idempotency_key())
        .failing(&[
            StatusCode::CONFLICT,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ])
        .about_contacts()
        .reading(describing::details("NewContact"))
        .answering(
            StatusCode::CREATED,
            describing::created("The new contact, as it was written.", "ContactAnswer"),
        )
}
