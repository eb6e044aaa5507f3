//! Problems about the body of a request and its preconditions.

use http::StatusCode;
use http::header::{ACCEPT, ACCEPT_ENCODING, ETAG, HeaderValue};

use super::Problem;
use super::kinds::{INVALID_BODY, NOT_CONFIGURED};
use super::violation::Violation;
use crate::violation;

impl Problem {
    /// The body is an object, but not the one it should be.
    pub(crate) fn invalid_body(errors: Vec<Violation>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            many => format!("{} things are wrong with the body; see errors", many.len()),
        };
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail).with_code(INVALID_BODY);
        problem.0.errors = errors;
        problem
    }

    /// The body has more bytes than are taken.
    #[must_use]
    pub fn content_too_large(most: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, format!("a request body has at most {most} bytes"))
    }

    /// The body is of another type; those of `accepted` would be read.
    pub(crate) fn unsupported_media_type(detail: String, accepted: &'static str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
            .with_header(ACCEPT, Some(HeaderValue::from_static(accepted)))
    }

    /// The body is encoded; it would be read as it is (RFC 9110, 15.5.16).
    pub(crate) fn unsupported_coding(detail: &str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
            .with_header(ACCEPT_ENCODING, Some(HeaderValue::from_static("identity")))
    }

    /// The request changes something without saying what it knows of it.
    pub(crate) fn precondition_required(detail: &str) -> Self {
        Self::new(StatusCode::PRECONDITION_REQUIRED, detail)
    }

    /// What the request is about is another than the client knows; `etag` is what it is now, where there is something.
    pub(crate) fn precondition_failed(detail: &str, etag: Option<HeaderValue>) -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, detail).with_header(ETAG, etag)
    }

    /// The key of a request belongs to another one.
    pub(crate) fn key_of_other_body() -> Self {
        let detail = "this Idempotency-Key was sent with another body; a new request needs a new key";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// The same request is not answered yet.
    pub(crate) fn key_in_flight() -> Self {
        let detail = "a request with this Idempotency-Key is under way; send it again in a second";
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// This deployment has no place for what is asked for.
    pub(crate) fn not_configured(detail: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).with_code(NOT_CONFIGURED)
    }
}

/// How much of a member's name is shown, in characters: more than any that is right.
const LONGEST_NAME: usize = 40;

impl From<violation::Violation> for Problem {
    fn from(violation: violation::Violation) -> Self {
        violation::Violations::from(violation).into()
    }
}

impl From<violation::Violations> for Problem {
    fn from(violations: violation::Violations) -> Self {
        Self::invalid_body(violations.iter().map(violation).collect())
    }
}

fn violation(violation: &violation::Violation) -> Violation {
    let pointer: String = violation.pointer.chars().take(LONGEST_NAME).collect();
    let name = pointer.strip_prefix('/').unwrap_or("the body");
    let detail = format!("{name} {}", violation.reason);
    Violation { nearest: violation.nearest.map(str::to_owned), ..Violation::at(pointer, detail) }
}
