//! One request: its body is read within limits, the handler is asked, whatever happens becomes a response.

use bytes::Bytes;
use http::header::{CONNECTION, HOST};
use http::{HeaderValue, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;
use whc_core::web::{Body, Problem};

use crate::ServerConfig;
use crate::handler::Handler;

/// Answers with `handler`, unless the request is none or its body cannot be had.
pub(crate) async fn answer<H: Handler>(
    handler: &H,
    request: Request<Incoming>,
    config: &ServerConfig,
) -> Response<Body> {
    let http2 = request.version() == Version::HTTP_2;
    let (parts, body) = request.into_parts();
    let mut request = Request::from_parts(parts, Bytes::new());
    let body = match check_host(&request) {
        Err(problem) => Err(problem),
        Ok(()) if body.is_end_stream() => Ok(Bytes::new()),
        // On the heap, so that the many requests without a body do not carry the state for one.
        Ok(()) => Box::pin(collect(body, config)).await,
    };
    match body {
        Ok(body) => {
            *request.body_mut() = body;
            handler.handle(request).await
        }
        Err(problem) if http2 => handler.refuse(&request, problem),
        // The rest of the body is in the way of the next request.
        Err(problem) => close_after(handler.refuse(&request, problem)),
    }
}

/// RFC 9112, 3.2: a request of HTTP/1.1 names its host. Whether that can be one is for the handler to see.
fn check_host(request: &Request<Bytes>) -> Result<(), Problem> {
    if request.version() == Version::HTTP_11 && !request.headers().contains_key(HOST) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "a request of HTTP/1.1 needs a Host header"));
    }
    Ok(())
}

async fn collect(body: Incoming, config: &ServerConfig) -> Result<Bytes, Problem> {
    let (bytes, time) = (config.max_body_bytes, config.body_timeout);
    // A declared length counts before a byte is read; a client with `Expect: 100-continue` then sends none.
    if body.size_hint().lower() > bytes as u64 {
        return Err(too_large(bytes));
    }
    match timeout(time, Limited::new(body, bytes).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(bytes)),
        Ok(Err(error)) => {
            tracing::debug!(%error, "request body broken");
            let detail = "the request body is malformed or ended before it was whole";
            Err(Problem::new(StatusCode::BAD_REQUEST, detail))
        }
        Err(_) => {
            let detail = format!("the request body did not arrive within {time:?}");
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, detail))
        }
    }
}

fn too_large(bytes: usize) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("a request body has at most {bytes} bytes"))
}

/// Says that no other request may follow on this connection. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
