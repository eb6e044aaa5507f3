//! The authenticator of a service that has no key to check a token with.

use async_trait::async_trait;

use super::{Authenticator, Caller, Credentials, Unauthenticated};

/// Takes nobody for a caller: there is nothing to check credentials with.
#[derive(Clone, Copy, Debug, Default)]
pub struct WithoutKeys;

#[async_trait]
impl Authenticator for WithoutKeys {
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
        match credentials.authorization().next() {
            Some(_) => Err(Unauthenticated::invalid_token("this service has no key to check tokens with")),
            None => Ok(None),
        }
    }
}
