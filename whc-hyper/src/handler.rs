//! What answers requests: the service, or any function of its shape.

use bytes::Bytes;
use http::{Request, Response};
use whc_core::App;
use whc_core::web::{self, Body, Problem, RequestBody};

/// What answers requests, and refuses those the server does not let through to it.
pub(crate) trait Handler: Send + Sync + 'static {
    fn handle(
        &self,
        request: Request<()>,
        body: &dyn RequestBody,
    ) -> impl Future<Output = Response<Body>> + Send;

    /// The answer to a request that is not let through.
    fn refuse(&self, request: &Request<()>, problem: Problem) -> Response<Body>;

    /// The answer to what cannot be read as a request; nothing to leave it to hyper.
    fn refuse_unread(&self, problem: Problem) -> Option<Response<Body>>;
}

/// The service: every answer has an id and a line in the log.
pub(crate) struct Service(pub(crate) App);

impl Handler for Service {
    async fn handle(&self, request: Request<()>, body: &dyn RequestBody) -> Response<Body> {
        web::handle_with(&self.0, request, body).await
    }

    fn refuse(&self, request: &Request<()>, problem: Problem) -> Response<Body> {
        web::refuse(&self.0, request, problem)
    }

    fn refuse_unread(&self, problem: Problem) -> Option<Response<Body>> {
        Some(web::refuse_unread(&self.0, None, problem))
    }
}

/// A function, of which nothing is known: it gets the whole request.
pub(crate) struct Function<H>(pub(crate) H);

impl<H, F> Handler for Function<H>
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    async fn handle(&self, request: Request<()>, body: &dyn RequestBody) -> Response<Body> {
        match body.read().await {
            Ok(body) => web::catch_panic(async move { (self.0)(request.map(|()| body)).await }).await,
            Err(problem) => problem.into_response(),
        }
    }

    fn refuse(&self, _: &Request<()>, problem: Problem) -> Response<Body> {
        problem.into_response()
    }

    fn refuse_unread(&self, _: Problem) -> Option<Response<Body>> {
        None
    }
}
