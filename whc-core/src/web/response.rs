//! What every response has in common.

use crate::body::Body;
use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};

/// The methods every route knows.
pub(super) const ALLOWED: &str = "GET, HEAD, OPTIONS";

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const EXPOSITION: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Open data may be read from any page; nothing in an answer may ever run in one.
pub(super) const EVERYWHERE: [(HeaderName, &str); 4] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        ACCESS_CONTROL_EXPOSE_HEADERS,
        "accept-ranges, content-location, content-range, etag, link, retry-after, server-timing, x-cache, x-request-id",
    ),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

const PREFLIGHT: [(HeaderName, &str); 4] = [
    (ALLOW, ALLOWED),
    (ACCESS_CONTROL_ALLOW_METHODS, ALLOWED),
    (
        ACCESS_CONTROL_ALLOW_HEADERS,
        "accept, accept-language, content-type, if-modified-since, if-none-match, if-range, range, x-request-id",
    ),
    (ACCESS_CONTROL_MAX_AGE, "86400"),
];

pub(super) fn json(body: impl Into<Bytes>) -> Response<Body> {
    with_type(JSON, body.into())
}

pub(super) fn text(body: &'static str) -> Response<Body> {
    with_type(TEXT, Bytes::from_static(body.as_bytes()))
}

/// Figures in the text format of Prometheus.
pub(super) fn exposition(figures: String) -> Response<Body> {
    with_type(EXPOSITION, figures.into())
}

fn with_type(content_type: HeaderValue, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

pub(super) fn no_content() -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The answer to OPTIONS, a browser's preflight or anybody's question.
pub(super) fn options() -> Response<Body> {
    let mut response = no_content();
    insert(&mut response, &PREFLIGHT);
    response
}

/// An answer about this moment, which no cache may keep.
pub(super) fn uncached(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Adds what every response carries, unless it is there already.
pub(super) fn complete(response: &mut Response<Body>) {
    if response.headers().contains_key(X_CONTENT_TYPE_OPTIONS) {
        return;
    }
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
