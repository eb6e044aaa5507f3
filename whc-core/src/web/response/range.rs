//! Range requests (RFC 9110, 14), to continue interrupted downloads.

use http::header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderValue};
use http::{Method, Response, StatusCode};
use http_range_header::{StartPosition, parse_range_header};

use super::conditional::is_same;
use crate::body::Body;
use crate::web::answer::Reply;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// Cuts the reply down to the requested range. It stays whole without a range, with one of another representation, or
/// with several, which servers may ignore.
///
/// # Errors
/// The range is outside the body.
pub(crate) fn cut(context: &Context<'_>, reply: &mut Reply) -> Result<(), Problem> {
    let Some(validator) = reply.ranges_of.take() else { return Ok(()) };
    let Context { request, headers, .. } = context;
    let same = headers.if_range.is_none_or(|condition| is_same(condition, &validator));
    if request.method() != Method::GET || reply.response.status() != StatusCode::OK || !same {
        return Ok(());
    }
    let length = reply.response.body().len() as u64;
    let ranges = headers.range.and_then(|value| value.to_str().ok());
    // The crate takes it for malformed.
    if ranges.is_some_and(is_of_no_bytes) {
        return Err(Problem::range_not_satisfiable(length));
    }
    // A malformed range is ignored.
    let Some(Ok(ranges)) = ranges.map(parse_range_header) else { return Ok(()) };
    if ranges.ranges.len() > 1 {
        return Ok(());
    }
    // A suffix longer than the body is the whole body; the crate treats that as an error.
    let all = |start| matches!(start, StartPosition::FromLast(wanted) if wanted > length);
    if ranges.ranges.iter().any(|range| all(range.start)) {
        narrow(&mut reply.response, 0, length.saturating_sub(1));
        return Ok(());
    }
    let range = ranges.validate(length).ok().and_then(|ranges| ranges.first().cloned());
    let range = range.ok_or_else(|| Problem::range_not_satisfiable(length))?;
    narrow(&mut reply.response, *range.start(), *range.end());
    Ok(())
}

/// Whether this asks for the last 0 bytes, which nothing satisfies (RFC 9110, 14.1.2).
fn is_of_no_bytes(ranges: &str) -> bool {
    let last = ranges.strip_prefix("bytes=-").unwrap_or_default();
    !last.is_empty() && last.bytes().all(|digit| digit == b'0')
}

/// Makes it a partial response with the bytes from `first` to `last`, which are within the body.
fn narrow(response: &mut Response<Body>, first: u64, last: u64) {
    let length = response.body().len();
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let part = response.body().part(index(first), index(last));
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(part.len()));
    if let Ok(range) = HeaderValue::try_from(format!("bytes {first}-{last}/{length}")) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    *response.body_mut() = part;
}
