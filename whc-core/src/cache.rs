//! The cache of responses, by request and version of the data.

mod headers;
mod key;
mod record;
mod shared;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use arc_swap::ArcSwapOption;
use http::header::HeaderValue;
use quick_cache::sync::{Cache, DefaultLifecycle, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, Weighter};

pub(crate) use self::headers::CachedHeaders;
use self::headers::Kinds;
pub(crate) use self::key::Key;
use self::key::OwnedKey;
pub(crate) use self::shared::{SharedCache, SharedHealth};
use crate::body::Body;

/// Names the sources of this program, for what processes share: others would write other things.
pub(crate) const PROGRAM: &str = env!("WHC_PROGRAM");

/// What one entry costs beside its texts: headers, pointers, bookkeeping.
const OVERHEAD: u64 = 1024;

/// Names a representation (RFC 9110, 8.8): equal validators of one URL mean equal bytes.
#[derive(Clone, Debug)]
pub(crate) struct Validator {
    /// The value of `ETag`, quoted.
    pub(crate) etag: HeaderValue,
    /// When the data of it changed, to the second, where that is known.
    pub(crate) modified: Option<SystemTime>,
}

impl Validator {
    /// A validator with this text, which is visible ASCII without quotes, of data that changed at this time.
    pub(crate) fn new(text: &str, modified: Option<SystemTime>) -> Self {
        let etag = HeaderValue::try_from(format!("\"{text}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { etag, modified: modified.filter(|time| *time >= SystemTime::UNIX_EPOCH) }
    }

    /// Appends to the text, after a dash.
    pub(crate) fn append(&mut self, suffix: &str) {
        *self = Self::new(&format!("{}-{suffix}", self.text()), self.modified);
    }

    /// Puts this in front of the text.
    pub(crate) fn prepend(&mut self, prefix: &str) {
        *self = Self::new(&format!("{prefix}{}", self.text()), self.modified);
    }

    fn text(&self) -> &str {
        self.etag.to_str().unwrap_or_default().trim_matches('"')
    }

    /// The value of `Last-Modified`.
    pub(crate) fn last_modified(&self) -> Option<HeaderValue> {
        self.modified.and_then(|time| HeaderValue::try_from(httpdate::fmt_http_date(time)).ok())
    }
}

/// How many items an answer has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Items {
    /// The number of them.
    pub(crate) count: usize,
    /// Whether the same can be requested with `limit`.
    pub(crate) in_pages: bool,
}

/// A successful response.
#[derive(Clone, Debug)]
pub(crate) struct CachedResponse {
    /// Its headers, all but those of one request.
    pub(crate) headers: CachedHeaders,
    /// Its validator.
    pub(crate) validator: Validator,
    /// The number of items in the body, if it is a list.
    pub(crate) items: Option<Items>,
    /// Whether parts of it can be requested.
    pub(crate) in_ranges: bool,
    /// Its body, as sent.
    pub(crate) body: Body,
}

/// The responses this process caches; those used least are dropped where all would need more memory than allowed.
///
/// A key contains the version of the data, so a response is never older than the data. The responses of one version
/// only are cached at a time.
pub(crate) struct ResponseCache {
    responses: Option<Cache<OwnedKey, Arc<CachedResponse>, Weight>>,
    versions: ArcSwapOption<Versions>,
    kinds: Kinds,
}

/// The current version of the data, and the one before it, which late requests may still read.
struct Versions {
    current: Arc<str>,
    previous: Option<Arc<str>>,
}

type Guard<'a> = PlaceholderGuard<
    'a,
    OwnedKey,
    Arc<CachedResponse>,
    Weight,
    DefaultHashBuilder,
    DefaultLifecycle<OwnedKey, Arc<CachedResponse>>,
>;

/// The slot of a response that is not cached yet. Requests with the same key wait until it is filled or dropped.
pub(crate) struct Slot<'a> {
    guard: Guard<'a>,
    kinds: &'a Kinds,
}

/// What the cache has for a key.
pub(crate) enum Lookup<'a> {
    /// The response.
    Hit(Arc<CachedResponse>),
    /// A slot for the response, where responses are cached at all.
    Miss(Option<Slot<'a>>),
}

#[derive(Clone)]
struct Weight;

impl Weighter<OwnedKey, Arc<CachedResponse>> for Weight {
    fn weight(&self, key: &OwnedKey, cached: &Arc<CachedResponse>) -> u64 {
        OVERHEAD + (key.len() + cached.body.own_len()) as u64
    }
}

impl ResponseCache {
    /// A cache of at most about this many bytes; 0 caches nothing.
    #[must_use]
    pub(crate) fn new(bytes: usize) -> Self {
        let entries = (bytes / 16_384).max(16);
        let responses = (bytes > 0).then(|| Cache::with_weighter(entries, bytes as u64, Weight));
        Self { responses, versions: ArcSwapOption::empty(), kinds: Kinds::default() }
    }

    /// The response that is cached under this key.
    pub(crate) fn get(&self, key: &Key<'_>) -> Option<Arc<CachedResponse>> {
        let responses = self.responses.as_ref()?;
        if !self.is_current(key.version) {
            self.turn_to(key.version, responses);
        }
        responses.get(key)
    }

    /// The same, or the slot for it. Of several requests that miss the same key, one gets the slot and the others wait for
    /// its response.
    pub(crate) async fn wait_for(&self, key: &Key<'_>) -> Lookup<'_> {
        // The response to a late request of the previous version is not cached: no other request can hit it.
        let version = self.versions.load().as_ref().map(|versions| Arc::clone(&versions.current));
        let version = version.filter(|version| **version == *key.version);
        let (Some(responses), Some(version)) = (&self.responses, version) else {
            return Lookup::Miss(None);
        };
        match responses.get_value_or_guard_async(&key.to_owned_key(&version)).await {
            Ok(cached) => Lookup::Hit(cached),
            Err(guard) => Lookup::Miss(Some(Slot { guard, kinds: &self.kinds })),
        }
    }

    fn is_current(&self, version: &str) -> bool {
        self.versions.load().as_ref().is_some_and(|versions| *versions.current == *version)
    }

    /// Drops the responses of other versions: no request can hit them, and they may keep the texts of their snapshots alive.
    /// A late request of the previous version does not make that the current one again.
    fn turn_to(&self, version: &str, responses: &Cache<OwnedKey, Arc<CachedResponse>, Weight>) {
        let known = self.versions.load();
        if known.as_ref().is_some_and(|known| known.previous.as_deref() == Some(version)) {
            return;
        }
        let previous = known.as_ref().map(|known| Arc::clone(&known.current));
        self.versions.store(Some(Arc::new(Versions { current: version.into(), previous })));
        responses.clear();
        self.kinds.clear();
    }
}

impl Slot<'_> {
    /// Caches a response, unless the data have changed in the meantime.
    pub(crate) fn fill(self, mut cached: CachedResponse) {
        self.kinds.share(&mut cached.headers);
        // This fails where the slot was dropped with its version; then the response is not needed in the cache either.
        drop(self.guard.insert(Arc::new(cached)));
    }
}

impl fmt::Debug for ResponseCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.responses.as_ref().map_or(0, Cache::weight);
        f.debug_struct("ResponseCache").field("bytes", &bytes).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{CachedHeaders, CachedResponse, Key, Lookup, ResponseCache, Validator};
    use crate::body::Body;

    fn key<'a>(version: &'a str, target: &'a str) -> Key<'a> {
        let (scope, host, accept, accept_language, encoding, max_items) = Default::default();
        Key { version, scope, host, target, accept, accept_language, encoding, max_items }
    }

    async fn fill(cache: &ResponseCache, version: &str, target: &str) -> bool {
        let key = key(version, target);
        assert!(cache.get(&key).is_none());
        let Lookup::Miss(slot) = cache.wait_for(&key).await else { return false };
        let cached = CachedResponse {
            headers: CachedHeaders::new(HeaderMap::new(), HeaderMap::new()),
            validator: Validator::new(target, None),
            items: None,
            in_ranges: false,
            body: Body::default(),
        };
        slot.map(|slot| slot.fill(cached)).is_some()
    }

    #[tokio::test]
    async fn a_late_request_of_the_version_before_costs_nobody_their_responses() {
        let cache = ResponseCache::new(1 << 20);
        assert!(fill(&cache, "1", "/a").await);
        assert!(fill(&cache, "2", "/a").await);
        assert!(cache.get(&key("1", "/a")).is_none(), "forgotten with its version");
        assert!(!fill(&cache, "1", "/b").await, "and not cached again");
        assert!(cache.get(&key("2", "/a")).is_some(), "what is current is still there");
        assert!(fill(&cache, "3", "/a").await);
        assert!(cache.get(&key("2", "/a")).is_none());
    }
}
