//! The headers of every response: CORS and security headers.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CONTENT_LENGTH, HeaderName, HeaderValue,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};

use crate::body::Body;
use crate::config::Origin;
use crate::web::request::RequestHeaders;

/// Open data may be read by scripts of any origin, with all its headers; nothing is taken for a page that could run as a
/// script.
pub(crate) const EVERYWHERE: [(HeaderName, &str); 3] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (ACCESS_CONTROL_EXPOSE_HEADERS, "*"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// The allowed headers for a preflight that names none.
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "accept, accept-language, content-type, if-none-match, if-range, range, x-request-id",
);

/// The response to OPTIONS, from a browser's preflight or any client: the `allowed` methods, and those for `scripts`. They
/// may send any headers, those of tracing tools too: what they may not do does not hang on a header.
pub(crate) fn options(allowed: &str, scripts: &str, request: &RequestHeaders<'_>) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    for (name, methods) in [(ALLOW, allowed), (ACCESS_CONTROL_ALLOW_METHODS, scripts)] {
        response.headers_mut().extend(HeaderValue::try_from(methods).ok().map(|methods| (name, methods)));
    }
    let wanted = request.wanted_by_preflight.filter(|wanted| is_list_of_names(wanted));
    let wanted = wanted.cloned().unwrap_or(REQUEST_HEADERS);
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    response.headers_mut().insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    complete(&mut response);
    response
}

/// Whether a value is a list of header names, and short enough to be sent back.
fn is_list_of_names(value: &HeaderValue) -> bool {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    let is_name = |text: &[u8]| !text.is_empty() && text.iter().all(name);
    value.len() <= 1024 && value.as_bytes().split(|byte| *byte == b',').all(|text| is_name(text.trim_ascii()))
}

/// Adds the headers of every response. Called once, as the last step before a response is cached or sent.
pub(crate) fn complete(response: &mut Response<Body>) {
    insert(response, &EVERYWHERE);
    if !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
}

/// The headers that let scripts read a response.
const CORS: [HeaderName; 5] = [
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// Takes a response from all scripts but those of `origin`. Nobody gets `Access-Control-Allow-Credentials`: what a browser
/// adds by itself is not what makes a caller.
pub(crate) fn restrict(response: &mut Response<Body>, origin: Option<&Origin>) {
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    match origin.and_then(|origin| HeaderValue::try_from(origin.to_string()).ok()) {
        Some(origin) => drop(headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin)),
        None => CORS.iter().for_each(|name| drop(headers.remove(name))),
    }
}

fn insert(response: &mut Response<Body>, headers: &[(HeaderName, &'static str)]) {
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}
