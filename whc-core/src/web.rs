//! Requests in, responses out.

mod body;

use bytes::Bytes;
use http::{Request, Response};

pub use self::body::Body;
use crate::app::App;

/// Answers a request. Never fails: whatever goes wrong becomes a response.
pub async fn handle(app: &App, request: Request<Bytes>) -> Response<Body> {
    let text = if app.is_draining() { "draining" } else { "OK" };
    let _ = request;
    Response::new(Body::from(Bytes::from_static(text.as_bytes())))
}
