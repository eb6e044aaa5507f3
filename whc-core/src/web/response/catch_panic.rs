//! A panic under a request ends that request, not the process it runs in.

use http::{Response, StatusCode};

use crate::body::Body;
use crate::future;
use crate::web::problem::Problem;

/// What `answer` gives, or the problem that it panicked. For servers; costs nothing until it happens.
pub async fn catch_panic(answer: impl Future<Output = Response<Body>>) -> Response<Body> {
    future::catch_panic(answer).await.unwrap_or_else(|| {
        tracing::error!("the handler panicked; the request was answered with 500");
        let detail = "this is a fault of the service, not of the request";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail).into_response()
    })
}
