//! How the body of a request is encoded: not at all.

use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue};

use crate::web::problem::Problem;

/// Nothing here decodes a body: a compressed one could be of any size.
///
/// # Errors
/// It is encoded.
pub(super) fn expect_none(headers: &HeaderMap) -> Result<(), Problem> {
    let is_identity = |line: &HeaderValue| {
        line.to_str().is_ok_and(|line| {
            line.split(',')
                .map(str::trim)
                .all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
        })
    };
    if headers.get_all(CONTENT_ENCODING).iter().all(is_identity) {
        return Ok(());
    }
    Err(Problem::unsupported_coding(
        "the body is encoded, and none is decoded here: send it as it is, without Content-Encoding",
    ))
}
