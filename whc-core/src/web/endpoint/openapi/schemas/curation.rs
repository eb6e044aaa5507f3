//! The schemas of what curators write.

use serde_json::{Map, Value, json};

use super::site::member;
use crate::site::field::{Key, SiteField};
use crate::site::{LONGEST_REASON, Language, REASON, writable};
use crate::web::endpoint::openapi::schema::{
    flag, list, named, object, open_object, or_null, shape, text, with,
};

/// A text on one line, with a letter at either end and nothing that cannot be seen.
const LINE: &str = concat!(
    r"^[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffd]",
    r"([^\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffd]*",
    r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffd])?$"
);

pub(super) fn all() -> [(&'static str, Value); 5] {
    let meta = object([("dry_run", flag("That nothing was changed."))], "About this answer.");
    let changed = [
        ("data", named("Site")),
        (
            "changes",
            list(&named("SiteValueChange"), "What differs; none where the site said the same before."),
        ),
        ("meta", meta),
        ("links", named("SiteLinks")),
    ];
    let every: Vec<_> = writable().map(|field| field.name).collect();
    let new = "A site to be; what is left out is not known.";
    let replacement =
        "A whole site: what `GET` shows, changed. Keys that follow from others may be left out.";
    let mut patch = document(&[], "What changes; `null` says that nothing is known.");
    patch["properties"]["names"] = names_of_a_patch();
    [
        ("NewSite", document(&["id", "names", "category", "date_inscribed"], new)),
        ("SiteReplacement", document(&every, replacement)),
        ("SitePatch", patch),
        ("ChangedSite", object(changed, "A site that was changed, or with `dry_run` would be.")),
        ("SiteValueChange", value_change()),
    ]
}

fn document(required: &[&str], description: &str) -> Value {
    let keys = SiteField::described(&[Key::Always, Key::Single]);
    let is_written =
        |field: &SiteField| field.name == "id" || writable().any(|other| other.name == field.name);
    let follows = |field: &SiteField| with(member(field), json!({"readOnly": true}));
    let members = keys
        .into_iter()
        .map(|field| (field.name, if is_written(field) { member(field) } else { follows(field) }));
    let document = open_object(members.chain([(REASON, or_null(reason()))]), required, description);
    with(document, json!({"additionalProperties": false}))
}

/// Why a site changes, as it is written.
pub(crate) fn reason() -> Value {
    with(shape(LINE, "Why: everybody can read it in the history."), json!({"maxLength": LONGEST_REASON}))
}

fn names_of_a_patch() -> Value {
    let name = |language: Language| (language.code().to_owned(), or_null(text("The name in this language.")));
    let names: Map<_, _> = Language::ALL.map(name).into_iter().collect();
    json!({"type": "object", "description": "Names by language; `null` takes one away.", "properties": names, "additionalProperties": false})
}

fn value_change() -> Value {
    let value = |description: &str| json!({"description": description});
    let members = [
        ("field", text("A key of a site, or a text with its language, or `curated`.")),
        ("before", value("Its value before; `null` where there was none.")),
        ("after", value("Its value after.")),
    ];
    object(members, "A field that differs.")
}
