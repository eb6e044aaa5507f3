//! One site at a time, changed by a curator.

mod decision;
mod outcome;
mod request;

pub(super) use self::decision::rehearsed;
pub use self::decision::{FoundSite, SiteDecision, SiteWriting};
pub use self::outcome::{Placed, SitePlacement};
pub use self::request::{Edited, SiteEdit, SitePut};
