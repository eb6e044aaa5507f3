//! From a response to the reply that an event source expects.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{CONTENT_ENCODING, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Response};
use http_body_util::BodyDataStream;
use lambda_runtime::{FunctionResponse, MetadataPrelude, StreamResponse};
use serde::Serialize;
use whc_core::web::Body;

use crate::event::EventSource;

/// A reply to an event: whole or, where the source is set up for it, streamed.
pub type Answer = FunctionResponse<Reply, BodyDataStream<Body>>;

/// A whole reply, in the shape of its event source.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    status_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_description: Option<String>,
    #[serde(flatten)]
    headers: Headers,
    #[serde(skip_serializing_if = "Option::is_none")]
    cookies: Option<Vec<String>>,
    body: String,
    is_base64_encoded: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Headers {
    Headers(BTreeMap<String, String>),
    MultiValueHeaders(BTreeMap<String, Vec<String>>),
}

/// The whole reply.
pub(crate) fn whole(source: EventSource, response: Response<Body>) -> Answer {
    let (mut parts, body) = response.into_parts();
    let cookies = (source == EventSource::Http).then(|| take_cookies(&mut parts.headers));
    let (body, is_base64_encoded) = text(body, parts.headers.contains_key(CONTENT_ENCODING));
    FunctionResponse::BufferedResponse(Reply {
        status_code: parts.status.as_u16(),
        status_description: matches!(source, EventSource::Balancer { .. }).then(|| parts.status.to_string()),
        headers: headers(source, &parts.headers),
        cookies,
        body,
        is_base64_encoded,
    })
}

/// The streamed reply.
pub(crate) fn stream(response: Response<Body>) -> Answer {
    let (mut parts, body) = response.into_parts();
    let (status_code, cookies) = (parts.status, take_cookies(&mut parts.headers));
    let metadata_prelude = MetadataPrelude { status_code, headers: parts.headers, cookies };
    FunctionResponse::StreamingResponse(StreamResponse {
        metadata_prelude,
        stream: BodyDataStream::new(body),
    })
}

/// The body as text if it is UTF-8, unless its escapes take more bytes than base64, which takes four for three.
fn text(body: Body, compressed: bool) -> (String, bool) {
    let bytes = body.into_bytes();
    let escapes = || bytes.iter().filter(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).count();
    if compressed || (bytes.len() > 1 << 16 && escapes() > bytes.len() / 16) {
        return (BASE64_STANDARD.encode(bytes), true);
    }
    String::from_utf8(bytes.into())
        .map_or_else(|binary| (BASE64_STANDARD.encode(binary.as_bytes()), true), |text| (text, false))
}

fn headers(source: EventSource, headers: &HeaderMap) -> Headers {
    let all = headers.keys().map(|name| (name.to_string(), texts(headers.get_all(name))));
    match source {
        EventSource::Rest | EventSource::Balancer { several: true } => {
            Headers::MultiValueHeaders(all.collect())
        }
        _ => {
            let lists = all.filter(|(name, _)| *name != SET_COOKIE.as_str());
            let lists = lists.map(|(name, values)| (name, values.join(", ")));
            let cookies = texts(headers.get_all(SET_COOKIE)).into_iter().enumerate();
            Headers::Headers(lists.chain(cookies.map(|(at, cookie)| (cookie_name(at), cookie))).collect())
        }
    }
}

/// Where a header has one value, each cookie is set under a spelling of its own: cookies are no list that could be joined
/// (RFC 9110, 5.3), and to browsers all of these are the same.
fn cookie_name(at: usize) -> String {
    let mut bits = at;
    let mut spelled = |letter: char| {
        // The dash has no other spelling.
        let is_capital = letter.is_ascii_alphabetic() && bits & 1 == 1;
        bits >>= u32::from(letter.is_ascii_alphabetic());
        if is_capital { letter.to_ascii_uppercase() } else { letter }
    };
    SET_COOKIE.as_str().chars().map(&mut spelled).collect()
}

fn take_cookies(headers: &mut HeaderMap) -> Vec<String> {
    let cookies = texts(headers.get_all(SET_COOKIE));
    headers.remove(SET_COOKIE);
    cookies
}

fn texts<'a>(values: impl IntoIterator<Item = &'a HeaderValue>) -> Vec<String> {
    values.into_iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}
