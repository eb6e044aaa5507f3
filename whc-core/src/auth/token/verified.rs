//! Tokens whose signature was verified, by their hash.

use std::sync::Arc;

use quick_cache::sync::Cache;
use ring::digest::{SHA256, digest};

use super::claims::Claims;
use super::key::Key;
use crate::auth::Caller;

/// As many tokens are remembered, each of less than a kilobyte.
const MAX_TOKENS: usize = 4096;

/// A token whose signature is that of `key`. Whether its claims still hold is asked each time.
pub(super) struct Verified {
    pub(super) key: Arc<Key>,
    pub(super) claims: Claims,
    pub(super) caller: Caller,
}

/// The SHA-256 of a token, so that none is kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub(super) fn of(token: &str) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(bytes)
    }
}

/// The tokens seen of late. Only whoever has a signed token can fill it.
pub(super) struct VerifiedTokens(Cache<Digest, Arc<Verified>>);

impl VerifiedTokens {
    pub(super) fn new() -> Self {
        Self(Cache::new(MAX_TOKENS))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, digest: &Digest) -> Option<Arc<Verified>> {
        self.0.get(digest)
    }

    pub(super) fn insert(&self, digest: Digest, verified: Verified) {
        self.0.insert(digest, Arc::new(verified));
    }

    pub(super) fn remove(&self, digest: &Digest) {
        self.0.remove(digest);
    }
}
