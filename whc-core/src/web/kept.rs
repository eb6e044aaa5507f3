//! Answers about sites: written once for each version of the data, compressed, and not sent to whoever has them.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, ETAG, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};

use super::body::Body;
use super::encoding::Encoding;
use super::negotiation::joined;
use super::problem::Problem;
use super::validator::{is_known, not_modified};
use crate::app::App;
use crate::cache::Kept;
use crate::repository::Version;

/// Says whether an answer was kept from an earlier request.
pub(super) const X_CACHE: HeaderName = HeaderName::from_static("x-cache");

/// The answer `write` would give to `request` on this version of the data.
pub(super) async fn answer(
    app: &App,
    request: &Request<Bytes>,
    version: &Version,
    write: impl Future<Output = Result<Response<Body>, Problem>>,
) -> Result<Response<Body>, Problem> {
    let encoding = Encoding::negotiate(request.headers());
    let key = key(request, version, encoding);
    let (mut response, outcome) = match app.cache().get(&key) {
        Some(kept) => (restored(&kept), "hit"),
        None => (written(app, key, encoding, write).await?, "miss"),
    };
    if response.headers().get(ETAG).is_some_and(|etag| is_known(request.headers(), etag)) {
        response = not_modified(&response);
    }
    response.headers_mut().insert(X_CACHE, HeaderValue::from_static(outcome));
    Ok(response)
}

/// Everything an answer depends on. Header values have no line feeds, so no two requests share a key.
fn key(request: &Request<Bytes>, version: &Version, encoding: Option<Encoding>) -> String {
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    let accept = joined(request.headers(), &ACCEPT);
    let language = joined(request.headers(), &ACCEPT_LANGUAGE);
    let encoding = encoding.map_or("", Encoding::name);
    [version.as_str(), target, &accept, &language, encoding].join("\n")
}

async fn written(
    app: &App,
    key: String,
    encoding: Option<Encoding>,
    write: impl Future<Output = Result<Response<Body>, Problem>>,
) -> Result<Response<Body>, Problem> {
    let mut response = write.await?;
    if let Some(encoding) = encoding {
        encoding.apply(&mut response);
    }
    // Without a validator the data changed while it was read: true now, but not to be said again.
    if response.status() == StatusCode::OK && response.headers().contains_key(ETAG) {
        let kept = Kept { headers: response.headers().clone(), body: response.body().clone().into_bytes() };
        app.cache().put(key, kept);
    }
    Ok(response)
}

fn restored(kept: &Kept) -> Response<Body> {
    let mut response = Response::new(Body::from(kept.body.clone()));
    *response.headers_mut() = kept.headers.clone();
    response
}
