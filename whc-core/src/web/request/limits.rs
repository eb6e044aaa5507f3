//! How long a request line and a header may be.

use http::Request;

use super::RequestHeaders;
use crate::web::problem::Problem;

/// The longest path and query accepted, in bytes.
pub const MAX_URI_BYTES: usize = 8 << 10;
/// The most header accepted, names and values together, in bytes.
pub const MAX_HEADER_BYTES: usize = 16 << 10;

/// Refuses a request that is over a limit.
///
/// # Errors
/// Says which limit, and how far over.
pub(crate) fn check(request: &Request<()>, headers: &RequestHeaders<'_>) -> Result<(), Problem> {
    let uri = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if uri > MAX_URI_BYTES {
        return Err(Problem::uri_too_long(uri, MAX_URI_BYTES));
    }
    if headers.bytes > MAX_HEADER_BYTES {
        return Err(Problem::header_too_large(headers.bytes, MAX_HEADER_BYTES));
    }
    Ok(())
}
