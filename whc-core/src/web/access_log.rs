//! The request id and the one line each request leaves in the log.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Request, Response};

use super::answer::{CacheOutcome, Reply};
use crate::app::App;
use crate::body::Body;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// What the service itself took, for the network panel of a browser and for tracing proxies.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// How much of a text from a stranger goes into the log.
const SHOWN: usize = 256;

/// A request under way.
pub(crate) struct AccessLog {
    id: HeaderValue,
    begun: Instant,
}

impl AccessLog {
    /// Takes the id of the request, or makes one.
    pub(crate) fn begin(app: &App, request: &Request<Bytes>) -> Self {
        let id = given_id(request).unwrap_or_else(|| header(app.next_request_id()));
        Self { id, begun: app.clock().instant() }
    }

    /// The id of the request.
    pub(crate) fn request_id(&self) -> &str {
        shown_header(&self.id)
    }

    /// Logs the request and puts its id and duration into the response.
    pub(crate) fn finish(self, app: &App, request: &Request<Bytes>, reply: Reply) -> Response<Body> {
        let Reply { mut response, cache, is_probe, .. } = reply;
        let duration = app.clock().instant().saturating_duration_since(self.begun);
        let line = Line { request, response: &response, cache, duration, id: &self.id };
        if is_probe {
            line.log_quietly()
        } else {
            line.log()
        }
        response.headers_mut().insert(SERVER_TIMING, header(timing(duration)));
        response.headers_mut().insert(REQUEST_ID, self.id);
        response
    }
}

/// What the log tells of a request.
struct Line<'a> {
    request: &'a Request<Bytes>,
    response: &'a Response<Body>,
    cache: Option<CacheOutcome>,
    duration: Duration,
    id: &'a HeaderValue,
}

/// The event of a line, at a level that has to be known when this is compiled.
macro_rules! event {
    ($level:ident, $line:expr) => {{
        let Line { request, response, cache, duration, id } = $line;
        tracing::$level!(
            target: "whc_core::request",
            method = shown(request.method().as_str()),
            path = shown(request.uri().path()),
            query = shown(request.uri().query().unwrap_or_default()),
            status = response.status().as_u16(),
            bytes = response.body().len(),
            cache = cache.map(CacheOutcome::name),
            micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
            request_id = shown_header(id),
            agent = shown(request.headers().get(USER_AGENT).map_or("-", shown_header)),
            "request"
        );
    }};
}

impl Line<'_> {
    fn log(&self) {
        event!(info, self);
    }

    /// For those who look for it.
    fn log_quietly(&self) {
        event!(debug, self);
    }
}

/// Makes room for what every request adds, so that the headers of a cached response need not grow.
pub(crate) fn reserve(headers: &mut HeaderMap) {
    headers.insert(SERVER_TIMING, HeaderValue::from_static("app"));
    headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
}

/// The id a proxy or client gave the request, if it is one that can go into a log as it is.
fn given_id(request: &Request<Bytes>) -> Option<HeaderValue> {
    let id = request.headers().get(REQUEST_ID)?;
    let harmless = |c: &u8| c.is_ascii_alphanumeric() || b"-_.:=/".contains(c);
    ((1..=128).contains(&id.len()) && id.as_bytes().iter().all(harmless)).then(|| id.clone())
}

/// In milliseconds, to the microsecond.
fn timing(duration: Duration) -> String {
    let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    let (mut whole, mut part) = (itoa::Buffer::new(), itoa::Buffer::new());
    // The thousand in front keeps the zeros of the part, and is left out.
    ["app;dur=", whole.format(micros / 1000), ".", &part.format(1000 + micros % 1000)[1..]].concat()
}

/// Of a text of ours, which is visible ASCII.
fn header(text: String) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static("-"))
}

fn shown_header(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or("-")
}

/// The start of a text, cut between two characters.
fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(SHOWN)]
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, shown};

    #[test]
    fn a_long_text_is_cut_even_where_a_character_is_in_the_way() {
        for filler in ["x", "é", "€", "😀"] {
            let text = format!("x{}", filler.repeat(8000));
            let start = shown(&text);
            assert!(start.len() <= SHOWN && start.len() > SHOWN - 4, "{} bytes", start.len());
            assert!(text.starts_with(start));
        }
        assert_eq!(shown("short"), "short");
    }
}
