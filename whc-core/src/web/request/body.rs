//! The body of a request as JSON.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;

use super::Base;
use crate::web::problem::Problem;

/// What a body is.
const JSON: &str = "application/json";
/// What a patch is (RFC 7396).
const PATCH: &str = "application/merge-patch+json, application/json";
/// What curl and browsers send where nobody says what it is.
const FORM: &str = "application/x-www-form-urlencoded";

/// The body as JSON; `example` is one that would do.
///
/// A form, and a body that nothing is said about, count as what they should be if they are a JSON object: that is what curl
/// makes of one. A page of another site can send such a form too, so those are refused before.
///
/// # Errors
/// It is of another type, or no JSON. No problem repeats a part of it.
pub(crate) fn json(request: &Request<Bytes>, base: Base<'_>, example: &str) -> Result<Value, Problem> {
    let accepted = if *request.method() == Method::PATCH { PATCH } else { JSON };
    let body = request.body();
    let essence = essence(request.headers());
    if accepted.split(", ").any(|known| known == essence) {
        return serde_json::from_slice(body).map_err(|error| malformed(body, &error));
    }
    match serde_json::from_slice(body) {
        Ok(object @ Value::Object(_)) if essence.is_empty() || essence == FORM => Ok(object),
        _ => Err(unsupported(request, base, (accepted, example))),
    }
}

/// The media type in small letters, without its parameters; empty where nothing is said.
fn essence(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn malformed(body: &[u8], error: &serde_json::Error) -> Problem {
    let detail = if body.is_empty() {
        "a body is missing: a JSON object".to_owned()
    } else {
        format!("the body is no JSON from line {}, column {} on", error.line(), error.column())
    };
    Problem::new(StatusCode::BAD_REQUEST, detail)
}

fn unsupported(
    request: &Request<Bytes>,
    base: Base<'_>,
    (accepted, example): (&'static str, &str),
) -> Problem {
    let (method, path) = (request.method(), request.uri().path());
    let json = accepted.split(", ").next().unwrap_or(JSON);
    let detail = format!(
        "the body is a JSON object, sent as {json}: curl -X {method} -H 'content-type: {json}' -d '{example}' {base}{path}"
    );
    Problem::unsupported_media_type(detail, accepted)
}
