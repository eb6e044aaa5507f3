//! `/api/whcsites` and `/api/whcsites/{id}`.

use std::slice;
use std::sync::Arc;

use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::openapi::operation::{Operation, answer, body, plain};
use super::openapi::parameters::SITE;
use super::openapi::schema::with;
use super::openapi::{headers, schemas};
use super::site_list;
use crate::app::App;
use crate::body::Body;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::{ReadView, Snapshot};
use crate::site::json::{self as site_json, Form};
use crate::site::{Site, SiteId, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::{BodyBuilder, Fields, Format, Listing};
use crate::web::problem::{Problem, nearest};
use crate::web::request::{ListRequest, Representation, filters, list_parameters};
use crate::web::response::links;

/// The query parameters of a single site.
pub(super) const SINGLE: [&str; 2] = ["lang", "f"];

#[derive(Serialize)]
struct SiteLinks {
    #[serde(rename = "self")]
    this: String,
    collection: String,
}

/// A page of the sites the query selects.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let known = list_parameters(&filters::FILTERS);
    let parameters = context.parameters(&known);
    let list = ListRequest::read(context.headers(), parameters, &known, Window::DEFAULT_LIMIT)?;
    Ok(site_list::page(context.app, view, &list, &links::sites(context.app)).await?)
}

/// One site with all that is known of it, on the list or no longer.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&SINGLE);
    let representation = Representation::negotiate(context.headers(), &mut parameters, Format::SINGLE)?;
    let id = site_id(context.id())?;
    parameters.finish()?;

    let site = view.sites().get(id).await?.ok_or_else(|| no_such_site(context.app, id))?;
    let response = one(context.app, &site, view.snapshot(), &representation)?;
    Ok(representation.answer(context.app, view.version(), response))
}

/// The id in a path.
pub(super) fn site_id(text: &str) -> Result<SiteId, Problem> {
    text.parse().map_err(|error: Error| {
        let detail = match nearest(text, &["facets", "random"]) {
            Some(meant) => format!("{error}; did you mean /api/whcsites/{meant}?"),
            None => error.to_string(),
        };
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}

pub(super) fn no_such_site(app: &App, id: SiteId) -> Problem {
    let detail = format!("there is no site {id}; {} lists all there are", links::sites(app));
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// The response with a single site. `snapshot` has prepared texts.
pub(super) fn one(
    app: &App,
    site: &Arc<Site>,
    snapshot: Option<&Snapshot>,
    representation: &Representation,
) -> Result<Response<Body>> {
    let Representation { format, language, .. } = *representation;
    let (sites, fields) = (slice::from_ref(site), &Fields::default());
    let query = &SiteQuery { language, ..SiteQuery::ALL };
    let listing = Listing { sites, snapshot, query, fields };
    let mut body = BodyBuilder::with_capacity(2048);
    if format == Format::GeoJson {
        listing.array(Form::Feature, &mut body);
    } else {
        let links = SiteLinks { this: links::site(app, site.id), collection: links::sites(app) };
        body.text("{\"data\":");
        listing.array(Form::Summary, &mut body);
        body.reopen_object();
        body.text(",\"components\":");
        body.json(&site_json::components(site))?;
        body.text("},\"links\":");
        body.json(&links)?;
        body.text("}");
    }
    Ok(format.response(site.names.best(language).0, body.into_body()))
}

/// Describes [`list`].
pub(crate) fn describe_list() -> Operation {
    let description = "The sites on the World Heritage List, by id, or those that pass every filter given. Several \
                       values of one filter mean any of them.";
    Operation::new("listSites", "sites", "The list, and any question about it", description)
        .taking_query(&list_parameters(&filters::FILTERS))
        .in_formats(Format::LIST)
        .cached()
        .answering(StatusCode::OK, page_answer("A page of sites."))
}

/// Describes [`show`].
pub(crate) fn describe_show() -> Operation {
    let description = "Everything known of one site, whether it is on the list or no longer.";
    let answer = answer("The site.", &headers::CACHED, &in_each(Format::SINGLE, one_body));
    Operation::new("getSite", "sites", "One site", description)
        .taking(&[SITE])
        .taking_query(&SINGLE)
        .in_formats(Format::SINGLE)
        .cached()
        .failing(&[StatusCode::NOT_FOUND])
        .answering(StatusCode::OK, with(answer, json!({"links": {"nearby": nearby_link()}})))
}

/// The description of a response with several sites, linked to `getSite`.
pub(super) fn page_answer(description: &str) -> Value {
    let headers = [&headers::CACHED[..], &["link"]].concat();
    let answer = answer(description, &headers, &in_each(Format::LIST, several));
    let first = json!({
        "operationId": "getSite",
        "parameters": {"id": "$response.body#/data/0/id"},
        "description": "Everything known of the first site."
    });
    with(answer, json!({"links": {"first": first}}))
}

fn nearby_link() -> Value {
    json!({
        "operationId": "listSitesNearby",
        "parameters": {"id": "$response.body#/data/id"},
        "description": "The sites around this one."
    })
}

/// The media types of `formats`, with the description of each body.
pub(super) fn in_each(formats: &[Format], body: fn(Format) -> Value) -> Vec<(&'static str, Value)> {
    formats.iter().map(|format| (format.essence(), body(*format))).collect()
}

/// Several sites in a format.
pub(super) fn several(format: Format) -> Value {
    let record = "\u{1e}{\"type\":\"Feature\",\"id\":1,\"geometry\":null,\"properties\":{\"id\":1}}\n";
    match format {
        Format::Json => body("SitePage", &schemas::examples::page()),
        Format::GeoJson => body("SiteFeatures", &schemas::examples::features()),
        Format::Csv => {
            plain("A table (RFC 4180) with a header.", "id,name,category\r\n1,Galápagos Islands,Natural\r\n")
        }
        Format::NdJson => plain("A site a line.", "{\"id\":1,\"name\":\"Galápagos Islands\"}\n"),
        Format::GeoJsonSeq => plain("A sequence of features (RFC 8142).", record),
    }
}

/// One site in a format.
pub(super) fn one_body(format: Format) -> Value {
    match format {
        Format::GeoJson => body("SiteFeature", &schemas::examples::feature()),
        _ => body("SiteAnswer", &schemas::examples::answer()),
    }
}
