//! What descriptions of changes of sites share.

use http::StatusCode;
use serde_json::{Value, json};

use super::change_headers;
use super::openapi::operation::{Operation, answer, body};
use super::openapi::parameters::{SITE, query};
use super::openapi::schema::{between, flag, with, word};
use super::openapi::schemas;
use crate::site::{FieldName, Language, Year, embedded_modified};
use crate::web::format::Format;

const JSON: &str = "application/json";

impl Operation {
    /// Changes a site: is there only where the list can be written, and shows what would change where that is asked.
    pub(super) fn curating(self) -> Self {
        let language = "The language of the texts that are in one, `short_description` and `justification`; `Accept-Language` \
                        does not count.";
        let codes = with(word(&Language::ALL.map(Language::code), "ISO 639-1."), json!({"default": "en"}));
        self.taking_own(query("lang", language, codes, json!("en")))
            .taking_own(dry_run())
            .taking_own(change_headers::change_reason())
            .in_formats(Format::DOCUMENT)
            .failing(&[StatusCode::METHOD_NOT_ALLOWED])
    }
}

/// An operation that changes a site to what its body says.
pub(super) fn changing(operation: Operation) -> Operation {
    operation
        .taking(&[SITE])
        .taking_own(if_match())
        .curating()
        .failing(&[StatusCode::NOT_FOUND, StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED])
        .failing(&[StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::UNPROCESSABLE_ENTITY])
}

/// `If-Match`.
pub(super) fn if_match() -> Value {
    let description = "The `ETag` of the site as the client knows it, in whatever language and format, several, or `*` for \
                       whichever state it is in. One with `W/` never matches.";
    change_headers::if_match(description, true)
}

/// `dry_run`.
pub(super) fn dry_run() -> Value {
    let flag = with(flag("Whether to change nothing."), json!({"default": false}));
    query("dry_run", "Changes nothing, and answers what would change.", flag, json!(true))
}

/// Year and reason of a delisting.
pub(super) fn delisting() -> [Value; 2] {
    let required = json!({"required": true});
    let last = Year::at(embedded_modified()).map_or(Year::LAST, Year::get);
    let year = between(Year::FIRST.into(), last.into(), "A year, not one to come.");
    [
        with(query("year", "The year in which it left the list.", year, json!(2021)), required),
        query(
            "reason",
            "Why, for everybody to read in the history; needed here or as `X-Change-Reason`.",
            schemas::curation::reason(),
            json!("The Committee took it off the list"),
        ),
    ]
}

/// A field that can be curated, in the path.
pub(super) fn field() -> Value {
    let names: Vec<_> = FieldName::all().map(FieldName::as_str).collect();
    json!({
        "name": "field", "in": "path", "required": true,
        "description": "The field, as `fields=curated` names it.",
        "schema": word(&names, "A field."), "example": "date_inscribed"
    })
}

/// The body of a request with this schema.
pub(super) fn document(schema: &str) -> Value {
    // One media type: generators of clients take no body that may be of several.
    let content = json!({JSON: body(schema, &schemas::examples::written_site(schema))});
    json!({"required": true, "content": content})
}

const CHANGED: [&str; 4] = ["cache-control", "content-language", "etag", "x-snapshot"];

/// The answer with a site that was changed, or would be.
pub(super) fn changed() -> Value {
    let content = [(JSON, body("ChangedSite", &schemas::examples::changed_site()))];
    answer("The site as it is now; with `dry_run` as it would be.", &CHANGED, &content)
}

/// The answer with a new site.
pub(super) fn created() -> Value {
    let content = [(JSON, body("ChangedSite", &schemas::examples::changed_site()))];
    answer("The new site.", &[&CHANGED[..], &["location"]].concat(), &content)
}
