//! What came of it.

use crate::repository::idempotency::Recorded;
use crate::site::{SiteRecord, SiteRevision};
use crate::violation::Violations;

/// What came of [`put`](crate::repository::SiteStore::put), and whether readers see it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Placed {
    /// What came of it.
    pub placement: SitePlacement,
    /// Whether the snapshot beside this store does not show yet what the placement says.
    pub is_behind: bool,
}

/// What came of [`put`](crate::repository::SiteStore::put).
#[derive(Clone, Debug, PartialEq)]
pub enum SitePlacement {
    /// There was none, now there is this one.
    Created(SiteRecord),
    /// It was known otherwise: as a site, or by its marks.
    Changed {
        /// As it was, in a state demanded.
        before: SiteRecord,
        /// As it is now.
        after: SiteRecord,
    },
    /// It says what it said before: nothing was written.
    Unchanged(SiteRecord),
    /// What would be there is no site.
    Invalid(Violations),
    /// The site is in this state, which is none of those demanded.
    Stale(SiteRevision),
    /// The site is there, in this state, and no state of it was demanded.
    Exists(SiteRevision),
    /// A state was demanded and there is no such site.
    Missing,
    /// The same request came before; this is what came of it.
    Again(Recorded<SiteRevision>),
    /// Another request with this key came before.
    OtherBody,
    /// A request with this key is under way.
    InFlight,
}

impl SitePlacement {
    /// Whether it says what the store has, and so what somebody who reads next should find.
    pub(in crate::repository) fn is_about_the_store(&self) -> bool {
        !matches!(self, Self::Invalid(_) | Self::OtherBody | Self::InFlight)
    }
}

impl From<SitePlacement> for Placed {
    fn from(placement: SitePlacement) -> Self {
        Self { placement, is_behind: false }
    }
}
