//! From the credentials of a request to a caller.

use std::borrow::Cow;
use std::fmt;

use async_trait::async_trait;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use super::Caller;

/// Finds out who asks.
#[async_trait]
pub trait Authenticator: fmt::Debug + Send + Sync + 'static {
    /// The caller; `None` where the request has no credentials at all.
    ///
    /// # Errors
    /// It has some, but they do not count.
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated>;
}

/// What a request says about who sent it.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    headers: &'a HeaderMap,
}

impl<'a> Credentials<'a> {
    /// Those among the headers of a request.
    #[must_use]
    pub fn from_headers(headers: &'a HeaderMap) -> Self {
        Self { headers }
    }

    /// The values of `Authorization`. More than one is an attack or a mistake.
    pub fn authorization(&self) -> impl Iterator<Item = &'a HeaderValue> + use<'a> {
        self.headers.get_all(AUTHORIZATION).iter()
    }
}

impl fmt::Debug for Credentials<'_> {
    /// Without any value, since they are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// Why credentials do not count. The description is for the client and holds nothing of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unauthenticated {
    kind: Kind,
    description: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    InvalidRequest,
    InvalidToken,
    Unavailable,
}

impl Unauthenticated {
    /// The credentials are not of a form that can be checked.
    pub fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: Kind::InvalidRequest, description: description.into() }
    }

    /// The token was checked and does not count: expired, revoked, of somebody else.
    pub fn invalid_token(description: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: Kind::InvalidToken, description: description.into() }
    }

    /// What is needed to check them cannot be reached; the same credentials may count later.
    pub fn unavailable(description: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: Kind::Unavailable, description: description.into() }
    }

    /// The code of RFC 6750 for `WWW-Authenticate`; `None` where nobody could check.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self.kind {
            Kind::InvalidRequest => Some("invalid_request"),
            Kind::InvalidToken => Some("invalid_token"),
            Kind::Unavailable => None,
        }
    }

    /// Whether the same credentials may count later.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.kind == Kind::Unavailable
    }

    /// Why, in printable ASCII without quotes, as `error_description` wants it.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

impl fmt::Display for Unauthenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description)
    }
}

impl std::error::Error for Unauthenticated {}
