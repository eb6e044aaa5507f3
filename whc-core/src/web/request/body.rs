//! The body of a request as JSON.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, IF_MATCH};
use http::{HeaderMap, Method, Request, StatusCode};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::{Base, RequestBody, coding};
use crate::web::problem::{Problem, Violation};

/// What a body is.
const JSON: &str = "application/json";
/// What a patch is (RFC 7396).
const PATCH: &str = "application/merge-patch+json, application/json";
/// What curl and browsers send where nobody says what it is.
const FORM: &str = "application/x-www-form-urlencoded";

/// A body as JSON.
pub(crate) struct JsonBody {
    /// What it says.
    pub(crate) value: Value,
    /// How it was written.
    pub(crate) bytes: Bytes,
}

/// Reads the body as JSON; `example` is one that would do.
///
/// A form, and a body that nothing is said about, count as what they should be if they are a JSON object: that is what curl
/// makes of one. A page of another site can send such a form too, so those are refused before.
///
/// # Errors
/// It is encoded, of another type, or no JSON. No problem repeats a part of it.
pub(crate) async fn json(
    request: &Request<()>,
    body: &dyn RequestBody,
    base: Base<'_>,
    example: &str,
) -> Result<JsonBody, Problem> {
    coding::expect_none(request.headers())?;
    let accepted = if *request.method() == Method::PATCH { PATCH } else { JSON };
    let essence = essence(request.headers());
    let is_named = accepted.split(", ").any(|known| known == essence);
    let unsupported = || unsupported(request, base, (accepted, example));
    if !is_named && !essence.is_empty() && essence != FORM {
        return Err(unsupported());
    }
    let bytes = body.read().await?;
    let value = match serde_json::from_slice(&bytes) {
        Ok(value @ Value::Object(_)) => value,
        _ if !is_named => return Err(unsupported()),
        Ok(value) => value,
        Err(error) => return Err(malformed(&bytes, &error)),
    };
    // Which of two values counts is for nobody to guess (RFC 8259, 4).
    match (serde_json::from_slice::<Names>(&bytes), &value) {
        (Ok(names), Value::Object(members)) if names.0 > members.len() => Err(repeated()),
        _ => Ok(JsonBody { value, bytes }),
    }
}

/// How many members an object has, those of the same name too.
struct Names(usize);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(0))
    }
}

impl<'de> Visitor<'de> for Names {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            self.0 += 1;
        }
        Ok(self)
    }
}

fn repeated() -> Problem {
    Problem::invalid_body(vec![Violation::at("", "the body has two members of the same name".to_owned())])
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

fn unsupported(request: &Request<()>, base: Base<'_>, (accepted, example): (&'static str, &str)) -> Problem {
    let (method, path) = (request.method(), request.uri().path());
    let json = accepted.split(", ").next().unwrap_or(JSON);
    // What is changed has been named: without, the command would only be refused for that.
    let tag =
        request.headers().get(IF_MATCH).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.contains('\''));
    let tag = tag.map(|tag| format!("-H 'if-match: {tag}' ")).unwrap_or_default();
    let detail = format!(
        "the body is a JSON object, sent as {json}: \
         curl -X {method} {tag}-H 'content-type: {json}' -d '{example}' {base}{path}"
    );
    Problem::unsupported_media_type(detail, accepted)
}
