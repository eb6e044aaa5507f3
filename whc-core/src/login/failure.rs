//! Why a login comes to nothing.

use std::borrow::Cow;

use crate::auth::Unauthenticated;
use crate::error::Error;

/// Why a login comes to nothing. The detail is for the client.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something in it does not fit: begun elsewhere, too old, used already, not for us.
    Refused(Cow<'static, str>),
    /// The provider, or the store of sessions, does not answer now.
    Unavailable(Cow<'static, str>),
}

impl Failure {
    pub(super) fn refused(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused(detail.into())
    }

    pub(super) fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Unavailable(detail.into())
    }

    /// Its name for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

impl From<Unauthenticated> for Failure {
    /// A token of the provider does not count.
    fn from(error: Unauthenticated) -> Self {
        if error.is_unavailable() {
            return Self::Unavailable(error.description().to_owned().into());
        }
        Self::Refused(format!("the token of the provider does not count: {}", error.description()).into())
    }
}

impl From<Error> for Failure {
    /// The store of sessions fails.
    fn from(error: Error) -> Self {
        tracing::warn!(error = error.report(), "the store of sessions fails");
        Self::unavailable("nobody can log in just now; try again in a few seconds")
    }
}
