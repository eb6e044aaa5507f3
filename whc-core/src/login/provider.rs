//! A provider of logins, and what counts of what it says.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::attempt::Attempt;
use super::client_secret::SecretSource;
use super::exchange;
use super::failure::Failure;
use super::logout_token::{self, Logout};
use super::metadata::{Discovery, Metadata, ProviderKeys};
use crate::auth::{TokenType, Verifier};
use crate::clock::Clock;
use crate::config::{ProviderConfig, ResponseMode};
use crate::error::Result;
use crate::fetch::{Client, Refreshed};

/// A provider of logins.
#[derive(Debug)]
pub(crate) struct Provider {
    config: ProviderConfig,
    client: Client,
    metadata: Arc<Refreshed<Discovery>>,
    id_tokens: Verifier,
    logout_tokens: Verifier,
    secret: SecretSource,
    clock: Arc<dyn Clock>,
}

/// What a provider answers, as the browser brings it.
#[derive(Debug)]
pub(crate) struct ProviderAnswer {
    /// How it came.
    pub(crate) mode: ResponseMode,
    pub(crate) state: String,
    pub(crate) code: Option<String>,
    /// Who answers (RFC 9207).
    pub(crate) issuer: Option<String>,
    /// Why there is no code.
    pub(crate) error: Option<String>,
    /// What Apple says of somebody the first time, as JSON.
    pub(crate) user: Option<String>,
}

impl Provider {
    pub(super) fn open(config: &ProviderConfig, client: &Client, clock: &Arc<dyn Clock>) -> Result<Self> {
        let discovery = Discovery { issuer: config.issuer.clone(), client: client.clone() };
        let metadata = Arc::new(Refreshed::new(discovery, Arc::clone(clock)));
        let keys = Arc::new(ProviderKeys { metadata: Arc::clone(&metadata), client: client.clone() });
        let verifier = |kind| {
            let whose = (&*config.issuer, &*config.client_id);
            Verifier::of_issuer(whose, Arc::clone(&keys) as _, Arc::clone(clock), kind)
        };
        Ok(Self {
            id_tokens: verifier(TokenType::Id)?,
            logout_tokens: verifier(TokenType::Logout)?,
            secret: SecretSource::open(config)?,
            config: config.clone(),
            client: client.clone(),
            metadata,
            clock: Arc::clone(clock),
        })
    }

    pub(crate) fn config(&self) -> &ProviderConfig {
        &self.config
    }

    pub(super) async fn authorization(&self, attempt: &Attempt) -> Result<String, Failure> {
        exchange::authorization(&self.config, &*self.metadata().await?, attempt)
    }

    /// Whether an answer is one to this attempt. Nothing else in it is looked at before.
    pub(super) async fn check(&self, attempt: &Attempt, answer: &ProviderAnswer) -> Result<(), Failure> {
        if attempt.provider != self.config.name || attempt.state != answer.state {
            return Err(Failure::refused("this login was begun elsewhere"));
        }
        if answer.mode != self.config.response_mode {
            return Err(Failure::refused(
                "the answer of the provider came in another way than it was asked to",
            ));
        }
        let names_issuer = self.metadata().await?.names_issuer;
        let is_right = answer.issuer.as_ref().map_or(!names_issuer, |issuer| *issuer == self.config.issuer);
        if is_right { Ok(()) } else { Err(Failure::refused("the answer is of another provider")) }
    }

    /// What the provider says of whoever came back with this answer.
    pub(super) async fn redeem(
        &self,
        attempt: &Attempt,
        answer: &ProviderAnswer,
    ) -> Result<Map<String, Value>, Failure> {
        if let Some(error) = &answer.error {
            let shown: String = error.chars().filter(char::is_ascii_graphic).take(40).collect();
            return Err(Failure::refused(format!("the provider says {shown}")));
        }
        let code = answer.code.as_deref().ok_or_else(|| Failure::refused("the answer has no code"))?;
        let (metadata, secret) = (self.metadata().await?, self.secret.secret(self.clock.now())?);
        let token =
            exchange::id_token((&self.config, &metadata), &self.client, (attempt, secret), code).await?;
        let claims = self.id_tokens.claims(&token).await?;
        self.expect_own(&claims, attempt)?;
        Ok(claims)
    }

    /// Who has logged out by a token of the provider.
    pub(super) async fn logout(&self, token: &str) -> Result<Logout, Failure> {
        logout_token::read(&self.logout_tokens.claims(token).await?)
    }

    /// What a token of somebody else's login, or for somebody else's service, does not have (`OpenID` Connect Core, 3.1.3.7).
    fn expect_own(&self, claims: &Map<String, Value>, attempt: &Attempt) -> Result<(), Failure> {
        if claims.get("nonce").and_then(Value::as_str) != Some(&attempt.nonce) {
            return Err(Failure::refused("the token of the provider is of another login"));
        }
        let is_for_several = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
        let is_own = match claims.get("azp") {
            Some(party) => party.as_str() == Some(&self.config.client_id),
            None => !is_for_several,
        };
        if is_own {
            Ok(())
        } else {
            Err(Failure::refused("the token of the provider is for another service"))
        }
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, Failure> {
        let metadata = self.metadata.current().await;
        metadata.ok_or_else(|| Failure::unavailable("the provider does not answer just now"))
    }
}
