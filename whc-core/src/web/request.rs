//! Reading requests: limits, parameters and negotiation.

mod base;
pub(crate) mod body;
mod coding;
#[cfg(feature = "pages")]
mod cookie_jar;
#[cfg(feature = "oidc")]
mod cookies;
pub(crate) mod cross_site;
mod entity_tags;
pub(crate) mod features;
pub(crate) mod fields;
pub(crate) mod filters;
#[cfg(feature = "pages")]
mod flash;
#[cfg(feature = "pages")]
pub(crate) mod form;
mod headers;
pub(crate) mod host;
pub(crate) mod idempotency;
#[cfg(feature = "pages")]
pub(crate) mod image;
pub(crate) mod limits;
mod list_request;
pub(crate) mod negotiation;
pub(crate) mod paging;
pub(crate) mod parameters;
pub(crate) mod parts;
pub(crate) mod path;
pub(crate) mod precondition;
mod query;
mod request_body;
pub(crate) mod secrets;
mod spatial;
pub(crate) mod trackers;
mod values;

pub(crate) use self::base::Base;
#[cfg(feature = "oidc")]
pub(crate) use self::cookies::Cookies;
#[cfg(feature = "pages")]
pub(crate) use self::flash::Flash;
#[cfg(feature = "pages")]
pub(crate) use self::form::Form;
pub(crate) use self::headers::RequestHeaders;
pub(crate) use self::list_request::{ListRequest, file_parameters, list_parameters};
pub(crate) use self::negotiation::Representation;
pub(crate) use self::parameters::Parameters;
pub use self::request_body::RequestBody;
