//! The endpoints, one file for each noun: a function that answers, and one that describes it.

pub(crate) mod audit;
mod audit_rows;
pub(crate) mod cases;
mod change_headers;
pub(crate) mod changes;
pub(crate) mod contact;
pub(crate) mod contact_answers;
mod contact_operations;
pub(crate) mod contacts;
pub(crate) mod countries;
pub(crate) mod criteria;
pub(crate) mod curated;
pub(crate) mod curation;
pub(super) mod curation_answers;
mod curation_operations;
pub(crate) mod downloads;
pub(crate) mod facets;
pub(crate) mod health;
#[cfg(feature = "oidc")]
pub(crate) mod login;
#[cfg(feature = "oidc")]
pub(crate) mod logout;
#[cfg(feature = "oidc")]
pub(crate) mod me;
pub(crate) mod metrics;
pub(crate) mod nearby;
pub(crate) mod openapi;
mod overview;
pub(crate) mod random;
mod site_answers;
pub(crate) mod sites;

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};

use crate::body::Body;

/// A response of this media type.
pub(crate) fn typed(media_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::from(body.into()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
