//! Replies through the cache: a response is written once for each version of the data. Clients that have it get 304. What is
//! expensive to write is shared with other processes.

use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};

use super::conditional::{is_known, not_modified};
use super::policy;
use crate::body::Body;
use crate::cache::{CachedHeaders, CachedResponse, Key, Lookup, PROGRAM, ResponseCache, SharedCache};
use crate::web::access_log;
use crate::web::answer::{Answer, CacheOutcome, CachePolicy, Reply};
use crate::web::context::Context;
use crate::web::format::Encoding;
use crate::web::problem::Problem;
use crate::web::request::{RequestHeaders, negotiation, trackers};

/// Where a response came from: `hit`, `miss` or `shared`.
const X_CACHE: HeaderName = HeaderName::from_static("x-cache");

/// The reply from `cache`, else from the answer of `write` for this version.
///
/// # Errors
/// The problem of `write`.
pub(crate) async fn reply(
    context: &Context<'_>,
    cache: &ResponseCache,
    version: &str,
    write: impl AsyncFnOnce() -> Result<Answer, Problem>,
) -> Result<Reply, Problem> {
    let encoding = negotiation::encoding(context.headers);
    let target = context.request.uri().path_and_query().map(trackers::without).unwrap_or_default();
    let key = key(context, version, &target, encoding);
    if let Some(cached) = cache.get(&key) {
        return Ok(restored(&cached, context.headers, CacheOutcome::Hit));
    }
    // Boxed: the future of a miss has kilobytes of state, which hits should not carry.
    Box::pin(written(context, encoding, (cache, &key), write)).await
}

async fn written(
    context: &Context<'_>,
    encoding: Option<Encoding>,
    (cache, key): (&ResponseCache, &Key<'_>),
    write: impl AsyncFnOnce() -> Result<Answer, Problem>,
) -> Result<Reply, Problem> {
    let slot = match cache.wait_for(key).await {
        Lookup::Hit(cached) => return Ok(restored(&cached, context.headers, CacheOutcome::Hit)),
        Lookup::Miss(slot) => slot,
    };
    // What this process does not keep it does not look for elsewhere either.
    let shared = slot.as_ref().and_then(|_| Shared::of(context, key));
    if let Some(shared) = &shared
        && let Some(cached) = shared.find().await
    {
        let reply = restored(&cached, context.headers, CacheOutcome::Shared);
        if let Some(slot) = slot {
            slot.fill(cached);
        }
        return Ok(reply);
    }
    let answer = write().await?;
    let answer = match context.base.loopback() {
        None => answer,
        // By its proxy the same URL has links without a host.
        Some(host) => answer.with_validator_suffix(host),
    };
    let answer = answer.encoded(encoding);
    // With a larger size limit the same URL has more items, so a shortened page has a validator of its own.
    let answer = match context.max_items {
        None => answer,
        Some(items) => answer.with_validator_suffix(itoa::Buffer::new().format(items)),
    };
    let Answer { mut response, cache: policy, items, in_ranges } = answer;
    policy::complete(&mut response);
    let CachePolicy::Public(validator) = policy else {
        return Ok(Reply { items, ..Reply::uncached(response) });
    };
    let (mut parts, body) = response.into_parts();
    parts.headers.insert(X_CACHE, HeaderValue::from_static(CacheOutcome::Hit.name()));
    access_log::reserve(&mut parts.headers);
    let not_modified = not_modified(&parts.headers);
    let headers = CachedHeaders::new(parts.headers, not_modified);
    let cached = CachedResponse { headers, validator, items, in_ranges, body };
    let reply = restored(&cached, context.headers, CacheOutcome::Miss);
    if let Some(shared) = shared {
        shared.keep(&cached).await;
    }
    if let Some(slot) = slot {
        slot.fill(cached);
    }
    Ok(reply)
}

/// The place of a response in what processes share.
struct Shared<'a> {
    cache: &'a dyn SharedCache,
    name: String,
}

/// Below this many bytes of its own a response is written as soon as it is fetched.
const WORTH_SHARING: usize = 4096;

impl<'a> Shared<'a> {
    /// Where the response to this request is shared, if it is.
    fn of(context: &'a Context<'_>, key: &Key<'_>) -> Option<Self> {
        let cache = context.app.shared_cache()?;
        let included = context.sharing.includes(context.request);
        included.then(|| Self { cache, name: key.name(&[PROGRAM, context.app.build()].concat()) })
    }

    async fn find(&self) -> Option<CachedResponse> {
        CachedResponse::from_record(&self.cache.get(&self.name).await?)
    }

    async fn keep(&self, cached: &CachedResponse) {
        if cached.body.own_len() >= WORTH_SHARING
            && let Some(record) = cached.to_record()
        {
            self.cache.put(&self.name, &record).await;
        }
    }
}

/// Everything the response to this request depends on.
fn key<'a>(
    context: &'a Context<'_>,
    version: &'a str,
    target: &'a str,
    encoding: Option<Encoding>,
) -> Key<'a> {
    Key {
        version,
        scope: context.app.scope_key(),
        host: context.base.loopback().unwrap_or_default(),
        target,
        accept: &context.headers.accept,
        accept_language: &context.headers.accept_language,
        encoding: encoding.map_or("", Encoding::name),
        max_items: context.max_items,
    }
}

/// The reply to a request with these headers: a 304 if the client has this representation.
fn restored(cached: &CachedResponse, request: &RequestHeaders<'_>, outcome: CacheOutcome) -> Reply {
    let known = is_known(request, &cached.validator.etag);
    let mut response = Response::new(if known { Body::default() } else { cached.body.clone() });
    *response.headers_mut() = if known { cached.headers.not_modified() } else { cached.headers.whole() };
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else if outcome != CacheOutcome::Hit {
        response.headers_mut().insert(X_CACHE, HeaderValue::from_static(outcome.name()));
    }
    let ranges_of = (cached.in_ranges && !known).then(|| cached.validator.clone());
    Reply { cache: Some(outcome), ranges_of, items: cached.items, ..Reply::uncached(response) }
}
