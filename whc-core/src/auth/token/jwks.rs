//! The keys an issuer publishes, fetched when they are needed.

use std::sync::Arc;

use async_trait::async_trait;
use enumset::EnumSet;

use super::fetch::JwksSource;
use super::jwk;
use super::key::KeySet;
use crate::config::SignatureAlgorithm;
use crate::error::Result;
use crate::fetch::{Refreshed, Source};

/// The set of one issuer, as it was looked at last.
pub(super) type Jwks = Refreshed<PublishedKeys>;

/// The keys in a set whose signatures count.
pub(super) struct PublishedKeys {
    pub(super) source: Arc<dyn JwksSource>,
    pub(super) allowed: EnumSet<SignatureAlgorithm>,
}

#[async_trait]
impl Source for PublishedKeys {
    type Published = KeySet;
    const NAME: &'static str = "the keys for tokens";

    async fn fetch(&self) -> Result<KeySet> {
        jwk::read_set(&self.source.fetch().await?, self.allowed)
    }
}
