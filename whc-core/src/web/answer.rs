//! What an endpoint answers, and what becomes of it on the way out: told by types, not by headers.

use http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderValue, LAST_MODIFIED, VARY};
use http::{Response, StatusCode};

use super::format::Encoding;
use crate::body::Body;
use crate::cache::{Items, Validator};

/// Private caches ask again after a minute, shared ones may serve what they have while they ask, and for a day when
/// nobody answers: heritage does not change by the minute.
const PUBLIC: &str = "public, max-age=60, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400";

/// Bodies below this many bytes are sent as they are: one packet stays one packet.
const SMALL: usize = 1024;

/// What an endpoint answers.
pub(crate) struct Answer {
    pub(crate) response: Response<Body>,
    pub(crate) cache: CachePolicy,
    /// How many items the body has, where it could have fewer.
    pub(crate) items: Option<Items>,
    /// Whether parts of it can be requested.
    pub(crate) in_ranges: bool,
}

/// Who may keep an answer for later.
#[derive(Clone, Debug)]
pub(crate) enum CachePolicy {
    /// Everybody, as long as it has this validator.
    Public(Validator),
    /// Nobody: it is about this moment.
    NoStore,
}

impl Answer {
    /// The same for everybody until its validator changes; `vary` are the request headers it depends on.
    pub(crate) fn public(mut response: Response<Body>, validator: Validator, vary: &[&str]) -> Self {
        let headers = response.headers_mut();
        headers.insert(ETAG, validator.etag.clone());
        headers.extend(validator.last_modified().map(|date| (LAST_MODIFIED, date)));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(PUBLIC));
        let vary = Some(vary.join(", ")).filter(|vary| !vary.is_empty());
        headers.extend(vary.and_then(|vary| HeaderValue::try_from(vary).ok()).map(|vary| (VARY, vary)));
        Self { response, cache: CachePolicy::Public(validator), items: None, in_ranges: false }
    }

    /// About this moment, so that no cache may keep it.
    pub(crate) fn no_store(mut response: Response<Body>) -> Self {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { response, cache: CachePolicy::NoStore, items: None, in_ranges: false }
    }

    /// With `count` items, as one page of a list.
    pub(crate) fn with_page_of(self, count: usize) -> Self {
        Self { items: Some(Items { count, in_pages: true }), ..self }
    }

    /// With `count` items, which are all there are.
    pub(crate) fn with_all_of(self, count: usize) -> Self {
        Self { items: Some(Items { count, in_pages: false }), ..self }
    }

    /// Of which parts can be requested.
    pub(crate) fn in_ranges(self) -> Self {
        Self { in_ranges: true, ..self }
    }

    /// With another status.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        *self.response.status_mut() = status;
        self
    }

    /// The same where the data moved while it was read: true now, but not to be said again.
    pub(crate) fn without_validator(mut self) -> Self {
        let headers = self.response.headers_mut();
        headers.remove(ETAG);
        headers.remove(LAST_MODIFIED);
        Self { items: self.items, in_ranges: self.in_ranges, ..Self::no_store(self.response) }
    }

    /// Under a validator of its own, with `suffix` at the end: another representation has the same one without.
    pub(crate) fn with_validator_suffix(mut self, suffix: &str) -> Self {
        if let CachePolicy::Public(validator) = &mut self.cache {
            validator.append(suffix);
            self.response.headers_mut().insert(ETAG, validator.etag.clone());
        }
        self
    }

    /// In this encoding, where there is one and it is worth it. Other bytes need another validator.
    pub(crate) fn encoded(mut self, encoding: Option<Encoding>) -> Self {
        let Some(encoding) = encoding.filter(|_| self.response.body().len() >= SMALL) else { return self };
        let body = std::mem::take(self.response.body_mut()).into_bytes();
        let Some(compressed) = encoding.compress(&body) else {
            *self.response.body_mut() = Body::from(body);
            return self;
        };
        *self.response.body_mut() = Body::from(compressed);
        let name = HeaderValue::from_static(encoding.name());
        self.response.headers_mut().insert(CONTENT_ENCODING, name);
        self.with_validator_suffix(encoding.name())
    }
}

/// A response as it is sent, with what the log and the metrics tell of it.
pub(crate) struct Reply {
    pub(crate) response: Response<Body>,
    /// Whether it was in the cache, where it could have been.
    pub(crate) cache: Option<CacheOutcome>,
    /// Its validator if parts of it can be requested.
    pub(crate) ranges_of: Option<Validator>,
    /// How many items the body has, where it could have fewer.
    pub(crate) items: Option<Items>,
    /// Whether it answers a machine that checks every few seconds.
    pub(crate) is_probe: bool,
}

/// Whether the cache had an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CacheOutcome {
    Hit,
    Miss,
}

impl CacheOutcome {
    /// As the log and the header `x-cache` name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
        }
    }
}

impl Reply {
    /// A response that the cache has nothing to do with, complete with all its headers.
    pub(crate) fn uncached(response: Response<Body>) -> Self {
        Self { response, cache: None, ranges_of: None, items: None, is_probe: false }
    }
}
