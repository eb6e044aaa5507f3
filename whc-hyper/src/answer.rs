//! One request: reads its body within limits, calls the handler, and turns failures and panics into responses.

use bytes::Bytes;
use http::header::CONNECTION;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;
use whc_core::web::{self, Body, Problem};

use crate::ServerConfig;

/// The response of `handler`, or a problem where the body cannot be read.
pub(crate) async fn answer<H, F>(
    handler: &H,
    request: Request<Incoming>,
    config: &ServerConfig,
) -> Response<Body>
where
    H: Fn(Request<Bytes>) -> F,
    F: Future<Output = Response<Body>>,
{
    let http2 = request.version() == http::Version::HTTP_2;
    let (parts, body) = request.into_parts();
    let body = if body.is_end_stream() {
        Bytes::new()
    } else {
        // Boxed, so that the many requests without a body do not carry its state.
        match Box::pin(collect(body, config)).await {
            Ok(body) => body,
            Err(refusal) if http2 => return refusal,
            // The unread rest of the body comes before the next request, so the connection cannot be used again.
            Err(refusal) => return close_after(refusal),
        }
    };
    let request = Request::from_parts(parts, body);
    web::catch_panic(async move { handler(request).await }).await
}

async fn collect(body: Incoming, config: &ServerConfig) -> Result<Bytes, Response<Body>> {
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
            Err(refusal(
                StatusCode::BAD_REQUEST,
                "the request body is malformed or ended before it was whole",
            ))
        }
        Err(_) => Err(refusal(
            StatusCode::REQUEST_TIMEOUT,
            format!("the request body did not arrive within {time:?}"),
        )),
    }
}

fn too_large(bytes: usize) -> Response<Body> {
    refusal(StatusCode::PAYLOAD_TOO_LARGE, format!("a request body has at most {bytes} bytes"))
}

fn refusal(status: StatusCode, detail: impl Into<String>) -> Response<Body> {
    Problem::new(status, detail).into_response()
}

/// Closes the connection after this response. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
