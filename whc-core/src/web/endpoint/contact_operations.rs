//! What descriptions of endpoints about contacts and the audit share.

use http::StatusCode;
use serde_json::{Value, json};

use super::change_headers;
use super::openapi::operation::{self, Operation, body};
use super::openapi::parameters::query;
use super::openapi::schema::{between, shape, text, whole, with, word};
use super::openapi::{headers, schemas};
use crate::audit::AuditAction;
use crate::contact::CaseId;
use crate::site::SiteId;
use crate::web::format::Format;

const JSON: &str = "application/json";
/// What somebody may be called.
const NAME: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$";

impl Operation {
    /// Answers in JSON.
    pub(super) fn about_contacts(self) -> Self {
        self.in_formats(Format::DOCUMENT)
    }

    /// Changes what must be in a state that the client knows, to what its body says.
    pub(super) fn changing(self) -> Self {
        self.failing(&[StatusCode::PRECONDITION_FAILED, StatusCode::PRECONDITION_REQUIRED])
            .failing(&[StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::UNPROCESSABLE_ENTITY])
    }
}

/// An answer with a contact.
pub(super) fn answer(description: &str) -> Value {
    answer_of("ContactAnswer", description)
}

/// An answer with a contact, or with what was written of it.
pub(super) fn patched(description: &str) -> Value {
    answer_of("PatchedContactAnswer", description)
}

fn answer_of(schema: &str, description: &str) -> Value {
    let content = [(JSON, body(schema, &schemas::examples::contact()))];
    operation::answer(description, &["cache-control", "etag"], &content)
}

/// An answer with a new one.
pub(super) fn created(description: &str, schema: &str) -> Value {
    let content = [(JSON, body(schema, &schemas::examples::contact()))];
    operation::answer(description, &["cache-control", "etag", "location"], &content)
}

/// An answer without a body.
pub(super) fn nothing(description: &str) -> Value {
    json!({"description": description, "headers": headers::references(&headers::UNCACHED)})
}

/// The answer to a client that has the contact.
pub(super) fn not_modified() -> Value {
    let names = headers::references(&["cache-control", "etag"]);
    json!({"description": "The client has it: it still has the tag in `If-None-Match`.", "headers": names})
}

/// The body of a request with this schema.
pub(super) fn details(schema: &str) -> Value {
    // One media type: generators of clients take no body that may be of several.
    let content = json!({"application/json": body(schema, &schemas::examples::written(schema))});
    json!({"required": true, "content": content})
}

/// `If-Match`.
pub(super) fn if_match(required: bool) -> Value {
    let description =
        "The `ETag` of the contact as the client knows it, several, or `*` for whichever there is.";
    change_headers::if_match(description, required)
}

/// The filter of contacts.
pub(super) fn site_id() -> Value {
    query("site_id", "Of cases about this site.", between(1, SiteId::MAX, "A site."), json!(1))
}

/// The filters of the audit.
pub(super) fn audit_parameters() -> [Value; 5] {
    let actions = AuditAction::ALL.map(AuditAction::name);
    let moment = with(text("A moment."), json!({"format": "date-time"}));
    [
        query("case_id", "About this case.", case("A case."), json!(7)),
        query(
            "site_id",
            "About this site. Not beside `case_id`.",
            between(1, SiteId::MAX, "A site."),
            json!(1),
        ),
        query(
            "actor",
            "By whom, as the issuer of tokens names them (`sub`).",
            with(shape(NAME, "A subject."), json!({"maxLength": 255})),
            json!("42"),
        ),
        query("action", "What was done.", word(&actions, "An action."), json!("update")),
        query("until", "Before this moment.", moment, json!("2026-12-01T00:00:00Z")),
    ]
}

/// The number of a case.
fn case(description: &str) -> Value {
    with(whole(1, description), json!({"maximum": CaseId::MAX}))
}
