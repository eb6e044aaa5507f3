//! A request on its way to an endpoint.

use bytes::Bytes;
use http::{HeaderMap, Request};
use matchit::Params;

use super::request::Parameters;
use crate::app::App;

/// A request on its way to an endpoint, and what the endpoint needs to know.
pub(crate) struct Context<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request<Bytes>,
    /// The values of the names in the pattern of the route.
    pub(crate) path: Params<'a, 'a>,
    /// The most items that a page may have, whatever its `limit`: more would not fit.
    pub(crate) max_items: Option<u32>,
}

impl<'a> Context<'a> {
    /// The query parameters, of which those `known` can be given.
    pub(crate) fn parameters(&self, known: &[&str]) -> Parameters<'a> {
        let mut parameters = Parameters::parse(self.request.uri().query(), known);
        parameters.max_items = self.max_items;
        parameters
    }

    /// The header of the request.
    pub(crate) fn headers(&self) -> &'a HeaderMap {
        self.request.headers()
    }

    /// The id in the path, as it was sent.
    pub(crate) fn id(&self) -> &str {
        self.path.get("id").unwrap_or_default()
    }
}
