//! A revision of many sites: what it changes is decided once, for every store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;

use super::imports::ImportedChange;
use crate::error::{Error, Result};
use crate::site::{Change, FieldName, KnownSites, Site, SiteId, differing, without_outdated_notes};

/// The argument of [`SiteStore::revise`](super::SiteStore::revise): it gets all sites and returns those to write.
pub type Revision<'a> = dyn FnMut(&KnownSites<'_>) -> Result<Vec<Site>> + Send + 'a;

/// Where a revision comes from, and what it may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevisionOrigin {
    /// The name of the file, if it comes from one.
    pub source: Option<String>,
    /// The fields that it may change also where a curator has set them: then their marks go.
    pub overruled: BTreeSet<FieldName>,
    /// The number of the import that it takes back.
    pub takes_back: Option<u64>,
}

impl RevisionOrigin {
    /// A revision that comes from no file and overrules nobody.
    pub const NONE: Self = Self { source: None, overruled: BTreeSet::new(), takes_back: None };

    /// A file with this name.
    #[must_use]
    pub fn file(name: impl Into<String>) -> Self {
        Self { source: Some(name.into()), ..Self::NONE }
    }

    /// The same, overruling what curators have set in these fields.
    #[must_use]
    pub fn overruling(self, fields: impl IntoIterator<Item = FieldName>) -> Self {
        Self { overruled: fields.into_iter().collect(), ..self }
    }

    /// The same, taking back the import with this number.
    #[must_use]
    pub fn taking_back(self, number: u64) -> Self {
        Self { takes_back: Some(number), ..self }
    }

    /// What of the `sites` that a revision returned changes anything, ordered by id: of two with one id the later counts. For
    /// stores.
    ///
    /// # Errors
    /// Refused is what changes a field that a curator has set, and is not overruled.
    pub fn revised(&self, known: &KnownSites<'_>, sites: Vec<Site>, at: SystemTime) -> Result<Vec<Revised>> {
        let by_id: BTreeMap<SiteId, Site> = sites.into_iter().map(|site| (site.id, site)).collect();
        let mut revised = Vec::new();
        for site in by_id.into_values() {
            let before = known.get(site.id);
            let overruled = self.overruled_in(known, &site)?;
            let site = match before {
                Some(before) => without_outdated_notes(before, site),
                None => site,
            };
            let change = Change::between(before.map(|site| &**site), &site, at, self.source.as_deref());
            if let Some(change) = change {
                let (before, site) = (before.map(Arc::clone), Arc::new(site));
                revised.push(Revised { before, site, change, overruled });
            }
        }
        Ok(revised)
    }

    /// The marks of a site that this overrules.
    fn overruled_in(&self, known: &KnownSites<'_>, site: &Site) -> Result<BTreeSet<FieldName>> {
        let curated = known.curated(site.id);
        let Some(before) = known.get(site.id).filter(|_| !curated.is_empty()) else {
            return Ok(BTreeSet::new());
        };
        let changed = differing(before, site).map(|(field, ..)| field);
        let (may, may_not): (BTreeSet<_>, BTreeSet<_>) =
            changed.filter(|field| curated.contains(field)).partition(|field| self.overruled.contains(field));
        match may_not.first() {
            None => Ok(may),
            Some(field) => {
                let id = site.id;
                Err(Error::refused(format!(
                    "site {id}: a curator has set {field}, which this may not overrule"
                )))
            }
        }
    }
}

/// A site that a revision changes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Revised {
    /// The site as it was; `None` where it is new.
    pub before: Option<Arc<Site>>,
    /// The site, as it is to be.
    pub site: Arc<Site>,
    /// What the history has of it.
    pub change: Change,
    /// The marks that go.
    pub overruled: BTreeSet<FieldName>,
}

impl Revised {
    /// The values before and after.
    #[must_use]
    pub fn values(&self) -> ImportedChange {
        ImportedChange::between(self.before.as_deref(), &self.site, self.change.field_names())
    }
}
