//! A key with its id and what it may be used for.

use std::sync::Arc;

use enumset::EnumSet;

use super::header::Header;
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
    /// Whether a token with this header may be signed for it.
    pub(super) fn may_verify(&self, header: &Header) -> bool {
        let is_named = header.kid.is_none() || self.kid.is_none() || self.kid == header.kid;
        is_named && self.algorithms.contains(header.algorithm)
    }
}
