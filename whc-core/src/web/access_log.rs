//! The request id, and the one event that is logged for each request.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response};

use super::answer::{Audience, CacheOutcome, Reply};
use super::problem::Problem;
use super::request::{Base, RequestHeaders, secrets};
use crate::app::App;
use crate::body::Body;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The time spent in the service, for the network panel of a browser and for tracing proxies.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// How many bytes of a client's text go into the log.
const MAX_LOGGED_BYTES: usize = 256;

/// The target of the event.
const TARGET: &str = "whc_core::request";

/// A request in progress.
pub(crate) struct AccessLog {
    id: HeaderValue,
    /// Where anybody is told how long it takes.
    begun: Option<Instant>,
}

impl AccessLog {
    /// Starts the clock. The id is that of the request, else a new one.
    pub(crate) fn begin(app: &App, headers: &RequestHeaders<'_>) -> Self {
        let id = given_id(headers).unwrap_or_else(|| header(app.next_request_id()));
        let told = app.web().server_timing || tracing::enabled!(target: TARGET, tracing::Level::INFO);
        Self { id, begun: told.then(|| app.clock().instant()) }
    }

    /// The id of the request.
    pub(crate) fn id(&self) -> &str {
        header_text(&self.id)
    }

    /// A problem with the id of the request, whose type begins where the links of this request do.
    pub(crate) fn name(
        &self,
        app: &App,
        (request, headers): (&Request<()>, &RequestHeaders<'_>),
        problem: Problem,
    ) -> Problem {
        let base = Base::new(app.web(), request, headers);
        problem.with_base(base.to_string()).with_request_id(self.id())
    }

    /// Logs the request and puts its id, and where that is wanted its duration, into the response.
    pub(crate) fn finish(
        self,
        app: &App,
        (request, headers): (&Request<()>, &RequestHeaders<'_>),
        reply: Reply,
    ) -> Response<Body> {
        let Reply { mut response, cache, is_probe, audience, .. } = reply;
        let duration = self.begun.map(|begun| app.clock().instant().saturating_duration_since(begun));
        let agent = headers.user_agent.map_or("-", header_text);
        let line = Line { request, response: &response, cache, audience, duration, id: &self.id, agent };
        if is_probe {
            line.log_quietly();
        } else {
            line.log();
        }
        if let Some(duration) = duration.filter(|_| app.web().server_timing) {
            response.headers_mut().insert(SERVER_TIMING, header(timing(duration)));
        }
        // In place: an insertion would make a full map larger even where it replaces a value.
        match response.headers_mut().get_mut(REQUEST_ID) {
            Some(placeholder) => *placeholder = self.id,
            None => drop(response.headers_mut().insert(REQUEST_ID, self.id)),
        }
        response
    }
}

/// The event of a request.
struct Line<'a> {
    request: &'a Request<()>,
    response: &'a Response<Body>,
    cache: Option<CacheOutcome>,
    audience: Audience,
    duration: Option<Duration>,
    id: &'a HeaderValue,
    agent: &'a str,
}

/// Emits the event. The level must be a constant.
macro_rules! event {
    ($level:ident, $line:expr) => {{
        let Line { request, response, cache, audience, duration, id, agent } = $line;
        tracing::$level!(
            target: TARGET,
            method = truncated(request.method().as_str()),
            path = truncated(&secrets::without_tokens(request.uri().path())),
            query = truncated(&shown_query(request, *audience)),
            status = response.status().as_u16(),
            bytes = response.body().len(),
            cache = cache.map(CacheOutcome::name),
            micros = duration.map(micros),
            request_id = header_text(id),
            agent = truncated(agent),
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

/// Inserts a placeholder for the header of each request, so that the map of a cached response need not grow.
pub(crate) fn reserve(headers: &mut HeaderMap) {
    headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
}

/// The query of what is public, without secrets that do not belong there. Of what is private it may name a person.
fn shown_query(request: &Request<()>, audience: Audience) -> Cow<'_, str> {
    let query = request.uri().query().filter(|_| audience == Audience::Everyone);
    secrets::without_secrets(query.unwrap_or_default())
}

/// The id that a proxy or client sent, if it is safe to log.
fn given_id(headers: &RequestHeaders<'_>) -> Option<HeaderValue> {
    let id = headers.request_id?;
    let harmless = |c: &u8| c.is_ascii_alphanumeric() || b"-_.:=/".contains(c);
    ((1..=128).contains(&id.len()) && id.as_bytes().iter().all(harmless)).then(|| id.clone())
}

/// In milliseconds, to the microsecond.
fn timing(duration: Duration) -> String {
    let micros = micros(duration);
    let (mut whole, mut part) = (itoa::Buffer::new(), itoa::Buffer::new());
    // Adding 1000 keeps the leading zeros of the fraction; its digit is left out.
    ["app;dur=", whole.format(micros / 1000), ".", &part.format(1000 + micros % 1000)[1..]].concat()
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// A header value of a text that is known to be visible ASCII.
fn header(text: String) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static("-"))
}

fn header_text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or("-")
}

/// The start of a text, cut at a character boundary.
fn truncated(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LOGGED_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::{MAX_LOGGED_BYTES, truncated};

    #[test]
    fn a_long_text_is_cut_even_where_a_character_is_in_the_way() {
        for filler in ["x", "é", "€", "😀"] {
            let text = format!("x{}", filler.repeat(8000));
            let start = truncated(&text);
            assert!(
                start.len() <= MAX_LOGGED_BYTES && start.len() > MAX_LOGGED_BYTES - 4,
                "{} bytes",
                start.len()
            );
            assert!(text.starts_with(start));
        }
        assert_eq!(truncated("short"), "short");
    }
}
