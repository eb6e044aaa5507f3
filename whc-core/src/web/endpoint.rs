//! The endpoints, one file for each noun: a function that answers, and one that describes it.

pub(crate) mod changes;
pub(crate) mod countries;
pub(crate) mod criteria;
pub(crate) mod downloads;
pub(crate) mod facets;
pub(crate) mod health;
pub(crate) mod metrics;
pub(crate) mod nearby;
pub(crate) mod openapi;
mod overview;
pub(crate) mod random;
mod site_list;
pub(crate) mod sites;

use bytes::Bytes;
use http::Request;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Response};
use matchit::Params;

use super::request::Parameters;
use crate::app::App;
use crate::body::Body;

/// What an endpoint is called with.
#[derive(Clone)]
pub(crate) struct Context<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request<Bytes>,
    /// The values of the names in the pattern of the route.
    pub(crate) path: Params<'a, 'a>,
    /// The most items that a page may have, whatever its `limit`: more would not fit.
    pub(crate) max_items: Option<u32>,
}

impl<'a> Context<'a> {
    /// The same with at most so many items to a page.
    pub(crate) fn with_max_items(&self, max_items: Option<u32>) -> Self {
        Self { max_items, ..self.clone() }
    }

    /// The query parameters, of which those `known` can be given.
    fn parameters(&self, known: &[&str]) -> Parameters<'a> {
        let mut parameters = Parameters::parse(self.request.uri().query(), known);
        parameters.max_items = self.max_items;
        parameters
    }

    fn headers(&self) -> &'a HeaderMap {
        self.request.headers()
    }

    /// The id in the path, as it was sent.
    fn id(&self) -> &str {
        self.path.get("id").unwrap_or_default()
    }
}

/// A response of this media type.
fn typed(media_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::from(body.into()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
