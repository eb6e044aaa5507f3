//! The list in numbers.

use http::StatusCode;
use serde_json::Value;

use crate::web::openapi::operation::{Operation, answer, body, plain};
use crate::web::openapi::{headers, schemas};
use crate::web::{format, overview, query};

const COUNTRIES: &str = "iso_code,name,sites,cultural,natural,mixed,in_danger,transboundary,first_inscribed\r\n\
                         EC,Ecuador,5,3,2,0,0,1,1978\r\n";
const CRITERIA: &str =
    "numeral,group,summary,sites\r\nx,natural,Places where wild plants and animals live.,158\r\n";

pub(super) fn facets() -> Operation {
    let description = "How many of the sites that pass the filters have each value of a filter. All filters count, also \
                       that of the facet itself.";
    let content = [("application/json", body("FacetsAnswer", &schemas::examples::facets()))];
    Operation::new("countFacets", "numbers", "Counts under any filter", description)
        .asking(&[&["lang"], &query::FILTERS[..]].concat())
        .in_formats(format::DOCUMENT)
        .kept()
        .answering(StatusCode::OK, answer("The counts.", &headers::KEPT, &content))
}

pub(super) fn countries() -> Operation {
    let description = "Every country with a site on the list, by name, and what it has there.";
    table("listCountries", "The countries", description)
        .answering(StatusCode::OK, rows("CountriesAnswer", &schemas::examples::countries(), COUNTRIES))
}

pub(super) fn criteria() -> Operation {
    let description =
        "The ten criteria a site can be inscribed under, in our words, and how many sites have each.";
    table("listCriteria", "The criteria", description)
        .answering(StatusCode::OK, rows("CriteriaAnswer", &schemas::examples::criteria(), CRITERIA))
}

fn table(id: &str, summary: &str, description: &str) -> Operation {
    Operation::new(id, "numbers", summary, description)
        .asking(&overview::NAMES)
        .in_formats(format::TABLE)
        .kept()
}

fn rows(schema: &str, example: &Value, table: &str) -> Value {
    let content = [
        ("application/json", body(schema, example)),
        ("text/csv", plain("A table (RFC 4180) with a header.", table)),
    ];
    answer("A row for each.", &headers::KEPT, &content)
}
