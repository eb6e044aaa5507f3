//! Conditional requests (RFC 9110, 13): a client that has the current representation gets 304 without a body.

use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE,
    ETAG, HeaderValue, LINK,
};
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::cache::Validator;
use crate::web::answer::Answer;
use crate::web::request::RequestHeaders;

/// Whether a client that sends `headers` has the representation with this `ETag`. `If-Modified-Since` is ignored, as
/// RFC 9110, 13.1.3 allows: another release may write the same data differently.
pub(crate) fn is_known(headers: &RequestHeaders<'_>, etag: &HeaderValue) -> bool {
    // Our tags have no comma. A weak tag matches too: proxies that compress make one of ours.
    let tags = headers.if_none_match.split(',');
    tags.map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// The answer without its body for a client that has it.
pub(crate) fn unless_known(headers: &RequestHeaders<'_>, mut answer: Answer) -> Answer {
    let response = &mut answer.response;
    if response.headers().get(ETAG).is_none_or(|etag| !is_known(headers, etag)) {
        return answer;
    }
    *response.headers_mut() = not_modified(response.headers());
    *response.body_mut() = Body::default();
    answer.with_status(StatusCode::NOT_MODIFIED)
}

/// Whether `condition`, the value of `If-Range`, is this validator: parts of different bytes must not be combined
/// (RFC 9110, 13.1.5).
pub(crate) fn is_same(condition: &HeaderValue, validator: &Validator) -> bool {
    *condition == validator.etag
}

/// The `headers` of a 304: those that a cache needs to extend the lifetime of its response.
pub(crate) fn not_modified(headers: &HeaderMap) -> HeaderMap {
    let changing = [
        ACCEPT_RANGES,
        CONTENT_DISPOSITION,
        CONTENT_ENCODING,
        CONTENT_LANGUAGE,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        LINK,
    ];
    let left = headers.iter().filter(|(name, _)| !changing.contains(name));
    left.map(|(name, value)| (name.clone(), value.clone())).collect()
}
