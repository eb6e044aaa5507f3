//! The app as a `tower_service::Service`, to mount in any tower-based server.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use async_lock::Mutex;
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use tower_service::Service;

use crate::app::App;
use crate::body::Body;
use crate::config::DEFAULT_MAX_BODY_BYTES;
use crate::web::{self, Problem, RequestBody};

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// An app as a service with a limit of its own for request bodies.
///
/// ```
/// # fn example(app: whc_core::App) -> whc_core::AppService {
/// whc_core::AppService::new(app).with_max_body_bytes(16 << 10)
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AppService {
    app: App,
    max_body_bytes: usize,
}

impl AppService {
    /// This app, with [`DEFAULT_MAX_BODY_BYTES`] as the limit.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { app, max_body_bytes: DEFAULT_MAX_BODY_BYTES }
    }

    /// The same with another limit.
    #[must_use]
    pub fn with_max_body_bytes(self, max_body_bytes: usize) -> Self {
        Self { max_body_bytes, ..self }
    }

    async fn answer<B>(self, request: Request<B>) -> Response<Body>
    where
        B: http_body::Body + Send,
        B::Data: Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let upload = Upload { body: Mutex::new(Some(body)), max_bytes: self.max_body_bytes };
        web::handle_with(&self.app, Request::from_parts(head, ()), &upload).await
    }
}

/// The body of a request until it is read.
struct Upload<B> {
    body: Mutex<Option<B>>,
    max_bytes: usize,
}

#[async_trait]
impl<B> RequestBody for Upload<B>
where
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    async fn read(&self) -> Result<Bytes, Problem> {
        let Some(body) = self.body.lock().await.take() else { return Ok(Bytes::new()) };
        match Limited::new(body, self.max_bytes).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) => Err(refusal(&*error, self.max_bytes)),
        }
    }
}

/// Always ready, never fails. A request body over the limit is refused with 413.
impl<B> Service<Request<B>> for AppService
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
        let service = self.clone();
        Box::pin(async move { Ok(service.answer(request).await) })
    }
}

fn refusal(error: &(dyn std::error::Error + 'static), most: usize) -> Problem {
    if error.is::<http_body_util::LengthLimitError>() {
        return Problem::content_too_large(most);
    }
    Problem::new(StatusCode::BAD_REQUEST, "the request body ended before it was whole")
}
