//! Bodies as browsers send forms, and the same fields in JSON.

#[cfg(feature = "oidc")]
use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyDataStream, Full};
use multer::Multipart;
use serde_json::{Map, Value};

use super::coding;
use super::query::decoded;
use crate::web::problem::{Problem, Violation};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
const JSON: &str = "application/json";
/// The types of bodies that are read.
const TYPES: &str = "application/x-www-form-urlencoded, multipart/form-data, application/json";

/// More fields than any form has.
const MOST_FIELDS: usize = 500;

/// Whether the body is a form as browsers send one, with fields in it.
#[cfg(feature = "oidc")]
pub(crate) fn is_one(headers: &HeaderMap) -> bool {
    [URLENCODED, MULTIPART].contains(&&*essence(headers))
}

/// Whether the body is a form with its fields as in a query.
#[cfg(feature = "oidc")]
pub(crate) fn is_urlencoded(headers: &HeaderMap) -> bool {
    essence(headers) == URLENCODED
}

/// The value of a field of an urlencoded form; `None` where there is none, or two, of which nobody knows which counts.
#[cfg(feature = "oidc")]
pub(crate) fn field<'a>(form: &'a [u8], name: &str) -> Option<Cow<'a, str>> {
    let mut values = form_urlencoded::parse(form).filter(|(known, _)| known == name);
    let (_, value) = values.next()?;
    if values.next().is_some() { None } else { Some(value) }
}

/// The fields of a form, in their order. A name in brackets is the name: `contact[title]` is `title`, as frameworks write it.
#[derive(Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a body.
    ///
    /// # Errors
    /// It is of another type, encoded, or damaged. No problem repeats a part of it.
    pub(crate) async fn read(headers: &HeaderMap, body: &Bytes) -> Result<Self, Problem> {
        coding::expect_none(headers)?;
        let fields = match &*essence(headers) {
            URLENCODED => urlencoded(body)?,
            MULTIPART => multipart(headers, body).await?,
            JSON => json(body)?,
            _ => {
                let detail = format!("a form is sent as one of {TYPES}");
                return Err(Problem::unsupported_media_type(detail, TYPES));
            }
        };
        if fields.len() > MOST_FIELDS {
            return Err(bad(&format!("a form has at most {MOST_FIELDS} fields")));
        }
        // Browsers end lines in texts with both signs, whatever was there before.
        let field = |(name, value): (String, String)| (inner(&name).to_owned(), value.replace("\r\n", "\n"));
        Ok(Self(fields.into_iter().map(field).collect()))
    }

    /// The value of a field; `None` where there is none, or two, of which nobody knows which counts.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let mut values = self.values(name);
        let value = values.next()?;
        if values.next().is_some() { None } else { Some(value) }
    }

    /// The values of a field that can be there more than once.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The fields that are about what is sent, without those that say how: their names begin with `_`.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.iter().filter(|(name, _)| !name.starts_with('_'));
        fields.map(|(name, value)| (&**name, &**value))
    }

    /// Checks that each field is there once, but for those of `several`.
    ///
    /// # Errors
    /// One is not.
    pub(crate) fn expect_once(&self, several: &[&str]) -> Result<(), Problem> {
        let twice =
            self.0.iter().find(|(name, _)| !several.contains(&&**name) && self.values(name).nth(1).is_some());
        let Some((name, _)) = twice else { return Ok(()) };
        let name: String = name.chars().take(40).collect();
        let detail = format!("{name} is there twice, and nobody knows which counts");
        Err(Problem::invalid_body(vec![Violation::at(format!("/{name}"), detail)]))
    }
}

fn essence(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn inner(name: &str) -> &str {
    let bracketed =
        name.split_once('[').and_then(|(_, rest)| rest.strip_suffix("[]").unwrap_or(rest).strip_suffix(']'));
    bracketed.filter(|inner| !inner.is_empty()).unwrap_or(name)
}

fn urlencoded(body: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let text = str::from_utf8(body).map_err(|_| not_utf8())?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).take(MOST_FIELDS + 1);
    let field = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?.into_owned(), decoded(value)?.into_owned()))
    };
    pairs.map(|pair| field(pair).ok_or_else(not_utf8)).collect()
}

async fn multipart(headers: &HeaderMap, body: &Bytes) -> Result<Vec<(String, String)>, Problem> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| bad("the Content-Type of a multipart form names its boundary, and this one does not"))?;
    let stream = BodyDataStream::new(Full::<Bytes>::new(body.clone()));
    let mut parts = Multipart::new::<_, _, Infallible, _>(stream, boundary);
    let mut fields = Vec::new();
    // What the library says of a part may repeat what is in it.
    let damaged = |_| bad("the multipart form is damaged: a part does not begin or end as its boundary says");
    while let Some(part) = parts.next_field().await.map_err(damaged)? {
        if part.file_name().is_some() {
            return Err(bad("the form has a file, and no form here takes one"));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let value = String::from_utf8(part.bytes().await.map_err(damaged)?.into()).map_err(|_| not_utf8())?;
        fields.push((name, value));
        if fields.len() > MOST_FIELDS {
            break;
        }
    }
    Ok(fields)
}

/// An object with a value for each field, or one in it: `{"contact": {"title": "Ms"}}`.
fn json(body: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let object: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| bad("the body is no JSON object with the fields of the form"))?;
    let mut fields = Vec::new();
    for (name, value) in object {
        match value {
            Value::Object(inner) => fields.extend(inner.into_iter().map(|(name, value)| (name, text(value)))),
            Value::Array(values) => {
                fields.extend(values.into_iter().map(|value| (name.clone(), text(value))));
            }
            value => fields.push((name, text(value))),
        }
    }
    Ok(fields)
}

/// A value as somebody would type it.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn not_utf8() -> Problem {
    bad("the form is not in UTF-8")
}

fn bad(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
