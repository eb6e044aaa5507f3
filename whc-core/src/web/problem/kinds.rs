//! The kinds of problems: statuses, codes and titles.

use http::StatusCode;

/// Every kind of problem: the status it comes with, and its code. The first of a status is what the status alone says.
pub(crate) const KINDS: [(StatusCode, &str); 28] = [
    (StatusCode::BAD_REQUEST, "bad-request"),
    (StatusCode::BAD_REQUEST, INVALID_PARAMETERS),
    (StatusCode::UNAUTHORIZED, "unauthorized"),
    (StatusCode::FORBIDDEN, "forbidden"),
    (StatusCode::FORBIDDEN, INSUFFICIENT_SCOPE),
    (StatusCode::FORBIDDEN, CROSS_SITE),
    (StatusCode::FORBIDDEN, FORM_TOKEN),
    (StatusCode::FORBIDDEN, LOGIN_REFUSED),
    (StatusCode::NOT_FOUND, "not-found"),
    (StatusCode::NOT_FOUND, NO_SUCH_PATH),
    (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
    (StatusCode::NOT_ACCEPTABLE, "not-acceptable"),
    (StatusCode::REQUEST_TIMEOUT, "request-timeout"),
    (StatusCode::CONFLICT, "conflict"),
    (StatusCode::PRECONDITION_FAILED, "precondition-failed"),
    (StatusCode::PAYLOAD_TOO_LARGE, "content-too-large"),
    (StatusCode::URI_TOO_LONG, "uri-too-long"),
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
    (StatusCode::RANGE_NOT_SATISFIABLE, "range-not-satisfiable"),
    (StatusCode::UNPROCESSABLE_ENTITY, "unprocessable-content"),
    (StatusCode::UNPROCESSABLE_ENTITY, INVALID_BODY),
    (StatusCode::PRECONDITION_REQUIRED, "precondition-required"),
    (StatusCode::TOO_MANY_REQUESTS, "too-many-requests"),
    (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "header-too-large"),
    (StatusCode::INTERNAL_SERVER_ERROR, "internal-error"),
    (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    (StatusCode::SERVICE_UNAVAILABLE, NOT_CONFIGURED),
    (StatusCode::SERVICE_UNAVAILABLE, LOGIN_UNAVAILABLE),
];

pub(super) const INVALID_PARAMETERS: &str = "invalid-parameters";
pub(super) const INSUFFICIENT_SCOPE: &str = "insufficient-scope";
pub(super) const CROSS_SITE: &str = "cross-site";
pub(super) const FORM_TOKEN: &str = "form-token";
pub(super) const LOGIN_REFUSED: &str = "login-refused";
pub(super) const LOGIN_UNAVAILABLE: &str = "login-unavailable";
pub(crate) const NO_SUCH_PATH: &str = "no-such-path";
pub(super) const INVALID_BODY: &str = "invalid-body";
pub(super) const NOT_CONFIGURED: &str = "not-configured";

/// The name of a status: 413 and 422 have others since RFC 9110.
pub(crate) fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        status => status.canonical_reason().unwrap_or("Error"),
    }
}
