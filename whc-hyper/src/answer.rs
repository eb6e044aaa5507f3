//! One request: the handler is asked, and the connection is fit for the next request or says that it is not.

use http::header::{CONNECTION, HOST};
use http::{HeaderValue, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use whc_core::web::{Body, Problem};

use crate::ServerConfig;
use crate::handler::Handler;
use crate::upload::Upload;

/// Answers with `handler`, unless the request is none.
pub(crate) async fn answer<H: Handler>(
    handler: &H,
    request: Request<Incoming>,
    config: &ServerConfig,
) -> Response<Body> {
    let http2 = request.version() == Version::HTTP_2;
    let (head, incoming) = request.into_parts();
    let request = Request::from_parts(head, ());
    let upload = Upload::new(request.headers(), incoming, config);
    let response = match check_host(&request) {
        Ok(()) => handler.handle(request, &upload).await,
        // Who cannot say whom they ask may be taken for somebody else on the way: nothing more is read from them.
        Err(problem) => return close_after(handler.refuse(&request, problem)),
    };
    // A stream of HTTP/2 is in the way of no other.
    if http2 || upload.drain().await { response } else { close_after(response) }
}

/// RFC 9112, 3.2: a request of HTTP/1.1 names its host. Whether that can be one is for the handler to see.
fn check_host(request: &Request<()>) -> Result<(), Problem> {
    if request.version() == Version::HTTP_11 && !request.headers().contains_key(HOST) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "a request of HTTP/1.1 needs a Host header"));
    }
    Ok(())
}

/// Says that no other request may follow on this connection. HTTP/2 has no such header.
pub(crate) fn close_after(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
