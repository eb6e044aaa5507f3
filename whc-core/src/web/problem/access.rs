//! Problems about who asks: 401 and 403, with the challenges of RFC 6750.

use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

use super::Problem;
use super::kinds::{CROSS_SITE, INSUFFICIENT_SCOPE};
use crate::auth::{Denied, Unauthenticated};

/// The protection space (RFC 9110, 11.5).
const CHALLENGE: &str = "Bearer realm=\"whc\"";

impl Problem {
    /// Nothing says who asks.
    pub(crate) fn no_credentials() -> Self {
        let detail = "this needs a token: send it in the header Authorization, after Bearer and a space";
        // Without an error: there are no credentials that could be wrong (RFC 6750, 3.1).
        Self::new(StatusCode::UNAUTHORIZED, detail)
            .with_header(WWW_AUTHENTICATE, Some(HeaderValue::from_static(CHALLENGE)))
    }

    /// A page of another site made a browser send this.
    pub(crate) fn cross_site(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail).with_code(CROSS_SITE)
    }

    fn challenging(self, code: &str, description: &str, more: &str) -> Self {
        let challenge = format!("{CHALLENGE}, error=\"{code}\", error_description=\"{description}\"{more}");
        self.with_header(WWW_AUTHENTICATE, HeaderValue::try_from(challenge).ok())
    }
}

impl From<Unauthenticated> for Problem {
    fn from(error: Unauthenticated) -> Self {
        let description = error.description();
        match error.code() {
            // The header cannot be read as credentials, which is no question of who asks (RFC 6750, 3.1).
            Some(code @ "invalid_request") => {
                Self::new(StatusCode::BAD_REQUEST, description).challenging(code, description, "")
            }
            Some(code) => Self::new(StatusCode::UNAUTHORIZED, description).challenging(code, description, ""),
            None => Self::new(StatusCode::SERVICE_UNAVAILABLE, description)
                .with_header(RETRY_AFTER, Some(HeaderValue::from_static("5"))),
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        let problem = Self::new(StatusCode::FORBIDDEN, denied.to_string());
        match denied {
            Denied::MissingScope(scope) => problem.with_code(INSUFFICIENT_SCOPE).challenging(
                "insufficient_scope",
                &denied.to_string(),
                &format!(", scope=\"{scope}\""),
            ),
            Denied::OtherCase(_) => problem,
        }
    }
}
