//! Ranges of a body (RFC 9110, 14): a download that broke off goes on where it ended.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderValue, IF_RANGE, RANGE};
use http::{Method, Request, Response, StatusCode};
use http_range_header::{StartPosition, parse_range_header};

use super::conditional::is_same;
use crate::web::answer::Reply;
use crate::web::problem::Problem;

/// The part of `whole` that `request` wants; the whole where it wants none, one of another representation, or several,
/// which no server has to give.
///
/// # Errors
/// There are no such bytes.
pub(crate) fn part(request: &Request<Bytes>, mut whole: Reply) -> Result<Reply, Problem> {
    let Some(validator) = whole.ranges_of.take() else { return Ok(whole) };
    let headers = request.headers();
    let same = headers.get(IF_RANGE).is_none_or(|condition| is_same(condition, &validator));
    if request.method() != Method::GET || whole.response.status() != StatusCode::OK || !same {
        return Ok(whole);
    }
    // One that cannot be read is no range.
    let ranges = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let Some(Ok(ranges)) = ranges.map(parse_range_header) else { return Ok(whole) };
    if ranges.ranges.len() > 1 {
        return Ok(whole);
    }
    let length = whole.response.body().len() as u64;
    // The end of something shorter is all of it; the crate takes that for an error.
    let all = |start| matches!(start, StartPosition::FromLast(wanted) if wanted > length);
    if ranges.ranges.iter().any(|range| all(range.start)) {
        return Ok(whole.cut(0, length.saturating_sub(1)));
    }
    match ranges.validate(length).ok().and_then(|ranges| ranges.first().cloned()) {
        Some(range) => Ok(whole.cut(*range.start(), *range.end())),
        None => Err(Problem::range_not_satisfiable(length)),
    }
}

impl Reply {
    /// With the bytes from `first` to `last`, which are within the body.
    fn cut(self, first: u64, last: u64) -> Self {
        let length = self.response.body().len();
        let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (mut parts, body) = self.response.into_parts();
        let body = body.part(index(first), index(last));
        parts.status = StatusCode::PARTIAL_CONTENT;
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if let Ok(range) = HeaderValue::try_from(format!("bytes {first}-{last}/{length}")) {
            parts.headers.insert(CONTENT_RANGE, range);
        }
        Self { response: Response::from_parts(parts, body), ..self }
    }
}
