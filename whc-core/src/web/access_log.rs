//! The request id, and the one event that is logged for each request.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Request, Response};

use super::answer::{CacheOutcome, Reply};
use crate::app::App;
use crate::body::Body;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The time spent in the service, for the network panel of a browser and for tracing proxies.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// How many bytes of a client's text go into the log.
const MAX_LOGGED_BYTES: usize = 256;

/// A request in progress.
pub(crate) struct AccessLog {
    id: HeaderValue,
    begun: Instant,
}

impl AccessLog {
    /// Starts the clock. The id is that of the request, else a new one.
    pub(crate) fn begin(app: &App, request: &Request<Bytes>) -> Self {
        let id = given_id(request).unwrap_or_else(|| header(app.next_request_id()));
        Self { id, begun: app.clock().instant() }
    }

    /// The id of the request.
    pub(crate) fn request_id(&self) -> &str {
        header_text(&self.id)
    }

    /// Logs the request and puts its id and duration into the response.
    pub(crate) fn finish(self, app: &App, request: &Request<Bytes>, reply: Reply) -> Response<Body> {
        let Reply { mut response, cache, .. } = reply;
        let duration = app.clock().instant().saturating_duration_since(self.begun);
        tracing::info!(
            target: "whc_core::request",
            method = truncated(request.method().as_str()),
            path = truncated(request.uri().path()),
            query = truncated(request.uri().query().unwrap_or_default()),
            status = response.status().as_u16(),
            bytes = response.body().len(),
            cache = cache.map(CacheOutcome::name),
            micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
            request_id = header_text(&self.id),
            agent = truncated(request.headers().get(USER_AGENT).map_or("-", header_text)),
            "request"
        );
        response.headers_mut().insert(SERVER_TIMING, header(timing(duration)));
        response.headers_mut().insert(REQUEST_ID, self.id);
        response
    }
}

/// Inserts placeholders for the headers of each request, so that the map of a cached response need not grow.
pub(crate) fn reserve(headers: &mut HeaderMap) {
    headers.insert(SERVER_TIMING, HeaderValue::from_static("app"));
    headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
}

/// The id that a proxy or client sent, if it is safe to log.
fn given_id(request: &Request<Bytes>) -> Option<HeaderValue> {
    let id = request.headers().get(REQUEST_ID)?;
    let harmless = |c: &u8| c.is_ascii_alphanumeric() || b"-_.:=/".contains(c);
    ((1..=128).contains(&id.len()) && id.as_bytes().iter().all(harmless)).then(|| id.clone())
}

/// In milliseconds, to the microsecond.
fn timing(duration: Duration) -> String {
    let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    let (mut whole, mut part) = (itoa::Buffer::new(), itoa::Buffer::new());
    // Adding 1000 keeps the leading zeros of the fraction; its digit is left out.
    ["app;dur=", whole.format(micros / 1000), ".", &part.format(1000 + micros % 1000)[1..]].concat()
}

/// A header value of a text that is known to be visible ASCII.
fn header(text: String) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static("-"))
}

fn header_text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or("-")
}

fn truncated(text: &str) -> &str {
    text.get(..MAX_LOGGED_BYTES).unwrap_or(text)
}
