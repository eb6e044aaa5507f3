//! Answers that were written before, kept for whoever asks the same of the same data.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// What one entry costs beside its texts: headers, pointers, bookkeeping.
const OVERHEAD: u64 = 1024;

/// A successful answer.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body, as sent.
    pub(crate) body: Bytes,
}

/// The answers this process keeps, the least wanted of them dropped when they would need more memory than allowed.
///
/// A key names the version of the data, so an answer is never older than the data: what was said of an older version
/// is not asked for again and makes room.
pub(crate) struct ResponseCache(Option<Cache<Arc<str>, Arc<Kept>, Weight>>);

#[derive(Clone)]
struct Weight;

impl Weighter<Arc<str>, Arc<Kept>> for Weight {
    fn weight(&self, key: &Arc<str>, kept: &Arc<Kept>) -> u64 {
        OVERHEAD + (key.len() + kept.body.len()) as u64
    }
}

impl ResponseCache {
    /// A cache of at most about this many bytes; of none at all with 0.
    #[must_use]
    pub(crate) fn new(bytes: usize) -> Self {
        let answers = (bytes / 16_384).max(16);
        Self((bytes > 0).then(|| Cache::with_weighter(answers, bytes as u64, Weight)))
    }

    /// The answer kept under this key.
    #[must_use]
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Kept>> {
        self.0.as_ref()?.get(key)
    }

    /// Keeps an answer.
    pub(crate) fn put(&self, key: String, kept: Kept) {
        if let Some(cache) = &self.0 {
            cache.insert(key.into(), Arc::new(kept));
        }
    }
}

impl fmt::Debug for ResponseCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.as_ref().map_or(0, Cache::weight);
        f.debug_struct("ResponseCache").field("bytes", &bytes).finish_non_exhaustive()
    }
}
