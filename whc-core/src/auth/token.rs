//! Bearer tokens: JSON Web Tokens (RFC 7519) signed by somebody with a private key.
//!
//! `jsonwebtoken` reads keys; the rest is here, since its `decode` is laxer than RFC 8725 and reads the system's clock.

mod bearer;
mod claims;
mod decode;
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

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use self::decode::SignedToken;
use self::fetch::HttpJwks;
pub use self::fetch::JwksSource;
use self::keys::Keys;
use self::rules::Rules;
use self::verified::{Digest, Verified, VerifiedTokens};
use super::{Authenticator, Caller, Credentials, Unauthenticated};
use crate::clock::Clock;
use crate::config::AuthConfig;
use crate::error::Result;

/// An [`Authenticator`] for tokens.
///
/// A signature that was verified is remembered for a while, as long as its key counts; the claims are checked each time.
pub struct TokenAuthenticator {
    keys: Keys,
    rules: Rules,
    verified: VerifiedTokens,
    clock: Arc<dyn Clock>,
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
        Ok(Self {
            keys: Keys::open(config, source, Arc::clone(&clock))?,
            rules: Rules::new(config),
            verified: VerifiedTokens::new(),
            clock,
        })
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
        if self.keys.contains(&verified.key).await {
            return Some(verified);
        }
        self.verified.remove(digest);
        None
    }

    fn admit(&self, verified: &Verified) -> Result<Caller, Unauthenticated> {
        self.rules.check(&verified.claims, self.clock.now())?;
        Ok(verified.caller.clone())
    }

    async fn verify(&self, token: &str) -> Result<Verified, Unauthenticated> {
        let token = SignedToken::split(token)?;
        let header = token.header(self.rules.algorithms)?;
        let signature = token.signature()?;
        let mut candidates = self.keys.candidates(&header).await.into_iter();
        let signed =
            candidates.find(|key| key.public.verifies(header.algorithm, token.signed_bytes(), &signature));
        let key = signed.ok_or_else(|| self.keys.refusal())?;
        let claims = token.claims()?;
        Ok(Verified { key, caller: claims.caller(self.rules.default_scopes), claims })
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
        f.debug_struct("TokenAuthenticator").field("rules", &self.rules).finish_non_exhaustive()
    }
}
