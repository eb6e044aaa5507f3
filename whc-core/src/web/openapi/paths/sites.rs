//! Sites: lists of them, and one.

use http::StatusCode;
use serde_json::{Value, json};

use crate::web::format::{self, Format};
use crate::web::openapi::operation::{Operation, answer, body, plain};
use crate::web::openapi::parameters::{SITE, limit};
use crate::web::openapi::schema::with;
use crate::web::openapi::{headers, schemas};
use crate::web::{asked, nearby as around, query};

/// The parameters of a site by itself, beside its number.
const SINGLE: [&str; 2] = ["lang", "f"];

pub(super) fn list() -> Operation {
    let description = "The sites on the World Heritage List, by id, or those that pass every filter given. Several \
                       values of one filter mean any of them.";
    Operation::new("listSites", "sites", "The list, and any question about it", description)
        .asking(&asked::names(&query::FILTERS))
        .in_formats(format::LIST)
        .kept()
        .answering(StatusCode::OK, page("A page of sites."))
}

pub(super) fn show() -> Operation {
    let description = "Everything known of one site, whether it is on the list or no longer.";
    let answer = answer("The site.", &headers::KEPT, &in_each(format::SINGLE, one));
    Operation::new("getSite", "sites", "One site", description)
        .taking(&[SITE])
        .asking(&SINGLE)
        .in_formats(format::SINGLE)
        .kept()
        .failing(&[StatusCode::NOT_FOUND])
        .answering(StatusCode::OK, with(answer, json!({"links": {"nearby": nearby_link()}})))
}

pub(super) fn nearby() -> Operation {
    let description = "The sites around a site, the nearest first and itself not among them; all that the list can be \
                       asked but what the path says. 404 where the point of the site is not known.";
    let names: Vec<_> = around::names().into_iter().filter(|name| *name != "limit").collect();
    Operation::new("listSitesNearby", "sites", "The sites around a site", description)
        .taking(&[SITE])
        .taking_own(limit(around::LIMIT))
        .asking(&names)
        .in_formats(format::LIST)
        .kept()
        .failing(&[StatusCode::NOT_FOUND])
        .answering(StatusCode::OK, page("A page of the sites around."))
}

pub(super) fn random() -> Operation {
    let description =
        "One of the sites that pass the filters, each as likely as any other. 404 where none does.";
    let headers = ["cache-control", "content-language", "content-encoding", "content-location"];
    let answer = answer("A site.", &headers, &in_each(format::SINGLE, one));
    let failures =
        [StatusCode::NOT_FOUND, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::SERVICE_UNAVAILABLE];
    Operation::new("getRandomSite", "sites", "A site by chance", description)
        .asking(&[&SINGLE[..], &query::FILTERS].concat())
        .in_formats(format::SINGLE)
        .failing(&failures)
        .answering(StatusCode::OK, answer)
}

/// An answer with several sites, from which there is a way to each.
fn page(description: &str) -> Value {
    let headers = [&headers::KEPT[..], &["link"]].concat();
    let answer = answer(description, &headers, &in_each(format::LIST, several));
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

/// The same in every one of `formats`.
fn in_each(formats: &[Format], body: fn(Format) -> Value) -> Vec<(&'static str, Value)> {
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
fn one(format: Format) -> Value {
    match format {
        Format::GeoJson => body("SiteFeature", &schemas::examples::feature()),
        _ => body("SiteAnswer", &schemas::examples::answer()),
    }
}
