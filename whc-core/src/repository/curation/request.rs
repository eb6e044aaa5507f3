//! What a curator asks for.

use std::collections::BTreeSet;

use crate::audit::Trace;
use crate::if_match::IfMatch;
use crate::repository::idempotency::IdempotentRequest;
use crate::site::{FieldName, Site, SiteId, SiteRecord, SiteRevision};
use crate::violation::Violations;

/// A request to write one site.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SitePut<'a> {
    /// The site.
    pub site: SiteId,
    /// The state it must be in to be changed. With `None` it is only created, where there is none.
    pub if_match: Option<&'a IfMatch<SiteRevision>>,
    /// The request this is part of, for the audit.
    pub trace: &'a Trace,
    /// Why: everybody can read it in the history.
    pub reason: Option<&'a str>,
    /// The site that this one may become a part of: one that is there and no part of another, while nobody else changes it.
    pub superseder: Option<SiteId>,
    /// Where it may be sent again without doing the same twice. For what creates.
    pub request: Option<&'a IdempotentRequest<'a>>,
}

impl<'a> SitePut<'a> {
    /// A request without a reason that has one outcome each time.
    #[must_use]
    pub const fn new(site: SiteId, if_match: Option<&'a IfMatch<SiteRevision>>, trace: &'a Trace) -> Self {
        Self { site, if_match, trace, reason: None, superseder: None, request: None }
    }

    /// The same for this reason.
    #[must_use]
    pub const fn because(self, reason: Option<&'a str>) -> Self {
        Self { reason, ..self }
    }

    /// The same where it may become a part of this site.
    #[must_use]
    pub const fn superseded_by(self, superseder: Option<SiteId>) -> Self {
        Self { superseder, ..self }
    }

    /// The same with one outcome for as long as [`IdempotentRequest::KEPT`].
    #[must_use]
    pub const fn sent_again_with(self, request: Option<&'a IdempotentRequest<'a>>) -> Self {
        Self { request, ..self }
    }
}

/// The argument of [`SiteStore::put`](crate::repository::SiteStore::put): it gets the site as it is when nobody else can change
/// it, `None` where there is none, and returns what is to be there. It may be called more than once.
pub type SiteEdit<'a> = dyn FnMut(Option<&SiteRecord>) -> Result<Edited, Violations> + Send + 'a;

/// A site as it is to be. Every field that differs from what was there is marked as set by hand.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Edited {
    /// The site.
    pub site: Site,
    /// The fields that imports may set again.
    pub handed_back: BTreeSet<FieldName>,
}

impl Edited {
    /// The same, with these fields handed back to the files.
    #[must_use]
    pub fn handing_back(self, fields: impl IntoIterator<Item = FieldName>) -> Self {
        Self { handed_back: fields.into_iter().collect(), ..self }
    }
}

impl From<Site> for Edited {
    fn from(site: Site) -> Self {
        Self { site, handed_back: BTreeSet::new() }
    }
}
