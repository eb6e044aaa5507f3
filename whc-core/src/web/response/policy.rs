//! The headers of every response: CORS and security headers.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CONTENT_LENGTH, CONTENT_SECURITY_POLICY,
    HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};

use crate::body::Body;

/// Open data may be read by scripts of any origin; nothing in a response may run as a script.
pub(crate) const EVERYWHERE: [(HeaderName, &str); 4] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        ACCESS_CONTROL_EXPOSE_HEADERS,
        "accept-ranges, content-location, content-range, etag, link, retry-after, server-timing, x-cache, x-request-id",
    ),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

const PREFLIGHT: [(HeaderName, &str); 2] = [
    (
        ACCESS_CONTROL_ALLOW_HEADERS,
        "accept, accept-language, content-type, if-modified-since, if-none-match, if-range, range, x-request-id",
    ),
    (ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// The response to OPTIONS, from a browser's preflight or any client, with the `allowed` methods.
pub(crate) fn options(allowed: &str) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(allowed) = HeaderValue::try_from(allowed) {
        response.headers_mut().insert(ALLOW, allowed.clone());
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_METHODS, allowed);
    }
    insert(&mut response, &PREFLIGHT);
    complete(&mut response);
    response
}

/// Adds the headers of every response. Called once, as the last step before a response is cached or sent.
pub(crate) fn complete(response: &mut Response<Body>) {
    insert(response, &EVERYWHERE);
    if !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
}

fn insert(response: &mut Response<Body>, headers: &[(HeaderName, &'static str)]) {
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}
