//! What a response is cached under: borrowed to look it up, owned to keep it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use quick_cache::Equivalent;

/// Everything a response depends on.
#[derive(Debug, PartialEq, Hash)]
pub(crate) struct Key<'a> {
    /// The version of the data.
    pub(crate) version: &'a str,
    /// The scope: the prefix of links and the size limit.
    pub(crate) scope: &'a str,
    /// The host that links name, empty for none.
    pub(crate) host: &'a str,
    /// Path and query.
    pub(crate) target: &'a str,
    pub(crate) accept: &'a str,
    pub(crate) accept_language: &'a str,
    /// The encoding the client prefers, empty for none.
    pub(crate) encoding: &'a str,
    /// The most items a page may have because of the size limit.
    pub(crate) max_items: Option<u32>,
}

/// A key that owns its texts.
#[derive(Clone, Debug)]
pub(super) struct OwnedKey {
    /// The same text for all keys of the version, so that it is compared where it was compared before.
    version: Arc<str>,
    texts: [Box<str>; 6],
    max_items: Option<u32>,
}

impl Key<'_> {
    /// The same as a text, for a cache that other programs use too: `build` names ours.
    pub(crate) fn name(&self, build: &str) -> String {
        let Self { version, scope, host, target, accept, accept_language, encoding, max_items } = *self;
        // Whatever the texts hold, two keys never have one name.
        format!("{:?}", (build, version, scope, host, target, accept, accept_language, encoding, max_items))
    }

    /// Of the version with this name.
    pub(super) fn to_owned_key(&self, version: &Arc<str>) -> OwnedKey {
        let Self { version: _, scope, host, target, accept, accept_language, encoding, max_items } = *self;
        let texts = [scope, host, target, accept, accept_language, encoding].map(Box::from);
        OwnedKey { version: Arc::clone(version), texts, max_items }
    }
}

impl OwnedKey {
    /// The length of its texts, in bytes.
    pub(super) fn len(&self) -> usize {
        self.texts.iter().map(|text| text.len()).sum()
    }

    fn key(&self) -> Key<'_> {
        let Self { version, texts, max_items } = self;
        let [scope, host, target, accept, accept_language, encoding] = texts;
        let max_items = *max_items;
        Key { version, scope, host, target, accept, accept_language, encoding, max_items }
    }
}

impl Hash for OwnedKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialEq for OwnedKey {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for OwnedKey {}

impl Equivalent<OwnedKey> for Key<'_> {
    fn equivalent(&self, owned: &OwnedKey) -> bool {
        *self == owned.key()
    }
}
