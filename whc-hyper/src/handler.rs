//! What answers requests: the service, or any function of its shape.

use bytes::Bytes;
use http::{Request, Response};
use whc_core::App;
use whc_core::web::{self, Body, Problem};

/// What answers requests, and refuses those the server does not let through to it.
pub(crate) trait Handler: Send + Sync + 'static {
    fn handle(&self, request: Request<Bytes>) -> impl Future<Output = Response<Body>> + Send;

    /// The answer to a request that is not let through; its body is not there.
    fn refuse(&self, request: &Request<Bytes>, problem: Problem) -> Response<Body>;

    /// The answer to what cannot be read as a request; nothing to leave it to hyper.
    fn refuse_unread(&self, problem: Problem) -> Option<Response<Body>>;
}

/// The service: every answer has an id and a line in the log.
pub(crate) struct Service(pub(crate) App);

impl Handler for Service {
    async fn handle(&self, request: Request<Bytes>) -> Response<Body> {
        web::handle(&self.0, request).await
    }

    fn refuse(&self, request: &Request<Bytes>, problem: Problem) -> Response<Body> {
        web::refuse(&self.0, request, problem)
    }

    fn refuse_unread(&self, problem: Problem) -> Option<Response<Body>> {
        Some(web::refuse_unread(&self.0, None, problem))
    }
}

/// A function, of which nothing is known.
pub(crate) struct Function<H>(pub(crate) H);

impl<H, F> Handler for Function<H>
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    async fn handle(&self, request: Request<Bytes>) -> Response<Body> {
        web::catch_panic(async move { (self.0)(request).await }).await
    }

    fn refuse(&self, _: &Request<Bytes>, problem: Problem) -> Response<Body> {
        problem.into_response()
    }

    fn refuse_unread(&self, _: Problem) -> Option<Response<Body>> {
        None
    }
}
