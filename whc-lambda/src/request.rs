//! From an event to a request, without trusting a byte of it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{COOKIE, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use whc_core::web::{MAX_URI_BYTES, Problem};

use crate::event::{Door, Event, Fields};

/// What cannot stand in a path; some doors decode it before they send it.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?');
/// What cannot stand in a query.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// The request of an event for `path`, with a body of at most `most` bytes.
pub(crate) fn request(
    door: Door,
    event: &mut Event,
    path: &str,
    most: usize,
) -> Result<Request<Bytes>, Problem> {
    let mut request = Request::new(body(event, most)?);
    *request.method_mut() = method(event)?;
    *request.uri_mut() = target(path, query(door, event).as_deref())?;
    *request.headers_mut() = headers(event)?;
    Ok(request)
}

/// A path as it can stand in a URL.
pub(crate) fn encoded(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, PATH).into()
}

/// Names a request without a name after its invocation, so that answer, log and AWS speak of the same.
pub(crate) fn name(request: &mut Request<Bytes>, invocation: &str) {
    if let Ok(id) = HeaderValue::try_from(invocation) {
        request.headers_mut().entry("x-request-id").or_insert(id);
    }
}

fn method(event: &Event) -> Result<Method, Problem> {
    let inner = event.request_context.as_ref().and_then(|context| context.http.as_ref()?.method.as_ref());
    let method = event.http_method.as_ref().or(inner).map_or("", String::as_str);
    method.parse().map_err(|_| refused("the method of the request cannot be read"))
}

fn target(path: &str, query: Option<&str>) -> Result<Uri, Problem> {
    let mut target = encoded(path).into_owned();
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        target.push('?');
        target.extend(utf8_percent_encode(query, QUERY));
    }
    // As long as it may be, a target can be parsed; what is longer is not looked at.
    if target.len() > usize::from(u16::MAX) / 2 {
        let detail =
            format!("path and query have {} bytes; at most {MAX_URI_BYTES} are accepted", target.len());
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    let target = PathAndQuery::try_from(target).map_err(|_| refused("the path cannot be read"))?;
    Ok(Uri::from(target))
}

fn query(door: Door, event: &Event) -> Option<Cow<'_, str>> {
    if door == Door::Http {
        return event.raw_query_string.as_deref().map(Cow::from);
    }
    let fields =
        fuller(event.multi_value_query_string_parameters.as_ref(), event.query_string_parameters.as_ref())?;
    let pairs =
        fields.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value)));
    Some(Cow::from(match door {
        // Sent on as it came, encoded.
        Door::Balancer { .. } => {
            pairs.map(|(name, value)| [name, "=", value].concat()).collect::<Vec<_>>().join("&")
        }
        _ => Serializer::new(String::new()).extend_pairs(pairs).finish(),
    }))
}

/// The fields with all values, where the door sends them; else those with one each.
fn fuller<'a>(several: Option<&'a Fields>, single: Option<&'a Fields>) -> Option<&'a Fields> {
    several.filter(|fields| !fields.is_empty()).or(single)
}

fn headers(event: &Event) -> Result<HeaderMap, Problem> {
    let mut headers = HeaderMap::new();
    let too_many =
        |_| Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "the header has too many fields");
    for (name, values) in
        fuller(event.multi_value_headers.as_ref(), event.headers.as_ref()).into_iter().flatten()
    {
        let name = HeaderName::try_from(name).map_err(|_| refused("the name of a header cannot be read"))?;
        for value in values.iter() {
            let value = HeaderValue::try_from(value)
                .map_err(|_| refused(format!("the header {name} cannot be read")))?;
            headers.try_append(&name, value).map_err(too_many)?;
        }
    }
    if let Some(cookies) = &event.cookies {
        let cookies =
            HeaderValue::try_from(cookies.join("; ")).map_err(|_| refused("the cookies cannot be read"))?;
        headers.insert(COOKIE, cookies);
    }
    Ok(headers)
}

fn body(event: &mut Event, most: usize) -> Result<Bytes, Problem> {
    let Some(body) = event.body.take() else { return Ok(Bytes::new()) };
    let body = match event.is_base64_encoded {
        Some(true) => BASE64_STANDARD.decode(body).map_err(|_| refused("the request body is malformed"))?,
        _ => body.into_bytes(),
    };
    if body.len() > most {
        let detail = format!("a request body has at most {most} bytes");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    Ok(body.into())
}

pub(crate) fn refused(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
