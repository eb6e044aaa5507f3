//! The app as a `tower_service::Service`, to be mounted in any tower-based server.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use tower_service::Service;

use super::problem::Problem;
use crate::app::App;
use crate::body::Body;
use crate::config::ServerConfig;

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// Always ready, never fails. A request body over the default of [`ServerConfig::max_body_bytes`] is refused with 413.
impl<B> Service<Request<B>> for App
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answer {
        let app = self.clone();
        Box::pin(async move {
            let most = ServerConfig::default().max_body_bytes;
            let (parts, body) = request.into_parts();
            Ok(match Limited::new(body, most).collect().await {
                Ok(body) => super::handle(&app, Request::from_parts(parts, body.to_bytes())).await,
                Err(error) => refusal(&*error, most).into_response(),
            })
        })
    }
}

fn refusal(error: &(dyn std::error::Error + 'static), most: usize) -> Problem {
    if error.is::<http_body_util::LengthLimitError>() {
        return Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("a request body has at most {most} bytes"),
        );
    }
    Problem::new(StatusCode::BAD_REQUEST, "the request body ended before it was whole")
}
