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

use self::claims::Claims;
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
    /// Checks tokens by this configuration. Key files are read now, a JWK set when the first token comes.
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

    /// Whose token it is.
    async fn check(&self, token: &str) -> Result<Caller, Unauthenticated> {
        let digest = Digest::of(token);
        let verified = match self.remembered(&digest).await {
            Some(verified) => verified,
            None => Arc::new(self.verify(token).await?),
        };
        match self.rules.check(&verified.claims, self.clock.now()) {
            Ok(()) => {
                self.verified.insert(digest, &verified);
                Ok(self.caller(&verified.claims))
            }
            Err(error) => {
                self.verified.remove(&digest);
                Err(error)
            }
        }
    }

    async fn remembered(&self, digest: &Digest) -> Option<Arc<Verified>> {
        let verified = self.verified.get(digest)?;
        self.keys.contains(&verified.key).await.then_some(verified)
    }

    async fn verify(&self, token: &str) -> Result<Verified, Unauthenticated> {
        let token = SignedToken::split(token)?;
        let header = token.header(self.rules.algorithms)?;
        let signature = token.signature()?;
        let mut candidates = self.keys.candidates(&header).await.into_iter();
        let signed = candidates.find(|key| key.verifies(header.algorithm, token.signed_bytes(), &signature));
        let key = signed.ok_or_else(|| self.keys.refusal())?;
        Ok(Verified { key, claims: token.claims()? })
    }

    fn caller(&self, claims: &Claims) -> Caller {
        let scopes = claims.scopes.unwrap_or(self.rules.default_scopes);
        let caller = Caller::new(claims.actor.clone(), scopes);
        match &claims.cases {
            Some(cases) => caller.narrowed_to(cases.iter().copied()),
            None => caller,
        }
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
