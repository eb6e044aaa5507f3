//! The sites of a snapshot with their revisions and marks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::Arc;

use super::Snapshot;
use crate::error::Result;
use crate::repository::Version;
use crate::site::{Change, Curated, Digest, KnownSites, Site, SiteId, SiteRecord, SiteRevision};

impl Snapshot {
    /// The sites of these records, ordered by id and each there once, with their revisions and marks.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_records(version: Version, records: Vec<SiteRecord>) -> Result<Self> {
        let revisions = records.iter().map(|record| record.revision).collect();
        let marked = records.iter().filter(|record| !record.curated.is_empty());
        let curated = marked.map(|record| (record.site.id, record.curated.clone())).collect();
        let snapshot = Self::new(version, records.into_iter().map(|record| record.site).collect())?;
        Ok(Self { revisions, curated: Arc::new(curated), ..snapshot })
    }

    /// All of them with their marks, for who revises them.
    pub(in crate::repository) fn known(&self) -> KnownSites<'_> {
        KnownSites::new(&self.sites, &self.curated)
    }

    /// The same with its revision and its marks.
    #[must_use]
    pub fn record(&self, id: SiteId) -> Option<SiteRecord> {
        self.position(id).map(|position| self.record_at(position))
    }

    /// The revision of a site, where the store keeps revisions.
    pub(crate) fn kept_revision(&self, id: SiteId) -> Option<SiteRevision> {
        self.revisions.get(self.position(id)?).copied()
    }

    /// Of each site in the order of [`sites`](Self::sites); none where the store keeps none.
    #[cfg(feature = "valkey")]
    pub(in crate::repository) fn revisions(&self) -> &[SiteRevision] {
        &self.revisions
    }

    /// The fields that curators have set, of sites that have any.
    #[cfg(feature = "valkey")]
    pub(in crate::repository) fn curated(&self) -> &Curated {
        &self.curated
    }

    /// The latest changes, in their order.
    #[cfg(feature = "valkey")]
    pub(in crate::repository) fn history(&self) -> &[Arc<Change>] {
        self.history.all()
    }

    /// The same sites and history once more, without what was made from them.
    pub(in crate::repository) fn reissued(&self) -> Self {
        Self {
            revisions: self.revisions.clone(),
            curated: Arc::clone(&self.curated),
            history: self.history.clone(),
            ..Self::from_sorted(self.version.clone(), self.sites.clone())
        }
    }

    /// All of them, ordered by id.
    pub(in crate::repository) fn records(&self) -> Vec<SiteRecord> {
        (0..self.sites.len()).map(|position| self.record_at(position)).collect()
    }

    fn record_at(&self, position: usize) -> SiteRecord {
        let site = &self.sites[position];
        let revision = self.revisions.get(position).copied();
        let revision = revision.unwrap_or_else(|| SiteRevision::of(site));
        let curated = self.curated.get(&site.id).cloned().unwrap_or_default();
        SiteRecord::new(Arc::clone(site), revision).with_curated(curated)
    }

    /// This snapshot with `sites` inserted or replaced, under a version made from its content.
    pub(in crate::repository) fn with_sites(&self, sites: impl IntoIterator<Item = Site>) -> Self {
        let mut all = self.sites.clone();
        all.extend(sites.into_iter().map(Arc::new));
        // A stable sort keeps the order of duplicates; reversed, `dedup` keeps the latest.
        all.sort_by_key(|site| site.id);
        all.reverse();
        all.dedup_by_key(|site| site.id);
        all.reverse();
        Self::from_sorted(version_of(&all), all)
    }

    /// The same with these records, without the sites removed, and with the changes in the history, as a whole new version.
    pub(in crate::repository) fn with_records(
        &self,
        records: Vec<SiteRecord>,
        removed: &BTreeSet<SiteId>,
        changes: Vec<Change>,
    ) -> Self {
        let mut all: BTreeMap<_, _> =
            self.records().into_iter().map(|record| (record.site.id, record)).collect();
        all.extend(records.into_iter().map(|record| (record.site.id, record)));
        all.retain(|id, _| !removed.contains(id));
        let sites: Vec<_> = all.values().map(|record| Arc::clone(&record.site)).collect();
        let history = self.history.with(changes);
        let revisions = all.values().map(|record| record.revision).collect();
        let marked = all.into_values().filter(|record| !record.curated.is_empty());
        let curated = marked.map(|record| (record.site.id, record.curated)).collect();
        let version = with_marks(history.version(&version_of(&sites)), &curated);
        Self { revisions, curated: Arc::new(curated), history, ..Self::from_sorted(version, sites) }
    }
}

/// The version of sites and history `version` with these marks.
fn with_marks(version: Version, curated: &Curated) -> Version {
    if curated.is_empty() {
        return version;
    }
    let mut digest = Digest::default();
    for (site, fields) in curated {
        let _ = write!(digest, "{site}{fields:?}");
    }
    Version::new(format!("{version}-{:016x}", digest.0))
}

/// Equal sites give equal versions, in every process: made of what a site is as data, not of how it looks in a debugger.
pub(super) fn version_of(sites: &[Arc<Site>]) -> Version {
    let mut digest = Digest::default();
    for site in sites {
        // Neither can writing into a digest fail, nor has a site anything that is not JSON.
        let _ = serde_json::to_writer(&mut digest, &**site);
    }
    Version::new(format!("memory-{:016x}", digest.0))
}
