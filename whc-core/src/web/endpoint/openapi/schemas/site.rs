//! The schemas of a site and its parts.

use serde_json::{Value, json};

use crate::site::field::{Key, Kind, SiteField};
use crate::site::{Language, Year};
use crate::web::endpoint::openapi::schema::{
    between, degrees, flag, list, named, number, object, open_object, or_null, shape, text, whole, with, word,
};

pub(super) fn all() -> [(&'static str, Value); 5] {
    let one = SiteField::described(&[Key::Always, Key::Single]);
    let listed = SiteField::described(&[Key::Always, Key::Near, Key::Single]);
    let required: Vec<_> = one.iter().map(|field| field.name).collect();
    let period = [("from", year("The first year.")), ("to", year("The last year."))];
    let state =
        [("iso_code", country("`null` where there is none.")), ("name", text("UNESCO's English name."))];
    [
        (
            "Site",
            open_object(
                members(&one).chain([("curated", curated()), ("notes", notes(NOTES))]),
                &required,
                "Everything known of a site; every key is always there but `curated` and `notes`, which are there on demand.",
            ),
        ),
        (
            "SiteListed",
            open_object(
                members(&listed),
                &["id"],
                "A site of a list: every key but `components`, or those of `fields` and the id.",
            ),
        ),
        ("State", object(state, "A state the site belongs to.")),
        ("Period", object(period, "A span of years, both ends in it.")),
        ("Component", component()),
    ]
}

/// The properties of a feature: keys of a list or, with `flat`, columns, in which a list is a text.
pub(super) fn properties() -> Value {
    let keys = SiteField::described(&[Key::Always, Key::Near, Key::Single]);
    let columns = SiteField::columns();
    let columns = columns.iter().filter(|column| keys.iter().all(|key| key.name != column.name));
    let text = || or_null(text("With `flat`."));
    let either = |(name, schema): (&'static str, Value)| match schema["type"].as_str() {
        Some("array" | "object") => (name, json!({"oneOf": [schema, text()]})),
        _ => (name, schema),
    };
    let members = members(&keys).map(either).chain(columns.map(|column| (column.name, text())));
    let description =
        "The keys of a site of a list, or those of `fields` and the id; with `flat` the columns of CSV.";
    open_object(members, &["id"], description)
}

fn members(fields: &[&'static SiteField]) -> impl Iterator<Item = (&'static str, Value)> {
    fields.iter().map(|field| (field.name, member(field)))
}

/// The schema of a field.
pub(super) fn member(field: &SiteField) -> Value {
    schema(&field.kind, field.description)
}

fn schema(kind: &Kind, description: &str) -> Value {
    match *kind {
        Kind::Text => text(description),
        Kind::Uri => with(text(description), json!({"format": "uri"})),
        Kind::Pattern(pattern) => shape(pattern, description),
        Kind::Word(words) => word(&words(), description),
        Kind::Texts => texts(description),
        Kind::Notes => notes(description),
        Kind::Flag => flag(description),
        Kind::Whole(least, None) => whole(least, description),
        Kind::Whole(least, Some(most)) => between(least, most, description),
        Kind::Degrees(most) => degrees(most, description),
        Kind::Positive => with(number(description), json!({"exclusiveMinimum": 0})),
        Kind::NotNegative => with(number(description), json!({"minimum": 0})),
        Kind::Object(name) => named(name),
        Kind::List(kind, items) => list(&schema(kind, items), description),
        Kind::Nullable(kind) => or_null(schema(kind, description)),
    }
}

fn texts(description: &str) -> Value {
    let members = Language::ALL.map(|language| (language.code(), text("The name in this language.")));
    open_object(members, &["en"], description)
}

const NOTES: &str =
    "With `fields=notes`: where single facts come from, if not from an official file, by field.";

fn notes(description: &str) -> Value {
    let note = text("Plain text in English.");
    json!({"type": "object", "description": description, "additionalProperties": note})
}

fn curated() -> Value {
    let field = text("A key of a site, or a text with its language.");
    list(&field, "With `fields=curated`: what curators have set, which imports leave as it is.")
}

fn component() -> Value {
    let members = [
        ("longitude", degrees(180, "Degrees east, WGS 84.")),
        ("latitude", degrees(90, "Degrees north, WGS 84.")),
        ("iso_code", country("The country it lies in, where the source says so.")),
    ];
    object(members, "A part of a site.")
}

fn country(description: &str) -> Value {
    or_null(shape("^[A-Z]{2}$", &format!("ISO 3166-1 alpha-2. {description}")))
}

fn year(description: &str) -> Value {
    between(Year::FIRST.into(), Year::LAST.into(), description)
}
