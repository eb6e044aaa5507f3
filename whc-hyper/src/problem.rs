//! What the server answers by itself, before or instead of the handler.

use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use whc_core::web::Body;

/// An RFC 9457 problem. `detail` goes into JSON as it is, so it has no quotes in it.
pub(crate) fn problem(status: StatusCode, detail: &'static str) -> Response<Body> {
    let title = status.canonical_reason().unwrap_or_default();
    let code = status.as_u16();
    let json = format!(r#"{{"type":"about:blank","title":"{title}","status":{code},"detail":"{detail}"}}"#);
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// Says that no other request may follow on this connection. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
