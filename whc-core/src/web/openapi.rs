//! `/api/openapi.json`: this API for programs to read, in two versions of OpenAPI from one source.

mod document;
mod downgrade;
mod edition;
mod headers;
mod operation;
mod parameters;
mod paths;
mod responses;
mod schema;
mod schemas;

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderValue, VARY};
use http::{Request, Response};

use self::edition::Edition;
use super::encoding::Encoding;
use super::parameters::Parameters;
use super::problem::Problem;
use super::validator::CACHING;
use super::{kept, negotiation};
use crate::app::App;
use crate::body::Body;
use crate::error::Error;
use crate::repository::Version;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

/// The description in the version of `OpenAPI` the client reads. It says nothing about the data and so stays valid when
/// they change, and answers when there are none.
pub(super) async fn describe(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let version = Version::new(format!("openapi-{}", app.build()));
    kept::answer_from(app, app.descriptions(), request, &version, async || write(app, request)).await
}

fn write(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &NAMES);
    // Checked like everywhere, but the description itself is in English only.
    negotiation::language(request.headers(), &mut parameters);
    let edition = Edition::negotiate(request.headers(), &mut parameters)?;
    let vary = vary(&parameters);
    parameters.finish()?;

    let document = edition.version().of(document::document(&app.web().public_url));
    let body =
        serde_json::to_vec(&document).map_err(|error| Error::internal("no JSON").with_source(error))?;
    let etag = etag(edition, &body);
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(edition.content_type()));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static("en"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHING));
    headers.extend(etag.map(|etag| (ETAG, etag)));
    headers.extend(vary.map(|vary| (VARY, vary)));
    Ok(response)
}

/// The request headers that decided the answer.
fn vary(parameters: &Parameters<'_>) -> Option<HeaderValue> {
    match (parameters.text("f").is_none(), Encoding::is_possible()) {
        (true, true) => Some(HeaderValue::from_static("accept, accept-encoding")),
        (true, false) => Some(HeaderValue::from_static("accept")),
        (false, true) => Some(HeaderValue::from_static("accept-encoding")),
        (false, false) => None,
    }
}

/// Names the text itself, so that every process that would write it agrees.
fn etag(edition: Edition, body: &[u8]) -> Option<HeaderValue> {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    HeaderValue::try_from(format!("\"openapi-{:016x}-{}\"", hasher.finish(), edition.name())).ok()
}
