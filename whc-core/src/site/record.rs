//! A site with what a store keeps beside it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FieldName, Site, SiteRevision};

/// A site with what a store keeps beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SiteRecord {
    /// The site.
    pub site: Arc<Site>,
    /// Names this state of it, the marks included.
    pub revision: SiteRevision,
    /// The fields that a curator has set, which imports leave as they are.
    pub curated: BTreeSet<FieldName>,
}

impl SiteRecord {
    /// A record without marks.
    #[must_use]
    pub fn new(site: Arc<Site>, revision: SiteRevision) -> Self {
        Self { site, revision, curated: BTreeSet::new() }
    }

    /// The same with these marks.
    #[must_use]
    pub fn with_curated(self, curated: BTreeSet<FieldName>) -> Self {
        Self { curated, ..self }
    }
}
