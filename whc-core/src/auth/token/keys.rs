//! All keys that tokens may be signed for.

use std::collections::HashSet;
use std::sync::Arc;

use super::fetch::JwksSource;
use super::header::Header;
use super::jwks::{Jwks, PublishedKeys};
use super::key::{Key, KeySet};
use super::pem;
use crate::auth::Unauthenticated;
use crate::clock::Clock;
use crate::config::AuthConfig;
use crate::error::{Error, Result};

/// As many keys are tried for one token.
const MAX_CANDIDATES: usize = 8;

/// The keys of the configuration and those an issuer publishes.
pub(super) struct Keys {
    own: Vec<Arc<Key>>,
    published: Option<Jwks>,
}

impl Keys {
    pub(super) fn open(
        config: &AuthConfig,
        source: Option<Arc<dyn JwksSource>>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let open = |source| pem::open(source, config.algorithms).map(Arc::new);
        let own: Result<Vec<_>> = config.keys.iter().map(open).collect();
        let own = own.and_then(with_different_ids).map_err(|error| error.within("AUTH_KEYS"))?;
        let published =
            source.map(|source| Jwks::new(PublishedKeys { source, allowed: config.algorithms }, clock));
        Ok(Self { own, published })
    }

    /// Whether the key still counts.
    pub(super) async fn contains(&self, key: &Arc<Key>) -> bool {
        let is_it = |known: &Arc<Key>| Arc::ptr_eq(known, key) || known == key;
        self.own.iter().any(is_it) || self.published().await.is_some_and(|keys| keys.iter().any(is_it))
    }

    /// The keys a token with this header may be signed for, the one it names before those without an id.
    pub(super) async fn candidates(&self, header: &Header) -> Vec<Arc<Key>> {
        let mut known = self.known().await;
        let kid = header.kid.as_deref();
        let is_unknown = kid.is_some() && known.iter().all(|key| key.kid.as_deref() != kid);
        if let Some(published) = self.published.as_ref().filter(|_| is_unknown) {
            published.renewed().await;
            known = self.known().await;
        }
        known.retain(|key| key.may_verify(header));
        known.sort_by_key(|key| key.kid.is_none());
        known.truncate(MAX_CANDIDATES);
        known
    }

    /// Why a token does not count that no key verifies.
    pub(super) fn refusal(&self) -> Unauthenticated {
        match &self.published {
            Some(published) if !published.is_loaded() => {
                Unauthenticated::unavailable("the keys of the issuer cannot be fetched at present")
            }
            None if self.own.is_empty() => {
                Unauthenticated::invalid_token("no key is set here to verify tokens with")
            }
            _ => Unauthenticated::invalid_token("the signature is of none of the keys that count here"),
        }
    }

    async fn known(&self) -> Vec<Arc<Key>> {
        let published = self.published().await;
        self.own.iter().chain(published.iter().flat_map(|keys| keys.iter())).cloned().collect()
    }

    async fn published(&self) -> Option<KeySet> {
        match &self.published {
            Some(published) => published.current().await,
            None => None,
        }
    }
}

fn with_different_ids(keys: Vec<Arc<Key>>) -> Result<Vec<Arc<Key>>> {
    let mut ids = HashSet::new();
    match keys.iter().filter_map(|key| key.kid.as_deref()).find(|id| !ids.insert(*id)) {
        Some(id) => Err(Error::invalid(format!(
            "two files are named {id}, which would be the id of both keys; rename one"
        ))),
        None => Ok(keys),
    }
}
