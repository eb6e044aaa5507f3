//! Conditional requests (RFC 9110, 13): a client that has the current representation gets 304 without a body.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LINK,
};

use crate::cache::Validator;

/// Whether a client that sends `headers` has the representation with this validator.
pub(crate) fn is_known(headers: &HeaderMap, validator: &Validator) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return is_named(headers, &validator.etag);
    }
    // For clients that store no `ETag`; `If-None-Match` takes precedence (RFC 9110, 13.1.3).
    let since = headers.get(IF_MODIFIED_SINCE).and_then(date);
    since.is_some_and(|since| validator.modified.is_some_and(|at| to_the_second(at) <= since))
}

fn is_named(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // Our tags have no comma. A weak tag matches too: proxies that compress make one of ours.
    tags.flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Whether `condition`, the value of `If-Range`, is this validator: parts of different bytes must not be combined
/// (RFC 9110, 13.1.5).
pub(crate) fn is_same(condition: &HeaderValue, validator: &Validator) -> bool {
    *condition == validator.etag || validator.last_modified().is_some_and(|date| date == condition)
}

/// The time in whole seconds, the precision of HTTP dates.
fn to_the_second(time: SystemTime) -> SystemTime {
    let nanos = time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
    time - Duration::from_nanos(nanos.into())
}

fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
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
