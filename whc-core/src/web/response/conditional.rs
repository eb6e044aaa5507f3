//! Conditional requests: nobody is sent what they have (RFC 9110, 13).

use http::HeaderMap;
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE,
    HeaderValue, IF_NONE_MATCH, LINK,
};

use crate::cache::Validator;

/// Whether a client that sends `headers` has the representation with this validator. A date does not tell: another
/// release may write the same data otherwise, so `If-Modified-Since` is not looked at (RFC 9110, 13.1.3 lets a server).
pub(crate) fn is_known(headers: &HeaderMap, validator: &Validator) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // Ours hold no comma. A weak one means the same here: a proxy that compressed made it of ours.
    tags.flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == validator.etag)
}

/// Whether `condition`, the value of `If-Range`, means the representation with this validator: only one that is the
/// same to the byte can be continued (RFC 9110, 13.1.5).
pub(crate) fn is_same(condition: &HeaderValue, validator: &Validator) -> bool {
    *condition == validator.etag
}

/// What is left of `headers` for somebody who has the representation: those a cache needs to keep it longer.
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
