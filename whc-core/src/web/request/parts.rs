//! Requests from parts, for adapters that get texts instead of HTTP. None of the texts is trusted.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::limits::MAX_URI_BYTES;
use crate::web::problem::Problem;

/// The characters that must be encoded in a query.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');
/// The characters that must be encoded in a path.
const PATH: &AsciiSet = &QUERY.add(b'?');

/// A path for a URL: encoded characters stay as they are, others are encoded where they must be.
#[must_use]
pub fn encoded_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A request for [`handle`](crate::web::handle) from texts, for adapters that do not receive HTTP. Path and query may be
/// encoded or not.
///
/// # Errors
/// A part that is invalid in HTTP; the problem names it.
///
/// ```
/// # use whc_core::web;
/// let headers = [("accept", "text/csv")];
/// let request = web::request_from_parts("GET", "/api/whcsites", "q=quito", headers, bytes::Bytes::new()).unwrap();
/// assert_eq!(request.uri(), "/api/whcsites?q=quito");
/// assert!(web::request_from_parts("GET", "/", "", [("accept", "a\nb")], bytes::Bytes::new()).is_err());
/// ```
pub fn request_from_parts<'a>(
    method: &str,
    path: &str,
    query: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    body: impl Into<Bytes>,
) -> Result<Request<Bytes>, Problem> {
    let mut request = Request::new(body.into());
    *request.method_mut() =
        Method::from_bytes(method.as_bytes()).map_err(|_| refused("the method cannot be read"))?;
    *request.uri_mut() = target(path, query)?;
    *request.headers_mut() = fields(headers)?;
    Ok(request)
}

fn target(path: &str, query: &str) -> Result<Uri, Problem> {
    let mut target = encoded_path(path);
    if !query.is_empty() {
        target.push('?');
        target.extend(utf8_percent_encode(query, QUERY));
    }
    let length = target.len();
    // `PathAndQuery` does not parse targets of 64 KiB and more, so these are refused here.
    if length > 2 * MAX_URI_BYTES {
        return Err(Problem::uri_too_long(length, MAX_URI_BYTES));
    }
    PathAndQuery::try_from(target).map(Uri::from).map_err(|_| refused("the path cannot be read"))
}

fn fields<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<HeaderMap, Problem> {
    let mut fields = HeaderMap::new();
    for (name, value) in headers {
        let name =
            HeaderName::try_from(name).map_err(|_| refused("the name of a header field cannot be read"))?;
        let value =
            HeaderValue::try_from(value).map_err(|_| refused(format!("the {name} header cannot be read")))?;
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        fields.try_append(name, value).map_err(|_| Problem::new(status, "the header has too many fields"))?;
    }
    Ok(fields)
}

fn refused(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
