//! One request: its body is read within limits, the handler is asked, whatever happens becomes a response.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONNECTION;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;
use whc_core::config::ServerConfig;
use whc_core::web::{Body, Problem};

/// What a request body may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimits {
    bytes: usize,
    time: Duration,
}

impl From<&ServerConfig> for BodyLimits {
    fn from(config: &ServerConfig) -> Self {
        Self { bytes: config.max_body_bytes, time: config.body_timeout }
    }
}

/// Answers with `handler`, unless the body cannot be had.
pub(crate) async fn answer<H, F>(
    handler: &H,
    request: Request<Incoming>,
    limits: BodyLimits,
) -> Response<Body>
where
    H: Fn(Request<Bytes>) -> F,
    F: Future<Output = Response<Body>>,
{
    let http2 = request.version() == http::Version::HTTP_2;
    let (parts, body) = request.into_parts();
    match collect(body, limits).await {
        Ok(body) => unless_it_panics(handler, Request::from_parts(parts, body)).await,
        Err(refusal) if http2 => refusal,
        // The rest of the body is in the way of the next request.
        Err(refusal) => close_after(refusal),
    }
}

async fn collect(body: Incoming, limits: BodyLimits) -> Result<Bytes, Response<Body>> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    // A declared length counts before a byte is read; a client with `Expect: 100-continue` then sends none.
    if body.size_hint().lower() > limits.bytes as u64 {
        return Err(too_large(limits));
    }
    match timeout(limits.time, Limited::new(body, limits.bytes).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limits)),
        Ok(Err(error)) => {
            tracing::debug!(%error, "request body broken");
            Err(refusal(
                StatusCode::BAD_REQUEST,
                "the request body is malformed or ended before it was whole",
            ))
        }
        Err(_) => Err(refusal(
            StatusCode::REQUEST_TIMEOUT,
            format!("the request body did not arrive within {:?}", limits.time),
        )),
    }
}

fn too_large(limits: BodyLimits) -> Response<Body> {
    refusal(StatusCode::PAYLOAD_TOO_LARGE, format!("a request body has at most {} bytes", limits.bytes))
}

fn refusal(status: StatusCode, detail: impl Into<String>) -> Response<Body> {
    Problem::new(status, detail).into_response()
}

/// Says that no other request may follow on this connection. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A panic ends this request with 500 and nothing else. Costs nothing until it happens.
async fn unless_it_panics<H, F>(handler: &H, request: Request<Bytes>) -> Response<Body>
where
    H: Fn(Request<Bytes>) -> F,
    F: Future<Output = Response<Body>>,
{
    let mut future = pin!(async move { handler(request).await });
    // The future is dropped right after a panic and never polled again, so no broken state of it is seen.
    let polled = std::future::poll_fn(|context| {
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    });
    polled.await.unwrap_or_else(|| {
        tracing::error!("the handler panicked; the request was answered with 500");
        refusal(StatusCode::INTERNAL_SERVER_ERROR, "this is a fault of the service, not of the request")
    })
}
