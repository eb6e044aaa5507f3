//! A service with contacts, for whoever sends scopes as a token.

use std::sync::Arc;

use whc_core::auth::{Actor, Authenticator, Caller, Credentials, Scopes, Unauthenticated};
use whc_core::{App, MemoryContacts, MemorySites, async_trait};

/// Whoever sends a token may do what it names.
#[derive(Debug)]
struct ScopesAsToken;

#[async_trait]
impl Authenticator for ScopesAsToken {
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
        let Some(token) = credentials.authorization().next() else { return Ok(None) };
        let scopes = token.to_str().unwrap().parse::<Scopes>();
        let scopes = scopes.map_err(|_| Unauthenticated::invalid_token("this is no token"))?;
        Ok(Some(Caller::new(Actor { issuer: None, subject: "42".to_owned() }, scopes)))
    }
}

/// The service, with no site and no contact.
pub(crate) fn desk() -> App {
    let builder = App::builder(Arc::new(MemorySites::new([]))).authenticator(Arc::new(ScopesAsToken));
    builder.contacts(Arc::new(MemoryContacts::new())).build()
}
