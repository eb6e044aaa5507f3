//! Answers that have to fit through a front door: pages that are too long are cut down, with links to the rest.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{CONTENT_ENCODING, ETAG, HeaderValue};
use http::uri::PathAndQuery;
use http::{HeaderMap, Request, Response, StatusCode, Uri};

use super::encoding::Encoding;
use super::links;
use super::problem::Problem;
use super::validator::{is_known, not_modified};
use crate::app::App;
use crate::body::Body;

/// How many items an answer has. Written down only where the answer may have to be cut down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Items {
    count: usize,
    /// Whether the same can be asked for with `limit`.
    page: bool,
}

impl Items {
    /// `count` items of a list that is read page by page.
    pub(super) fn page(count: usize) -> Self {
        Self { count, page: true }
    }

    /// `count` items that are all there are.
    pub(super) fn whole(count: usize) -> Self {
        Self { count, page: false }
    }

    /// Says so in an answer, if that may have to be cut down.
    pub(super) fn note(self, app: &App, response: &mut Response<Body>) {
        if app.most_bytes().is_some() {
            response.extensions_mut().insert(self);
        }
    }

    /// How many of them make an answer of `most` bytes, if all make one of `length`. Items differ, so a little less;
    /// one of many at least, and never as many as there were.
    fn within(self, most: usize, length: usize) -> usize {
        (self.count * most / length.max(1) * 15 / 16).clamp(1, self.count.saturating_sub(1).max(1))
    }
}

/// The answer, or the one to the same request with a smaller `limit`, so that it has at most `most` bytes.
pub(super) async fn fit(
    app: &App,
    request: &Request<Bytes>,
    mut response: Response<Body>,
    most: usize,
) -> Result<Response<Body>, Problem> {
    let mut cut = None;
    while response.body().len() > most {
        let items = response.extensions().get::<Items>().copied();
        let cuttable = items.filter(|items| items.page && items.count > 1);
        cut = cuttable.map(|items| items.within(most, response.body().len()));
        let shorter = cut.and_then(|limit| with_limit(request, limit));
        let Some(shorter) = shorter else { return Err(too_long(app, &response, items, most)) };
        response = super::answer(app, &shorter).await?;
    }
    Ok(match cut {
        None => response,
        Some(limit) => renamed(response, limit, request.headers()),
    })
}

/// The answer as one of its own: other doors give another under the same URL. Without a body for who has it.
fn renamed(mut response: Response<Body>, limit: usize, request: &HeaderMap) -> Response<Body> {
    let headers = response.headers_mut();
    let name = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(|tag| tag.trim_end_matches('"'));
    if let Some(name) = name.and_then(|name| HeaderValue::try_from(format!("{name}-{limit}\"")).ok()) {
        headers.insert(ETAG, name);
    }
    if headers.contains_key(ETAG) && is_known(request, headers) {
        *headers = not_modified(headers);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::default();
    }
    response
}

/// The same request for a page of `limit` items.
fn with_limit(request: &Request<Bytes>, limit: usize) -> Option<Request<Bytes>> {
    let uri = request.uri();
    let mut query = Serializer::new(String::new());
    let kept = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    query.extend_pairs(kept.filter(|(name, _)| name != "limit"));
    query.append_pair("limit", itoa::Buffer::new().format(limit));
    let target = PathAndQuery::try_from(format!("{}?{}", uri.path(), query.finish())).ok()?;
    let mut shorter = request.clone();
    *shorter.uri_mut() = Uri::from(target);
    Some(shorter)
}

fn too_long(app: &App, response: &Response<Body>, items: Option<Items>, most: usize) -> Problem {
    let length = response.body().len();
    let mut ways = Vec::new();
    if !response.headers().contains_key(CONTENT_ENCODING) && Encoding::is_possible() {
        ways.push("compressed, with Accept-Encoding: gzip".to_owned());
    }
    if let Some(items) = items {
        let limit = items.within(most, length);
        ways.push(format!("page by page, with {}?limit={limit}", links::sites(app)));
    }
    let advice = if ways.is_empty() { String::new() } else { format!("; ask for it {}", ways.join(" or ")) };
    let detail = format!("this answer has {length} bytes, and {most} pass through here{advice}");
    Problem::new(StatusCode::NOT_ACCEPTABLE, detail)
}
