//! A key with its id and what it may be used for.

use std::sync::Arc;

use enumset::EnumSet;

use super::signature::PublicKey;
use crate::config::SignatureAlgorithm;

/// The keys an issuer has published at one time.
pub(super) type KeySet = Arc<[Arc<Key>]>;

/// A key that tokens may be signed for.
#[derive(PartialEq, Eq)]
pub(super) struct Key {
    /// The id that tokens name it by. A key without one is tried for every token.
    pub(super) kid: Option<String>,
    /// The signatures of it that count.
    pub(super) algorithms: EnumSet<SignatureAlgorithm>,
    pub(super) public: PublicKey,
}

impl Key {
    /// Whether it may be the one that a token with this id is signed for.
    pub(super) fn may_be(&self, kid: Option<&str>) -> bool {
        kid.is_none() || self.kid.is_none() || self.kid.as_deref() == kid
    }

    /// Whether the signature is one of this key, and its algorithm one that counts.
    pub(super) fn verifies(&self, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        self.algorithms.contains(algorithm) && self.public.verifies(algorithm, message, signature)
    }
}
