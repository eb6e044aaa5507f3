//! From answers to responses: cache, conditional requests, ranges, size limit, common headers.

pub(crate) mod cached;
pub(crate) mod catch_panic;
pub(crate) mod conditional;
pub(crate) mod links;
pub(crate) mod policy;
mod problem;
pub(crate) mod range;
mod representation;
pub(crate) mod size_limit;

pub use self::catch_panic::catch_panic;
