//! From a response to what the front doors of Lambda take for one.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{CONTENT_ENCODING, SET_COOKIE};
use http::{HeaderMap, Response};
use lambda_runtime::MetadataPrelude;
use serde::Serialize;
use whc_core::web::Body;

use crate::event::Door;

/// A whole answer, in the shape of the door its event came through.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    status_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_value_headers: Option<BTreeMap<String, Vec<String>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<String>,
    body: String,
    is_base64_encoded: bool,
}

impl Reply {
    pub(crate) fn new(door: Door, response: Response<Body>) -> Self {
        let (mut parts, body) = response.into_parts();
        let cookies = if door == Door::Http { take_cookies(&mut parts.headers) } else { Vec::new() };
        let several = matches!(door, Door::Rest | Door::Balancer { several: true });
        let (body, is_base64_encoded) = text(body, parts.headers.contains_key(CONTENT_ENCODING));
        Self {
            status_code: parts.status.as_u16(),
            status_description: matches!(door, Door::Balancer { .. }).then(|| parts.status.to_string()),
            headers: (!several).then(|| joined(&parts.headers)),
            multi_value_headers: several.then(|| all(&parts.headers)),
            cookies,
            body,
            is_base64_encoded,
        }
    }
}

/// What goes ahead of a body that is streamed.
pub(crate) fn prelude(status_code: http::StatusCode, mut headers: HeaderMap) -> MetadataPrelude {
    let cookies = take_cookies(&mut headers);
    MetadataPrelude { status_code, headers, cookies }
}

/// As text what is text, unless its escapes need more than base64 would, which is four bytes for three.
fn text(body: Body, compressed: bool) -> (String, bool) {
    let bytes = body.into_bytes();
    let escaped = || bytes.iter().filter(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).count();
    if compressed || (bytes.len() > 1 << 16 && escaped() * 3 > bytes.len()) {
        return (BASE64_STANDARD.encode(bytes), true);
    }
    match String::from_utf8(bytes.into()) {
        Ok(text) => (text, false),
        Err(binary) => (BASE64_STANDARD.encode(binary.as_bytes()), true),
    }
}

fn all(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let values =
        |name| headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into());
    headers.keys().map(|name| (name.to_string(), values(name).collect())).collect()
}

fn joined(headers: &HeaderMap) -> BTreeMap<String, String> {
    all(headers).into_iter().map(|(name, values)| (name, values.join(", "))).collect()
}

fn take_cookies(headers: &mut HeaderMap) -> Vec<String> {
    let cookies =
        headers.get_all(SET_COOKIE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into());
    let cookies = cookies.collect();
    headers.remove(SET_COOKIE);
    cookies
}
