//! What the server adds to answers by itself.

use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use whc_core::web::Body;

/// Says that no other request may follow on this connection. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
