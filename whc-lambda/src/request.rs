//! From an event to a request. Nothing in the event is trusted.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderMap, Request, StatusCode};
use whc_core::web::{self, ClientAddress, Problem};

use crate::event::{Event, EventSource, Fields, read};

/// The request of an event for `path`, without its body. One without an id gets that of the invocation, so that response,
/// log and AWS have the same.
pub(crate) fn request(
    source: EventSource,
    event: &Event<'_>,
    path: &str,
    invocation: &str,
) -> Result<Request<Bytes>, Problem> {
    let line = event.request_context.as_ref().and_then(|context| context.http.as_ref());
    let inner = line.and_then(|line| line.get("method").copied());
    let method: String = read(inner.or(event.http_method)).map_err(unreadable)?;
    let query = query(source, event).map_err(unreadable)?;
    let fields: Fields = read(event.multi_value_headers.or(event.headers)).map_err(unreadable)?;
    let cookies = read::<Vec<String>>(event.cookies).map_err(unreadable)?.join("; ");
    let named = fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("x-request-id"));
    let name = (!named).then_some(("x-request-id", invocation));
    let cookies = (!cookies.is_empty()).then_some(("cookie", &*cookies));
    web::request_from_parts(&method, path, &query, fields.iter().chain(name).chain(cookies), Bytes::new())
}

/// The address of the client as AWS saw it. Whatever cannot be read is nobody's.
pub(crate) fn client(source: EventSource, event: &Event<'_>, headers: &HeaderMap) -> Option<ClientAddress> {
    let context = event.request_context.as_ref()?;
    let fields = match source {
        EventSource::Balancer { .. } => return ClientAddress::of_proxy(headers),
        EventSource::Http => context.http.as_ref(),
        EventSource::Rest => context.identity.as_ref(),
    };
    read::<String>(fields?.get("sourceIp").copied()).ok()?.parse().ok().map(ClientAddress)
}

/// The problem for a malformed member of the event.
#[expect(clippy::needless_pass_by_value, reason = "what map_err gives")]
pub(crate) fn unreadable(error: serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, format!("the event cannot be read: {error}"))
}

fn query(source: EventSource, event: &Event<'_>) -> serde_json::Result<String> {
    if source == EventSource::Http {
        return read(event.raw_query_string);
    }
    let several = event.multi_value_query_string_parameters;
    let fields: Fields = read(several.or(event.query_string_parameters))?;
    if source == EventSource::Rest {
        return Ok(Serializer::new(String::new()).extend_pairs(fields.iter()).finish());
    }
    // A load balancer passes parameters on as they were encoded.
    Ok(fields.iter().map(|(name, value)| [name, "=", value].concat()).collect::<Vec<_>>().join("&"))
}

/// The body of the request of an event, of at most `most` bytes.
pub(crate) fn body(event: &Event<'_>, most: usize) -> Result<Bytes, Problem> {
    let mut body = read::<String>(event.body).map_err(unreadable)?.into_bytes();
    if read(event.is_base64_encoded).map_err(unreadable)? {
        let malformed = |_| Problem::new(StatusCode::BAD_REQUEST, "the request body is not base64");
        body = BASE64_STANDARD.decode(body).map_err(malformed)?;
    }
    if body.len() > most { Err(Problem::content_too_large(most)) } else { Ok(body.into()) }
}
