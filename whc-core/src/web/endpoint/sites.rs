//! `/api/whcsites` and `/api/whcsites/{id}`.

use http::StatusCode;
use serde_json::{Value, json};

use super::openapi::headers;
use super::openapi::operation::{Operation, answer};
use super::openapi::parameters::{self, SITE};
use super::openapi::schema::with;
use super::site_answers::{self, FoundSite, MORE_FIELDS, SINGLE, SingleRequest};
use crate::page::Window;
use crate::repository::ReadView;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::Format;
use crate::web::problem::Problem;
use crate::web::request::{ListRequest, filters, list_parameters};
use crate::web::response::links;

/// A page of the sites the query selects.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let known = list_parameters(&filters::FILTERS);
    let parameters = context.parameters(&known);
    let list = ListRequest::read(context.headers, parameters, &known, most)?;
    Ok(site_answers::page(context, view, &list, &links::sites(context.base)).await?)
}

/// How many sites an answer has where the request does not say: a map has no pages, so it shows them all.
fn most(format: Format) -> u32 {
    if format.has_pages() { Window::DEFAULT_LIMIT } else { Window::MAX_LIMIT }
}

/// One site with all that is known of it, on the list or no longer.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&[&SINGLE[..], &["fields"]].concat());
    let single = SingleRequest::read(context, &mut parameters)?;
    let id = site_answers::site_id(context.id())?;
    parameters.finish()?;

    let found = FoundSite::find(context.app, view, id).await?;
    let found = found.ok_or_else(|| site_answers::no_such_site(context.base, id))?;
    let response = site_answers::one(context.base, &found, view.snapshot(), &single)?;
    Ok(single.representation.answer_of(context.app, view.version(), found.revision, response))
}

/// Describes [`list`].
pub(crate) fn describe_list() -> Operation {
    let description = "The sites on the World Heritage List, by id, or those that pass every filter given. Several \
                       values of one filter mean any of them.";
    Operation::new("listSites", "sites", "The list, and any question about it", description)
        .taking_query(&list_parameters(&filters::FILTERS))
        .in_formats(Format::LIST)
        .cached()
        .answering(StatusCode::OK, site_answers::page_answer("A page of sites."))
}

/// Describes [`show`].
pub(crate) fn describe_show() -> Operation {
    let description = "Everything known of one site, whether it is on the list or no longer.";
    let answer =
        answer("The site.", &headers::CACHED, &site_answers::in_each(Format::SINGLE, site_answers::one_body));
    Operation::new("getSite", "sites", "One site", description)
        .taking(&[SITE])
        .taking_query(&SINGLE)
        .taking_own(parameters::more_fields(&MORE_FIELDS))
        .in_formats(Format::SINGLE)
        .cached()
        .failing(&[StatusCode::NOT_FOUND])
        .answering(StatusCode::OK, with(answer, json!({"links": {"nearby": nearby_link()}})))
}

fn nearby_link() -> Value {
    json!({
        "operationId": "listSitesNearby",
        "parameters": {"id": "$response.body#/data/id"},
        "description": "The sites around this one."
    })
}
