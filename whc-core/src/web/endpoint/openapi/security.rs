//! How callers show who they are: with a token, or as a browser that has logged in.

use http::Method;
use serde_json::{Value, json};

use crate::auth::Scope;

/// The schemes, by name.
const BEARER: &str = "bearer";
#[cfg(feature = "oidc")]
const SESSION: &str = "session";
#[cfg(feature = "oidc")]
const FORM_TOKEN: &str = "formToken";

/// The ways to show who asks.
pub(super) fn schemes() -> Value {
    let about = "A JSON Web Token in the header `Authorization`, after `Bearer` and a space (RFC 6750), with the scopes \
                 that an operation names.";
    let bearer = json!({"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": about});
    #[cfg(feature = "oidc")]
    return with_session(&bearer);
    #[cfg(not(feature = "oidc"))]
    json!({BEARER: bearer})
}

#[cfg(feature = "oidc")]
fn with_session(bearer: &Value) -> Value {
    let session = "The session of a browser that has logged in at `/login`. Over plain HTTP on the machine itself the cookie \
                   is named `whc_session`.";
    let form_token = "`session.csrf_token` of `/api/me`, with whatever a session changes.";
    json!({
        BEARER: bearer,
        SESSION: {"type": "apiKey", "in": "cookie", "name": "__Host-whc_session", "description": session},
        FORM_TOKEN: {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": form_token},
    })
}

/// That an operation with this method needs all of these scopes.
pub(super) fn requirement(method: &Method, scopes: &[Scope]) -> Value {
    let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    let token = json!({BEARER: names});
    #[cfg(feature = "oidc")]
    {
        let session = json!({SESSION: names});
        let changing = json!({SESSION: names, FORM_TOKEN: []});
        json!([token, if method.is_safe() { session } else { changing }])
    }
    #[cfg(not(feature = "oidc"))]
    {
        let _ = method;
        json!([token])
    }
}

/// The same as a sentence: 3.0 has no place for the scopes of this scheme.
pub(super) fn sentence(scopes: &[Scope]) -> String {
    let names: Vec<_> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
    let what = if cfg!(feature = "oidc") { "a token, or the session of a browser," } else { "a token" };
    if names.is_empty() {
        return format!(" Needs {}.", what.trim_end_matches(','));
    }
    let noun = if names.len() == 1 { "scope" } else { "scopes" };
    format!(" Needs {what} with the {noun} {}.", names.join(" and "))
}
