//! Examples of contacts and of the audit.

use serde_json::{Value, json};

/// A contact.
pub(crate) fn contact() -> Value {
    let links = json!({
        "self": "/api/cases/7/contact", "collection": "/api/contacts", "site": "/api/whcsites/1"
    });
    json!({"data": data(), "links": links})
}

/// A page of contacts.
pub(crate) fn contacts() -> Value {
    page(&data(), "/api/contacts?limit=100&offset=0")
}

/// All that is kept of a case.
pub(crate) fn export() -> Value {
    let record = json!({"case_id": 7, "contact": data(), "events": [event()]});
    json!({"data": record, "links": {"self": "/api/cases/7/export"}})
}

/// A page of the audit.
pub(crate) fn audit() -> Value {
    page(&event(), "/api/audit?limit=100&offset=0")
}

/// What a client writes, by the name of the schema.
pub(crate) fn written(schema: &str) -> Value {
    match schema {
        "NewContact" => json!({"case_id": 7, "first_name": "Ada", "last_name": "King"}),
        "ContactPatch" => json!({"title": null, "phone_no": "+44 (0)20 7946 0000 ext 5"}),
        _ => json!({"first_name": "Ada", "last_name": "King", "site_id": 1}),
    }
}

fn data() -> Value {
    json!({
        "case_id": 7, "title": "Ms", "first_name": "Ada", "last_name": "King",
        "phone_no": "+44 (0)20 7946 0000 ext 5", "address": null, "site_id": 1,
        "created_at": "2026-11-21T10:00:00Z", "updated_at": "2026-11-22T08:30:00.5Z"
    })
}

fn event() -> Value {
    json!({
        "id": 5, "at": "2026-11-22T08:30:00.5Z", "issuer": "https://login.example", "actor": "42",
        "action": "update", "subject": "case", "subject_id": 7, "fields": ["phone_no"],
        "request_id": "6f1c9d2a3b4e5f60-1a"
    })
}

fn page(item: &Value, this: &str) -> Value {
    let meta = json!({"total": 1, "returned": 1, "limit": 100, "offset": 0});
    json!({"data": [item], "meta": meta, "links": {"self": this, "first": this, "last": this}})
}
