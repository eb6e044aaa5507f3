//! The request id and the one line each request leaves in the log.

use std::time::Instant;

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, USER_AGENT};
use http::{Request, Response};

use super::body::Body;
use super::kept::X_CACHE;
use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How much of a text from a stranger goes into the log.
const SHOWN: usize = 256;

/// A request under way.
pub(super) struct Access {
    id: String,
    begun: Instant,
}

impl Access {
    pub(super) fn begin(app: &App, request: &Request<Bytes>) -> Self {
        let id = given_id(request).map_or_else(|| app.next_request_id(), str::to_owned);
        Self { id, begun: app.clock().instant() }
    }

    pub(super) fn request_id(&self) -> &str {
        &self.id
    }

    pub(super) fn finish(self, app: &App, request: &Request<Bytes>, response: &mut Response<Body>) {
        let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("-");
        let duration = app.clock().instant().saturating_duration_since(self.begun);
        tracing::info!(
            method = shown(request.method().as_str()),
            path = shown(request.uri().path()),
            query = shown(request.uri().query().unwrap_or_default()),
            status = response.status().as_u16(),
            bytes = response.body().len(),
            cache = response.headers().get(X_CACHE).and_then(|outcome| outcome.to_str().ok()),
            micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
            request_id = self.id,
            agent = shown(agent),
            "request"
        );
        if let Ok(id) = HeaderValue::try_from(self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
    }
}

/// The id a proxy or client gave the request, if it is one that can go into a log as it is.
fn given_id(request: &Request<Bytes>) -> Option<&str> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let harmless = |c: char| c.is_ascii_alphanumeric() || "-_.:=/".contains(c);
    ((1..=128).contains(&id.len()) && id.chars().all(harmless)).then_some(id)
}

fn shown(text: &str) -> &str {
    text.get(..SHOWN).unwrap_or(text)
}
