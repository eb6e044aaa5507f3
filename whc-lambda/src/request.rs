//! From an event to a request. Nothing in the event is trusted.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderMap, Request, StatusCode};
use serde::Deserialize;
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

/// The address of the client as AWS saw it. A load balancer has added it to what others may have written into
/// `X-Forwarded-For`. Whatever cannot be read is nobody's address.
pub(crate) fn client(source: EventSource, event: &Event<'_>, headers: &HeaderMap) -> Option<ClientAddress> {
    let context = event.request_context.as_ref()?;
    let address = match source {
        EventSource::Http => read(context.http.as_ref()?.get("sourceIp").copied()).ok()?,
        EventSource::Rest => read::<Identity>(context.identity).ok()?.source_ip?,
        EventSource::Balancer { .. } => {
            let mut lines = headers.get_all("x-forwarded-for").iter();
            lines.next_back()?.to_str().ok()?.rsplit(',').next()?.to_owned()
        }
    };
    address.trim().parse().ok().map(ClientAddress)
}

/// Who asks, in payload version 1.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    source_ip: Option<String>,
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
    if body.len() > most {
        let detail = format!("a request body has at most {most} bytes");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    Ok(body.into())
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::client;
    use crate::event::Event;

    #[test]
    fn the_client_is_whom_aws_saw() {
        for (event, forwarded, expected) in [
            (
                r#"{"requestContext":{"http":{"method":"GET","sourceIp":"198.51.100.7"}}}"#,
                "192.0.2.1",
                Some("198.51.100.7"),
            ),
            (
                r#"{"httpMethod":"GET","requestContext":{"identity":{"sourceIp":"2001:db8::1"}}}"#,
                "192.0.2.1",
                Some("2001:db8::1"),
            ),
            (
                r#"{"httpMethod":"GET","requestContext":{"elb":{}}}"#,
                "192.0.2.1, 198.51.100.7",
                Some("198.51.100.7"),
            ),
            (r#"{"httpMethod":"GET","requestContext":{"elb":{}}}"#, "192.0.2.1, unknown", None),
            (r#"{"httpMethod":"GET","requestContext":{"identity":7}}"#, "192.0.2.1", None),
            (r#"{"requestContext":{"http":{"method":"GET"}}}"#, "192.0.2.1", None),
        ] {
            let parsed: Event<'_> = serde_json::from_str(event).unwrap();
            let headers =
                HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), forwarded.parse().unwrap())]);
            let found =
                client(parsed.source().unwrap(), &parsed, &headers).map(|client| client.0.to_string());
            assert_eq!(found.as_deref(), expected, "{event}");
        }
    }
}
