//! The schemas of contacts and of what is kept of a case.

use serde_json::{Value, json};

use crate::contact::{CaseId, TextField};
use crate::site::SiteId;
use crate::web::endpoint::openapi::schema::{
    between, list, named, object, open_object, or_null, text, whole, with,
};

pub(super) fn all() -> [(&'static str, Value); 11] {
    let page = [
        ("data", list(&named("Contact"), "The contacts of this page.")),
        ("meta", named("RecordPageMeta")),
        ("links", named("PageLinks")),
    ];
    let answer = |contact| [("data", named(contact)), ("links", named("ContactLinks"))];
    let record = [
        ("case_id", case()),
        ("contact", json!({"oneOf": [named("Contact"), nothing()]})),
        ("events", list(&named("AuditEvent"), "What was done to it, the latest first.")),
    ];
    let this = [("self", text("This document."))];
    let export =
        [("data", object(record, "All that is kept of the case.")), ("links", object(this, "Where it is."))];
    [
        ("Contact", contact()),
        ("ContactAnswer", object(answer("Contact"), "One contact.")),
        ("PatchedContact", patched()),
        ("PatchedContactAnswer", object(answer("PatchedContact"), "One contact that was changed.")),
        ("ContactPage", object(page, "A page of contacts.")),
        ("ContactLinks", links()),
        ("RecordPageMeta", page_meta()),
        ("ContactDetails", writable(&[], "What a contact says: at least one text that is not blank.")),
        ("ContactPatch", writable(&[], "What changes; `null` clears.")),
        (
            "NewContact",
            writable(&["case_id"], "A case and what its contact says: at least one text that is not blank."),
        ),
        ("CaseExport", object(export, "All that is kept of a case.")),
    ]
}

/// A case without a contact.
fn nothing() -> Value {
    json!({"type": ["object", "null"], "description": "No contact.", "maxProperties": 0})
}

fn case() -> Value {
    with(whole(1, "The case."), json!({"maximum": CaseId::MAX}))
}

/// The fields; what is written has a pattern, what is read was perhaps written under another one.
fn fields(written: bool) -> Vec<(&'static str, Value)> {
    let bounded = |field: TextField| {
        let about = match field {
            TextField::Title => "Dr., Ms, Captain.",
            TextField::FirstName => "The first name.",
            TextField::LastName => "The last name.",
            TextField::PhoneNo => "Digits, spaces, `+()-./` and `ext`, kept as written.",
            TextField::Address => "The address, with line breaks.",
        };
        let pattern = if written { json!({"pattern": field.pattern()}) } else { json!({}) };
        or_null(with(with(text(about), json!({"maxLength": field.max_length()})), pattern))
    };
    let site = or_null(between(1, SiteId::MAX, "The site that the case is about."));
    TextField::ALL
        .map(|field| (field.name(), bounded(field)))
        .into_iter()
        .chain([("site_id", site)])
        .collect()
}

fn contact() -> Value {
    let names: Vec<_> = ["case_id"].into_iter().chain(fields(false).iter().map(|(name, _)| *name)).collect();
    let about = "Whom to talk to about a case. The answer to `POST` has no times, since it is given again to the same key.";
    open_object(members(), &names, about)
}

fn patched() -> Value {
    let about = "Whom to talk to about a case; to who may not read that, what they wrote of it.";
    open_object(members(), &["case_id"], about)
}

fn members() -> impl Iterator<Item = (&'static str, Value)> {
    let moment = |about: &str| with(text(about), json!({"format": "date-time"}));
    let times =
        [("created_at", moment("When it was created.")), ("updated_at", moment("When it changed last."))];
    [("case_id", case())].into_iter().chain(fields(false)).chain(times)
}

fn writable(required: &[&str], about: &str) -> Value {
    let members = fields(true).into_iter().chain([("case_id", case())]);
    with(open_object(members, required, about), json!({"additionalProperties": false}))
}

fn links() -> Value {
    let members = [
        ("self", text("This contact.")),
        ("collection", text("All contacts.")),
        ("site", text("The site that the case is about, where that is known.")),
    ];
    open_object(members, &["self", "collection"], "Where it is.")
}

fn page_meta() -> Value {
    let members = [
        ("total", whole(0, "How many there are in all.")),
        ("returned", whole(0, "How many are in this page.")),
        ("limit", whole(1, "How many a page has at most.")),
        ("offset", whole(0, "How many were skipped.")),
    ];
    object(members, "What page this is.")
}
