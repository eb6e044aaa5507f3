//! Answers about sites: written once for each version of the data, compressed, and not sent to whoever has them.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, ETAG, HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response, StatusCode};

use super::access::Access;
use super::encoding::Encoding;
use super::problem::Problem;
use super::response;
use super::validator::{is_known, not_modified};
use crate::app::App;
use crate::body::Body;
use crate::cache::{Kept, Lookup, Place, ResponseCache};
use crate::repository::Version;

/// Says whether an answer was kept from an earlier request.
pub(super) const X_CACHE: HeaderName = HeaderName::from_static("x-cache");

/// The answer `write` would give to `request` on this version of the data.
pub(super) async fn answer(
    app: &App,
    request: &Request<Bytes>,
    version: &Version,
    write: impl AsyncFnOnce() -> Result<Response<Body>, Problem>,
) -> Result<Response<Body>, Problem> {
    answer_from(app, app.cache(), request, version, write).await
}

/// The same, kept where it is told to: one place keeps the answers of one version.
pub(super) async fn answer_from(
    app: &App,
    cache: &ResponseCache,
    request: &Request<Bytes>,
    version: &Version,
    write: impl AsyncFnOnce() -> Result<Response<Body>, Problem>,
) -> Result<Response<Body>, Problem> {
    let encoding = Encoding::negotiate(request.headers());
    let key = key(app, request, version, encoding);
    match cache.get(version.as_str(), &key).await {
        Lookup::Kept(kept) => Ok(restored(&kept, request.headers())),
        // On the heap: what is written takes kilobytes of state, which an answer that is there should not carry.
        Lookup::Missing(place) => Box::pin(written(request, encoding, place, write)).await,
    }
}

async fn written(
    request: &Request<Bytes>,
    encoding: Option<Encoding>,
    place: Option<Place<'_>>,
    write: impl AsyncFnOnce() -> Result<Response<Body>, Problem>,
) -> Result<Response<Body>, Problem> {
    let mut response = write().await?;
    if let Some(encoding) = encoding {
        encoding.apply(&mut response);
    }
    response::complete(&mut response);
    // Without a validator the data changed while it was read: true now, but not to be said again.
    if response.status() != StatusCode::OK || !response.headers().contains_key(ETAG) {
        return Ok(response);
    }
    let kept = kept(response);
    let mut response = restored(&kept, request.headers());
    response.headers_mut().insert(X_CACHE, HeaderValue::from_static("miss"));
    if let Some(place) = place {
        place.fill(kept);
    }
    Ok(response)
}

/// Everything an answer depends on. Header values have no line feeds, so no two requests share a key.
fn key(app: &App, request: &Request<Bytes>, version: &Version, encoding: Option<Encoding>) -> String {
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    let mut key = String::with_capacity(version.as_str().len() + target.len() + 32);
    key.push_str(version.as_str());
    key.push_str(app.mark());
    key.push('\n');
    key.push_str(target);
    for name in [ACCEPT, ACCEPT_LANGUAGE] {
        key.push('\n');
        for value in request.headers().get_all(name) {
            key.push_str(value.to_str().unwrap_or_default());
            key.push(',');
        }
    }
    key.push('\n');
    key.push_str(encoding.map_or("", Encoding::name));
    key
}

fn kept(response: Response<Body>) -> Kept {
    let (mut parts, body) = response.into_parts();
    parts.headers.insert(X_CACHE, HeaderValue::from_static("hit"));
    Access::reserve(&mut parts.headers);
    let not_modified = not_modified(&parts.headers);
    Kept { not_modified, headers: parts.headers, extensions: parts.extensions, body }
}

/// The answer to a request with these headers; nothing but that it has not changed, if the client has it.
fn restored(kept: &Kept, request: &HeaderMap) -> Response<Body> {
    if is_known(request, &kept.headers) {
        let mut response = Response::new(Body::default());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = kept.not_modified.clone();
        return response;
    }
    let mut response = Response::new(kept.body.clone());
    *response.headers_mut() = kept.headers.clone();
    *response.extensions_mut() = kept.extensions.clone();
    response
}
