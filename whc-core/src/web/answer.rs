//! The result of an endpoint, with all that the later steps need to know of it.

use http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderValue, LAST_MODIFIED, VARY};
#[cfg(feature = "pages")]
use http::header::{LOCATION, SET_COOKIE};
use http::{Response, StatusCode};

use super::format::Encoding;
use crate::body::Body;
use crate::cache::{Items, Validator};
pub(crate) use crate::metrics::CacheOutcome;

/// Caches revalidate after a minute. Shared caches may serve a stale response while they do, and for a day if the service
/// does not answer, since the list changes rarely.
const PUBLIC: &str = "public, max-age=60, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400";

/// Bodies below this many bytes are not compressed: they fit into one packet anyway.
const MIN_COMPRESSED_BYTES: usize = 1024;

/// The result of an endpoint.
pub(crate) struct Answer {
    pub(crate) response: Response<Body>,
    pub(crate) cache: CachePolicy,
    /// The number of items in the body, if it is a list.
    pub(crate) items: Option<Items>,
    /// Whether `Range` requests are supported.
    pub(crate) in_ranges: bool,
}

/// Who may cache an answer.
#[derive(Clone, Debug)]
pub(crate) enum CachePolicy {
    /// Any cache, with this validator.
    Public(Validator),
    /// No cache: the answer is only true now.
    NoStore,
}

impl Answer {
    /// An answer for any cache; `vary` are the request headers it depends on.
    pub(crate) fn public(mut response: Response<Body>, validator: Validator, vary: &[&str]) -> Self {
        let headers = response.headers_mut();
        headers.insert(ETAG, validator.etag.clone());
        headers.extend(validator.last_modified().map(|date| (LAST_MODIFIED, date)));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(PUBLIC));
        let vary = Some(vary.join(", ")).filter(|vary| !vary.is_empty());
        headers.extend(vary.and_then(|vary| HeaderValue::try_from(vary).ok()).map(|vary| (VARY, vary)));
        Self { response, cache: CachePolicy::Public(validator), items: None, in_ranges: false }
    }

    /// An answer that is only true now, so that no cache may store it.
    pub(crate) fn no_store(mut response: Response<Body>) -> Self {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { response, cache: CachePolicy::NoStore, items: None, in_ranges: false }
    }

    /// An answer that leads elsewhere, with `GET`.
    #[cfg(feature = "pages")]
    pub(crate) fn see_other(address: &str) -> Self {
        let mut response = Response::new(Body::default());
        *response.status_mut() = StatusCode::SEE_OTHER;
        response.headers_mut().extend(HeaderValue::try_from(address).ok().map(|address| (LOCATION, address)));
        Self::no_store(response)
    }

    /// An answer without a body, which says that all is well.
    #[cfg(feature = "oidc")]
    pub(crate) fn empty() -> Self {
        Self::no_store(Response::new(Body::default()))
    }

    /// Sets a cookie, beside those that are set already.
    #[cfg(feature = "pages")]
    pub(crate) fn with_cookie(mut self, cookie: Option<HeaderValue>) -> Self {
        if let Some(cookie) = cookie {
            self.response.headers_mut().append(SET_COOKIE, cookie);
        }
        self
    }

    /// Sets the number of items of a page, which can be requested with a smaller `limit`.
    pub(crate) fn with_page_of(self, count: usize) -> Self {
        Self { items: Some(Items { count, in_pages: true }), ..self }
    }

    /// Sets the number of items of an answer without pages.
    pub(crate) fn with_all_of(self, count: usize) -> Self {
        Self { items: Some(Items { count, in_pages: false }), ..self }
    }

    /// Enables `Range` requests.
    pub(crate) fn in_ranges(self) -> Self {
        Self { in_ranges: true, ..self }
    }

    /// Sets the status.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        *self.response.status_mut() = status;
        self
    }

    /// The same for data that changed during the read: it may mix two versions, so it has no validator and is not cached.
    pub(crate) fn without_validator(mut self) -> Self {
        let headers = self.response.headers_mut();
        headers.remove(ETAG);
        headers.remove(LAST_MODIFIED);
        Self { items: self.items, in_ranges: self.in_ranges, ..Self::no_store(self.response) }
    }

    /// Appends `suffix` to the validator, for a representation that differs from the one without it.
    pub(crate) fn with_validator_suffix(mut self, suffix: &str) -> Self {
        if let CachePolicy::Public(validator) = &mut self.cache {
            validator.append(suffix);
            self.response.headers_mut().insert(ETAG, validator.etag.clone());
        }
        self
    }

    /// Compresses the body, if there is an encoding and the body is not small. Other bytes need another validator.
    pub(crate) fn encoded(mut self, encoding: Option<Encoding>) -> Self {
        let Some(encoding) = encoding.filter(|_| self.response.body().len() >= MIN_COMPRESSED_BYTES) else {
            return self;
        };
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

/// A response as it is sent, with what the later steps, the log and the metrics need.
pub(crate) struct Reply {
    pub(crate) response: Response<Body>,
    /// Where it came from; `None` for responses that are never cached.
    pub(crate) cache: Option<CacheOutcome>,
    /// Its validator if `Range` requests are supported.
    pub(crate) ranges_of: Option<Validator>,
    /// The number of items in the body, if it is a list.
    pub(crate) items: Option<Items>,
    /// Whether it answers a probe, which is logged at a lower level.
    pub(crate) is_probe: bool,
    /// Whom it is for.
    pub(crate) audience: Audience,
}

/// Whom a route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Everybody, and pages of any origin.
    Everyone,
    /// Callers whose credentials count, and pages of the origins that are configured.
    Callers,
    /// Nobody: there is no such path, and nobody knows what its query was to be.
    Nobody,
}

impl Reply {
    /// A response that is never cached, with all its headers.
    pub(crate) fn uncached(response: Response<Body>) -> Self {
        Self {
            response,
            cache: None,
            ranges_of: None,
            items: None,
            is_probe: false,
            audience: Audience::Everyone,
        }
    }
}
