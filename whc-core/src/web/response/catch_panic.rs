//! Turns a panic in a handler into a 500, so that it ends one request only.

use std::pin::pin;

use http::{Response, StatusCode};

use crate::body::Body;
use crate::future;
use crate::web::problem::Problem;

/// The response of `answer`, or a 500 if it panics. For servers of functions; [`handle`](crate::web::handle) panics never.
pub async fn catch_panic(answer: impl Future<Output = Response<Body>>) -> Response<Body> {
    future::catch_panic(pin!(answer)).await.unwrap_or_else(|| panicked().into_response())
}

/// The problem after a panic.
pub(crate) fn panicked() -> Problem {
    tracing::error!("the handler panicked; the request was answered with 500");
    let detail = "this is a fault of the service, not of the request";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}
