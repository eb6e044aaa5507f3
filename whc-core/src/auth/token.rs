//! Bearer tokens: JSON Web Tokens (RFC 7519) signed by somebody with a private key.
//!
//! `jsonwebtoken` reads keys; the rest is here, since its `decode` is laxer than RFC 8725 and reads the system's clock.

mod bearer;
mod claims;
mod decode;
mod envelope;
mod fetch;
mod header;
mod json;
mod jwk;
mod jwks;
mod key;
mod keys;
mod pem;
mod rules;
mod signature;
mod verified;
mod verifier;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use self::claims::Claims;
use self::fetch::HttpJwks;
#[cfg(feature = "oidc")]
pub(crate) use self::fetch::JWK_SET;
pub use self::fetch::JwksSource;
pub(crate) use self::header::TokenType;
use self::verified::{Digest, Verified, VerifiedTokens};
use self::verifier::Signed;
pub(crate) use self::verifier::Verifier;
use super::{Authenticator, Caller, Credentials, Unauthenticated};
use crate::clock::Clock;
use crate::config::AuthConfig;
use crate::error::Result;

/// An [`Authenticator`] for tokens.
///
/// A signature that was verified is remembered for a while, as long as its key counts; the claims are checked each time.
pub struct TokenAuthenticator {
    verifier: Verifier,
    verified: VerifiedTokens,
}

impl TokenAuthenticator {
    /// Checks tokens by this configuration. Key files are read now, a JWK set when the first token comes, on the Tokio
    /// runtime of whoever asks.
    ///
    /// # Errors
    /// Names the setting, what is wrong with a key, and what would be right.
    pub fn new(config: &AuthConfig, clock: Arc<dyn Clock>) -> Result<Self> {
        let source = config.jwks_url.clone().map(HttpJwks::new).transpose()?;
        Self::with_source(config, source.map(|source| Arc::new(source) as _), clock)
    }

    /// The same with another way to get the JWK set.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_source(
        config: &AuthConfig,
        source: Option<Arc<dyn JwksSource>>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        if source.is_some() {
            config.expect_restrictions()?;
        }
        let verifier = Verifier::new(config, source, clock, TokenType::Access)?;
        Ok(Self { verifier, verified: VerifiedTokens::new() })
    }

    /// How many tokens it remembers the signature of, for metrics.
    #[must_use]
    pub fn remembered_tokens(&self) -> usize {
        self.verified.len()
    }

    /// Whose token it is.
    async fn check(&self, token: &str) -> Result<Caller, Unauthenticated> {
        let digest = Digest::of(token);
        if let Some(verified) = self.remembered(&digest).await {
            return self.admit(&verified).inspect_err(|_| self.verified.remove(&digest));
        }
        let verified = self.verify(token).await?;
        let caller = self.admit(&verified)?;
        self.verified.insert(digest, verified);
        Ok(caller)
    }

    async fn remembered(&self, digest: &Digest) -> Option<Arc<Verified>> {
        let verified = self.verified.get(digest)?;
        if self.verifier.keys.contains(&verified.key).await {
            return Some(verified);
        }
        self.verified.remove(digest);
        None
    }

    fn admit(&self, verified: &Verified) -> Result<Caller, Unauthenticated> {
        self.verifier.rules.check(&verified.claims.envelope, self.verifier.clock.now())?;
        Ok(verified.caller.clone())
    }

    async fn verify(&self, token: &str) -> Result<Verified, Unauthenticated> {
        let Signed { key, object } = self.verifier.signed(token).await?;
        let claims = Claims::read(&object)?;
        Ok(Verified { key, caller: claims.caller(self.verifier.rules.default_scopes), claims })
    }
}

#[async_trait]
impl Authenticator for TokenAuthenticator {
    async fn authenticate(&self, credentials: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
        match bearer::token(*credentials)? {
            Some(token) => self.check(token).await.map(Some),
            None => Ok(None),
        }
    }
}

impl fmt::Debug for TokenAuthenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAuthenticator").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}
