//! Problems about who asks: 401 and 403, with the challenges of RFC 6750.

use http::StatusCode;
use http::header::{HeaderValue, WWW_AUTHENTICATE};

use super::Problem;
use super::kinds::{CROSS_SITE, INSUFFICIENT_SCOPE};
#[cfg(feature = "oidc")]
use super::kinds::{FORM_TOKEN, LOGIN_REFUSED, LOGIN_UNAVAILABLE};
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

    /// Nothing shows that a page of ours sent what a session would change.
    #[cfg(feature = "oidc")]
    pub(crate) fn form_token() -> Self {
        let detail = "with a session, whatever changes something needs the token of its form: the field _csrf of the page, or \
                      for scripts the header X-CSRF-Token with the csrf_token of /api/me";
        Self::new(StatusCode::FORBIDDEN, detail).with_code(FORM_TOKEN)
    }

    /// A form of ours says something that it never does.
    #[cfg(feature = "oidc")]
    pub(crate) fn invalid_form(detail: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// Nobody knows whether somebody is logged in.
    #[cfg(feature = "oidc")]
    pub(crate) fn sessions_unavailable() -> Self {
        let detail = "nobody can tell just now whether you are logged in; try again in a few seconds";
        Self::unavailable(detail).with_code(LOGIN_UNAVAILABLE)
    }

    /// A failure of the store of sessions.
    #[cfg(feature = "oidc")]
    pub(crate) fn from_sessions(error: crate::Error) -> Self {
        tracing::warn!(error = error.report(), "the store of sessions fails");
        drop(error);
        Self::sessions_unavailable()
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
            None => Self::unavailable(description),
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

#[cfg(feature = "oidc")]
impl From<crate::login::Failure> for Problem {
    fn from(failure: crate::login::Failure) -> Self {
        match failure {
            crate::login::Failure::Refused(detail) => {
                Self::new(StatusCode::FORBIDDEN, detail).with_code(LOGIN_REFUSED)
            }
            crate::login::Failure::Unavailable(detail) => {
                Self::unavailable(&detail).with_code(LOGIN_UNAVAILABLE)
            }
        }
    }
}
