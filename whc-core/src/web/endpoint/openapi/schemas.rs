//! The schemas of bodies.

#[cfg(feature = "oidc")]
mod account;
mod audit;
mod changes;
mod contacts;
pub(crate) mod curation;
pub(crate) mod examples;
mod geojson;
mod overview;
mod service;
mod site;

use serde_json::{Map, Value};

use super::schema::{between, list, named, object, open_object, text, whole, word};
use crate::site::{Language, Year};
use crate::web::problem::KINDS;

/// All schemas, by name.
pub(super) fn components() -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.extend(owned(site::all()));
    schemas.extend(owned(envelopes()));
    schemas.extend(owned(geojson::all()));
    schemas.extend(owned(changes::all()));
    schemas.extend(owned(overview::all()));
    schemas.extend(owned(curation::all()));
    schemas.extend(owned(contacts::all()));
    schemas.extend(owned(audit::all()));
    #[cfg(feature = "oidc")]
    schemas.extend(owned(account::all()));
    schemas.extend(owned(problems()));
    schemas.extend(owned(service::all()));
    schemas
}

fn owned<const N: usize>(schemas: [(&str, Value); N]) -> impl Iterator<Item = (String, Value)> {
    schemas.into_iter().map(|(name, schema)| (name.to_owned(), schema))
}

fn envelopes() -> [(&'static str, Value); 6] {
    let file = [
        ("data", list(&named("SiteListed"), "Every site.")),
        ("meta", named("NumbersMeta")),
        ("links", named("NumbersLinks")),
    ];
    let page = [
        ("data", list(&named("SiteListed"), "The sites of this page.")),
        ("meta", named("PageMeta")),
        ("links", named("PageLinks")),
    ];
    let answer = [("data", named("Site")), ("links", named("SiteLinks"))];
    let links = [("self", text("This site.")), ("collection", text("The list."))];
    [
        ("SitePage", object(page, "A page of the list.")),
        ("SiteFile", object(file, "The whole list.")),
        ("SiteAnswer", object(answer, "One site.")),
        ("PageMeta", meta()),
        ("PageLinks", page_links()),
        ("SiteLinks", object(links, "Where this site is, and the others.")),
    ]
}

fn meta() -> Value {
    let members = [
        ("total", whole(0, "How many there are in all.")),
        ("returned", whole(0, "How many are in this page.")),
        ("limit", whole(1, "How many a page has at most.")),
        ("offset", whole(0, "How many were skipped.")),
        ("language", language("The language asked for.")),
    ];
    let required = members.each_ref().map(|(name, _)| *name);
    open_object(members.into_iter().chain(as_of()), &required, "What page this is.")
}

/// The members of metadata about an answer as of another year.
pub(super) fn as_of() -> [(&'static str, Value); 2] {
    let of_today = "What is as it is today in an answer with `as_of`, since what it was then is not known.";
    [
        (
            "as_of",
            between(Year::FIRST_INSCRIPTIONS.into(), Year::LAST.into(), "The year asked for, with `as_of`."),
        ),
        ("of_today", list(&text("What."), of_today)),
    ]
}

fn page_links() -> Value {
    let members = [
        ("self", text("This page.")),
        ("first", text("The first page.")),
        ("prev", text("The page before, where there is one.")),
        ("next", text("The page after, where there is one.")),
        ("last", text("The last page.")),
    ];
    open_object(members, &["self", "first", "last"], "The pages around this one.")
}

fn problems() -> [(&'static str, Value); 2] {
    let violation = [
        ("parameter", text("The parameter it is about, where it is about one.")),
        (
            "pointer",
            text(
                "The value in the body that it is about, as a JSON pointer (RFC 6901); empty for the whole.",
            ),
        ),
        ("detail", text("What is wrong and what would be right.")),
        ("nearest", text("The known name or value nearest to the given one, where there is one.")),
    ];
    let problem = [
        ("type", text("The address of the kind of problem; `code` is its end.")),
        ("title", text("The name of the status.")),
        ("status", whole(400, "The status.")),
        ("code", word(&KINDS.map(|(_, code)| code), "The kind of problem, for programs.")),
        ("detail", text("What is wrong, for people.")),
        (
            "errors",
            list(&named("Violation"), "Everything that is wrong with the parameters, or with the body."),
        ),
        ("request_id", text("The name of the request, in the log too.")),
    ];
    let always = ["type", "title", "status", "code", "detail"];
    [
        ("Problem", open_object(problem, &always, "What went wrong (RFC 9457).")),
        ("Violation", open_object(violation, &["detail"], "One thing wrong with a request.")),
    ]
}

/// The code of a language.
fn language(description: &str) -> Value {
    word(&Language::ALL.map(Language::code), description)
}
