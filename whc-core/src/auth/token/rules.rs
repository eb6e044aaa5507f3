//! What a token must say of itself, one function for each rule. They are checked whenever a token comes.

use std::time::{SystemTime, UNIX_EPOCH};

use enumset::EnumSet;

use super::envelope::Envelope;
use crate::auth::Unauthenticated;
use crate::config::{AuthConfig, SignatureAlgorithm};
use crate::scope::Scopes;

/// How far the clock of an issuer may be ahead. Nobody needs it at the end: a token is renewed before it ends.
const SKEW_SECONDS: f64 = 30.0;

/// What is demanded of tokens.
#[derive(Debug)]
pub(super) struct Rules {
    issuer: Option<String>,
    audience: Option<String>,
    pub(super) algorithms: EnumSet<SignatureAlgorithm>,
    pub(super) default_scopes: Scopes,
}

impl Rules {
    pub(super) fn new(config: &AuthConfig) -> Self {
        Self {
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            algorithms: config.algorithms,
            default_scopes: config.default_scopes,
        }
    }

    pub(super) fn check(&self, token: &Envelope, now: SystemTime) -> Result<(), Unauthenticated> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        expect_current(token, now)?;
        expect_begun(token, now)?;
        expect_issued(token, now)?;
        self.expect_issuer(token)?;
        self.expect_audience(token)
    }

    fn expect_issuer(&self, token: &Envelope) -> Result<(), Unauthenticated> {
        let named = self.issuer.is_none() || self.issuer == token.issuer;
        expect(named, "iss is not the issuer whose tokens count here")
    }

    fn expect_audience(&self, token: &Envelope) -> Result<(), Unauthenticated> {
        let named = self.audience.as_ref().is_none_or(|own| token.audience.contains(own));
        expect(named, "aud does not name this service")
    }
}

fn expect_current(token: &Envelope, now: f64) -> Result<(), Unauthenticated> {
    expect(now < token.expires, "the token has expired")
}

fn expect_begun(token: &Envelope, now: f64) -> Result<(), Unauthenticated> {
    expect(token.not_before.is_none_or(|start| start <= now + SKEW_SECONDS), "the token is not valid yet")
}

fn expect_issued(token: &Envelope, now: f64) -> Result<(), Unauthenticated> {
    expect(token.issued.is_none_or(|start| start <= now + SKEW_SECONDS), "the token was issued in the future")
}

fn expect(holds: bool, otherwise: &'static str) -> Result<(), Unauthenticated> {
    if holds { Ok(()) } else { Err(Unauthenticated::invalid_token(otherwise)) }
}
