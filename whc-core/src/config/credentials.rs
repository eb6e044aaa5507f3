//! What a connection to the database or to Valkey logs in with, at the time it is opened.

use std::fmt;

use async_trait::async_trait;

use super::Secret;
use crate::error::Result;

/// What a connection to the database or to Valkey logs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password, or a token in its place.
    pub password: Option<Secret>,
}

impl Credentials {
    /// This user, with a password or with `None`.
    pub fn new(user: impl Into<String>, password: impl Into<Option<Secret>>) -> Self {
        Self { user: user.into(), password: password.into() }
    }
}

/// Supplies the credentials of each new connection: for passwords that are rotated and tokens that expire.
///
/// ```
/// use whc_core::config::{Credentials, CredentialsProvider, Secret};
/// use whc_core::Result;
///
/// /// A token for each connection.
/// #[derive(Debug)]
/// struct Tokens;
///
/// #[whc_core::async_trait]
/// impl CredentialsProvider for Tokens {
///     async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
///         Ok(Credentials::new("whc", Secret::new("signed just now")))
///     }
/// }
/// ```
#[async_trait]
pub trait CredentialsProvider: fmt::Debug + Send + Sync + 'static {
    /// The credentials for a new connection. `refused` are those that the server has just refused: a provider that caches
    /// credentials must fetch them again then. If it returns the same ones, the connection fails.
    ///
    /// This may take up to 30 s, which are not part of the
    /// [`connect_timeout`](super::DatabaseConfig::connect_timeout).
    ///
    /// # Errors
    /// An unavailable error says why there are none just now.
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials>;
}

/// Providers are equal if they are the same one.
impl PartialEq for dyn CredentialsProvider {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self, other)
    }
}

impl Eq for dyn CredentialsProvider {}

#[async_trait]
impl CredentialsProvider for Credentials {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        Ok(self.clone())
    }
}
