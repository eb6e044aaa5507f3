//! One site at a time, changed by a curator.

mod decision;
mod outcome;
mod request;

pub(super) use self::decision::{Decision, Found, rehearsed};
pub use self::outcome::{Placed, SitePlacement};
pub use self::request::{Edited, SiteEdit, SitePut};
