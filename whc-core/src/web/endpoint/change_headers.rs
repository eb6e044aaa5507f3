//! Parameters in the header of requests that change something, as the description has them.

use serde_json::{Value, json};

use super::openapi::schema::{shape, with, word};
use crate::site::LONGEST_REASON;

/// `*` or a list of tags (RFC 9110, 13.1.1).
const TAGS: &str = r#"^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$"#;
/// A text that is not blank, of the letters that every client can put into a header.
const REASON: &str = "^[!-~]([ -~]*[!-~])?$";

/// `If-Match`.
pub(super) fn if_match(description: &str, required: bool) -> Value {
    with(
        optional("If-Match", description, &shape(TAGS, "`*` or tags."), &json!("*")),
        json!({"required": required}),
    )
}

/// `X-Change-Reason`.
pub(super) fn change_reason() -> Value {
    let description =
        "Why, where the body does not say: everybody can read it in the history, so it names nobody.";
    let schema = with(shape(REASON, "A reason."), json!({"maxLength": LONGEST_REASON}));
    optional("X-Change-Reason", description, &schema, &json!("The year was that of the nomination"))
}

/// `If-None-Match` of what is to be created.
pub(super) fn if_none_match() -> Value {
    let description = "`*`: only if the case has no contact.";
    optional("If-None-Match", description, &word(&["*"], "The only value."), &json!("*"))
}

/// `Idempotency-Key`.
pub(super) fn idempotency_key() -> Value {
    let description = "A random text such as a UUID that names the request. Sent again with the same body within 24 hours \
                       it has the same outcome; with another body it is 422, and 409 while the first is under way.";
    let pattern = "^[!#-+\\--\\[\\]-~]+$";
    let schema = with(shape(pattern, "The key."), json!({"minLength": 1, "maxLength": 255}));
    optional("Idempotency-Key", description, &schema, &json!("8e03978e-40d5-43dd-bc93-6894a57f9324"))
}

fn optional(name: &str, description: &str, schema: &Value, example: &Value) -> Value {
    json!({
        "name": name, "in": "header", "required": false, "description": description, "schema": schema,
        "example": example
    })
}
