//! How callers show who they are.

use serde_json::{Value, json};

use crate::auth::Scope;

/// The name of the only scheme.
const BEARER: &str = "bearer";

/// The ways to show who asks.
pub(super) fn schemes() -> Value {
    let about = "A JSON Web Token in the header `Authorization`, after `Bearer` and a space (RFC 6750), with the scopes \
                 that an operation names.";
    json!({BEARER: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": about}})
}

/// That an operation needs all of these scopes.
pub(super) fn requirement(scopes: &[Scope]) -> Value {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    json!([{BEARER: names}])
}

/// The same as a sentence: 3.0 has no place for the scopes of this scheme.
pub(super) fn sentence(scopes: &[Scope]) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
    if names.is_empty() {
        return " Needs a token, or the session of a browser.".to_owned();
    }
    let noun = if names.len() == 1 { "scope" } else { "scopes" };
    format!(" Needs a token with the {noun} {}.", names.join(" and "))
}
