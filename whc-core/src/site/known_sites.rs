//! All sites that a store has, for who revises them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use super::{FieldName, Site, SiteId};

/// The fields that curators have set, of sites that have any.
pub(crate) type Curated = BTreeMap<SiteId, BTreeSet<FieldName>>;

static NONE: Curated = BTreeMap::new();
static NO_FIELD: LazyLock<BTreeSet<FieldName>> = LazyLock::new(BTreeSet::new);

/// All sites that a store has, ordered by id, with the fields that curators have set.
#[derive(Clone, Copy)]
pub struct KnownSites<'a> {
    sites: &'a [Arc<Site>],
    curated: &'a Curated,
}

impl<'a> KnownSites<'a> {
    /// These sites, which must be ordered by id, with these marks.
    #[must_use]
    pub fn new(sites: &'a [Arc<Site>], curated: &'a BTreeMap<SiteId, BTreeSet<FieldName>>) -> Self {
        Self { sites, curated }
    }

    /// The site with this id.
    #[must_use]
    pub fn get(&self, id: SiteId) -> Option<&'a Arc<Site>> {
        self.sites.binary_search_by_key(&id, |site| site.id).ok().map(|place| &self.sites[place])
    }

    /// The fields of this site that a curator has set.
    #[must_use]
    pub fn curated(&self, id: SiteId) -> &'a BTreeSet<FieldName> {
        self.curated.get(&id).unwrap_or(&NO_FIELD)
    }
}

/// Sites that no curator has touched.
impl<'a> From<&'a [Arc<Site>]> for KnownSites<'a> {
    fn from(sites: &'a [Arc<Site>]) -> Self {
        Self { sites, curated: &NONE }
    }
}

impl<'a> From<&'a Vec<Arc<Site>>> for KnownSites<'a> {
    fn from(sites: &'a Vec<Arc<Site>>) -> Self {
        Self::from(&**sites)
    }
}

impl From<&Self> for KnownSites<'_> {
    fn from(known: &Self) -> Self {
        *known
    }
}

impl Deref for KnownSites<'_> {
    type Target = [Arc<Site>];

    fn deref(&self) -> &[Arc<Site>] {
        self.sites
    }
}

impl fmt::Debug for KnownSites<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownSites").field("sites", &self.sites.len()).finish_non_exhaustive()
    }
}
