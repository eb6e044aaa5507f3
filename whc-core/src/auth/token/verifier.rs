//! Signatures and claims of tokens of one kind.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::decode::SignedToken;
#[cfg(feature = "oidc")]
use super::envelope::Envelope;
use super::fetch::JwksSource;
use super::header::TokenType;
use super::key::Key;
use super::keys::Keys;
use super::rules::Rules;
use crate::auth::Unauthenticated;
use crate::clock::Clock;
use crate::config::AuthConfig;
use crate::error::Result;

/// Verifies tokens of one kind, by the keys of one configuration.
pub(crate) struct Verifier {
    pub(super) keys: Keys,
    pub(super) rules: Rules,
    pub(super) clock: Arc<dyn Clock>,
    kind: TokenType,
}

/// A token whose signature is that of `key`. Whether its claims hold is another question.
pub(super) struct Signed {
    pub(super) key: Arc<Key>,
    pub(super) object: Map<String, Value>,
}

impl Verifier {
    pub(super) fn new(
        config: &AuthConfig,
        source: Option<Arc<dyn JwksSource>>,
        clock: Arc<dyn Clock>,
        kind: TokenType,
    ) -> Result<Self> {
        let keys = Keys::open(config, source, Arc::clone(&clock))?;
        Ok(Self { keys, rules: Rules::new(config), clock, kind })
    }

    /// Verifies tokens of this kind of one issuer for one client, by the keys of `source`.
    ///
    /// # Errors
    /// None that a configuration without keys of its own could have.
    #[cfg(feature = "oidc")]
    pub(crate) fn of_issuer(
        (issuer, client): (&str, &str),
        source: Arc<dyn JwksSource>,
        clock: Arc<dyn Clock>,
        kind: TokenType,
    ) -> Result<Self> {
        let config = AuthConfig {
            issuer: Some(issuer.to_owned()),
            audience: Some(client.to_owned()),
            ..AuthConfig::default()
        };
        Self::new(&config, Some(source), clock, kind)
    }

    /// What a token says that counts: signed, current, of the issuer and for the audience.
    #[cfg(feature = "oidc")]
    pub(crate) async fn claims(&self, token: &str) -> Result<Map<String, Value>, Unauthenticated> {
        let Signed { object, .. } = self.signed(token).await?;
        self.rules.check(&Envelope::read(&object)?, self.clock.now())?;
        Ok(object)
    }

    pub(super) async fn signed(&self, token: &str) -> Result<Signed, Unauthenticated> {
        let token = SignedToken::split(token)?;
        let header = token.header(self.rules.algorithms, self.kind)?;
        let signature = token.signature()?;
        let mut candidates = self.keys.candidates(&header).await.into_iter();
        let signed =
            candidates.find(|key| key.public.verifies(header.algorithm, token.signed_bytes(), &signature));
        let key = signed.ok_or_else(|| self.keys.refusal())?;
        Ok(Signed { key, object: token.claims()? })
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("kind", &self.kind)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
