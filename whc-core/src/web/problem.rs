//! Errors as RFC 9457 problems, which say what is wrong and what would be right.

mod access;
mod body;
mod kinds;
mod violation;

use http::header::{ALLOW, CONTENT_RANGE, HeaderName, HeaderValue, LINK, RETRY_AFTER};
use http::{Method, StatusCode};
use serde::Serialize;

use self::kinds::INVALID_PARAMETERS;
pub(crate) use self::kinds::{KINDS, NO_SUCH_PATH, title};
pub use self::violation::{Place, Violation};
use crate::config::Rate;
use crate::error::Error;
use crate::violation::nearest;

/// An error response, as `application/problem+json`.
///
/// ```
/// use whc_core::web::Problem;
/// let problem = Problem::new(http::StatusCode::PAYLOAD_TOO_LARGE, "a request body has at most 1 MiB");
/// assert_eq!(problem.into_response().status(), 413);
/// ```
#[derive(Clone, Debug)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    /// The code of the problem, for clients to branch on.
    code: &'static str,
    /// The prefix of the URL of its type.
    base: String,
    detail: String,
    errors: Vec<Violation>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The path of this service that was probably meant.
    meant: Option<&'static str>,
    request_id: Option<String>,
}

/// The members of RFC 9457, and `code`, which is the end of `type`.
#[derive(Serialize)]
struct Document<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Violation],
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

impl Problem {
    /// A problem with this status; `detail` is for the client.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let kind = KINDS.iter().find(|(known, _)| *known == status);
        let code = kind.map_or("error", |(_, code)| *code);
        let (detail, base) = (detail.into(), String::new());
        Self(Box::new(Inner {
            status,
            code,
            base,
            detail,
            errors: Vec::new(),
            headers: Vec::new(),
            meant: None,
            request_id: None,
        }))
    }

    /// Its status.
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Its code.
    #[cfg(feature = "pages")]
    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }

    /// What is wrong, for the client.
    #[cfg(feature = "pages")]
    pub(crate) fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The path that was probably meant, where the path of the request is none.
    #[cfg(feature = "pages")]
    pub(crate) fn meant(&self) -> Option<&'static str> {
        self.0.meant
    }

    /// All that is wrong with the parts of the request.
    #[cfg(feature = "pages")]
    pub(crate) fn violations(&self) -> &[Violation] {
        &self.0.errors
    }

    /// Its headers beside those of every problem.
    pub(crate) fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        self.0.headers.clone()
    }

    /// The document of RFC 9457, as JSON.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let Inner { status, code, base, detail, errors, request_id, .. } = &*self.0;
        let document = Document {
            r#type: &format!("{base}/problems/{code}"),
            title: title(*status),
            status: status.as_u16(),
            code,
            detail,
            errors,
            request_id: request_id.as_deref(),
        };
        // Serialization cannot fail: there are texts and numbers only.
        serde_json::to_vec(&document).unwrap_or_default()
    }

    pub(crate) fn with_request_id(mut self, id: &str) -> Self {
        self.0.request_id = Some(id.to_owned());
        self
    }

    /// Sets the prefix of the URL of its type.
    pub(crate) fn with_base(mut self, base: String) -> Self {
        self.0.base = base;
        self
    }

    fn with_code(mut self, code: &'static str) -> Self {
        self.0.code = code;
        self
    }

    fn with_header(mut self, name: HeaderName, value: Option<HeaderValue>) -> Self {
        self.0.headers.extend(value.map(|value| (name, value)));
        self
    }

    /// Adds these headers.
    pub(crate) fn with_headers(
        mut self,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
    ) -> Self {
        self.0.headers.extend(headers);
        self
    }

    /// Adds a link (RFC 8288).
    pub(crate) fn with_link(self, link: &str) -> Self {
        self.with_header(LINK, HeaderValue::try_from(link).ok())
    }

    pub(crate) fn invalid_parameters(errors: Vec<Violation>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            many => format!("{} query parameters are wrong; see errors", many.len()),
        };
        let mut problem = Self::new(StatusCode::BAD_REQUEST, detail).with_code(INVALID_PARAMETERS);
        problem.0.errors = errors;
        problem
    }

    /// There are more than `most` parameters, so that none of them was read.
    pub(crate) fn too_many_parameters(most: usize) -> Self {
        let detail = format!("a query has at most {most} parameters");
        Self::new(StatusCode::BAD_REQUEST, detail).with_code(INVALID_PARAMETERS)
    }

    /// `known` are all paths, `described` those for programs, and `prefix` is that of the scope.
    pub(crate) fn no_such_path(
        path: &str,
        (known, described): (&[&'static str], &[&'static str]),
        prefix: &str,
    ) -> Self {
        let shown: String = path.chars().take(100).collect();
        let meant = nearest(path, known);
        let detail = if let Some(path) = meant {
            format!("nothing is at {shown}; did you mean {prefix}{path}?")
        } else {
            let paths: Vec<_> = described.iter().map(|path| format!("{prefix}{path}")).collect();
            format!("nothing is at {shown}; there are {}", paths.join(", "))
        };
        let mut problem = Self::new(StatusCode::NOT_FOUND, detail).with_code(NO_SUCH_PATH);
        problem.0.meant = meant;
        problem
    }

    /// `allowed` are the methods there are, as the `Allow` header lists them.
    pub(crate) fn method_not_allowed(method: &Method, allowed: &str) -> Self {
        let shown: String = method.as_str().chars().take(20).collect();
        Self::impossible(&format!("{shown} is not possible here"), allowed, "")
    }

    /// The list cannot be written here; `allowed` are the methods there are.
    pub(crate) fn read_only(method: &Method, allowed: &str) -> Self {
        let what = format!("{method} is not possible here, since this list is read only");
        let way_out = ". It can be written where DATABASE_WRITE_URL or DB_WRITE_USER names a login that writes, which may be that \
                       of DATABASE_URL, and for a try with DISABLE_AUTH=true on one's own machine";
        Self::impossible(&what, allowed, way_out)
    }

    fn impossible(what: &str, allowed: &str, way_out: &str) -> Self {
        let possible = match allowed.rsplit_once(", ") {
            Some((others, last)) => format!("{others} and {last} are"),
            None => format!("{allowed} is"),
        };
        Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("{what}; {possible}{way_out}"))
            .with_header(ALLOW, HeaderValue::try_from(allowed).ok())
    }

    /// The limit of a client is used up for so many seconds.
    pub(crate) fn too_many_requests(seconds: u64, rate: Rate) -> Self {
        let detail = format!(
            "these requests are limited to {rate} for each client; the next one is answered in {seconds} s"
        );
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
            .with_header(RETRY_AFTER, Some(HeaderValue::from(seconds)))
    }

    pub(crate) fn not_acceptable(offers: &str) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, format!("the Accept header rules out all there is: {offers}"))
    }

    pub(crate) fn range_not_satisfiable(length: u64) -> Self {
        let detail = format!("the Range header asks for none of the {length} bytes there are");
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, detail)
            .with_header(CONTENT_RANGE, HeaderValue::try_from(format!("bytes */{length}")).ok())
    }

    pub(crate) fn uri_too_long(bytes: usize, most: usize) -> Self {
        Self::new(
            StatusCode::URI_TOO_LONG,
            format!("path and query have {bytes} bytes; at most {most} are accepted"),
        )
    }

    pub(crate) fn header_too_large(bytes: usize, most: usize) -> Self {
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            format!("the header has {bytes} bytes; at most {most} are accepted"),
        )
    }
}

impl Problem {
    /// A failure of the store of contacts.
    pub(crate) fn from_contacts(error: Error) -> Self {
        Self::from_change("contacts", error)
    }

    /// A failure of the store of sites while one was to be changed.
    pub(crate) fn from_curation(error: Error) -> Self {
        Self::from_change("the sites", error)
    }

    fn from_change(what: &str, error: Error) -> Self {
        if !error.is_unavailable() && !error.is_incompatible() {
            return error.into();
        }
        tracing::error!(error = error.report(), "a request failed");
        let detail = format!(
            "the store of {what} does not answer just now; a change may have happened or not, so look before you send it again"
        );
        Self::unavailable(&detail)
    }

    fn unavailable(detail: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            .with_header(RETRY_AFTER, Some(HeaderValue::from_static("5")))
    }
}

impl From<Error> for Problem {
    /// The message is for the client; the source goes to the log.
    fn from(error: Error) -> Self {
        if error.is_invalid() {
            return Self::new(StatusCode::BAD_REQUEST, error.to_string());
        }
        if error.is_refused() {
            return Self::new(StatusCode::CONFLICT, error.to_string());
        }
        tracing::error!(error = error.report(), "a request failed");
        if error.is_unavailable() || error.is_incompatible() {
            let detail = "the store of the sites does not answer just now; try again in a few seconds";
            return Self::unavailable(detail);
        }
        let detail = "this is a fault of the service; it is in the log under this request_id";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}
