//! Turns a panic in a handler into a 500, so that it ends one request only.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use http::{Response, StatusCode};

use crate::body::Body;
use crate::web::problem::Problem;

/// The response of `answer`, or a 500 if it panics. For servers.
pub async fn catch_panic(answer: impl Future<Output = Response<Body>>) -> Response<Body> {
    let mut answer = pin!(answer);
    // After a panic the future is dropped and never polled again, so no broken state is observed.
    let polled = std::future::poll_fn(|context| {
        match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    });
    polled.await.unwrap_or_else(|| {
        tracing::error!("the handler panicked; the request was answered with 500");
        let detail = "this is a fault of the service, not of the request";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail).into_response()
    })
}
