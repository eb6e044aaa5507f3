//! Sites in memory: the embedded facts, or any that are given.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::curation::{FoundSite, SiteDecision};
use super::memory_audit::MemoryAudit;
use super::memory_imports::MemoryImports;
use super::memory_requests::MemoryRequests;
use super::revision::Revised;
use super::snapshot::Snapshot;
use super::{
    Draft, Drafting, ImportRecord, ImportedChanges, Placed, Recorded, RevisionOrigin, SiteEdit,
    SitePlacement, SitePut, SiteRepository, SiteStore, SnapshotGuard, Version,
};
use crate::auth::Curator;
use crate::clock::{Clock, SystemClock};
use crate::error::Result;
use crate::page::Page;
use crate::site::{Change, ChangeKind, Facets, FieldName, Site, SiteId, SiteQuery, SiteRecord, SiteRevision};

/// Sites in memory. Writing replaces the whole snapshot, so readers never see half a change. The history has the changes
/// since the start of the process, at most 10,000.
///
/// ```
/// # use whc_core::{MemorySites, SiteId, SiteRepository};
/// # async fn example() -> whc_core::Result<()> {
/// let sites = MemorySites::embedded()?;
/// let quito = sites.get(SiteId::new(2)?).await?;
/// assert_eq!(quito.unwrap().names.english(), "City of Quito");
/// # Ok(())
/// # }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
/// ```
pub struct MemorySites {
    current: ArcSwap<Snapshot>,
    /// Of whoever writes.
    writing: Mutex<Writing>,
    audit: MemoryAudit,
    clock: Arc<dyn Clock>,
}

/// What is remembered beside the sites.
#[derive(Default)]
struct Writing {
    /// What came of requests that may be sent again.
    requests: MemoryRequests<SiteId, SiteRevision>,
    imports: MemoryImports,
}

impl MemorySites {
    /// The World Heritage List as compiled into this crate: names, places and dates of every site.
    ///
    /// # Errors
    /// None in a released crate, since a test reads every row; an internal error names the row that cannot be read.
    pub fn embedded() -> Result<Self> {
        Ok(Self::with_snapshot(Snapshot::embedded()?))
    }

    /// These sites and no others, with an empty history; of two with the same id the later one counts.
    pub fn new(sites: impl IntoIterator<Item = Site>) -> Self {
        Self::with_snapshot(Snapshot::default().with_sites(sites))
    }

    fn with_snapshot(snapshot: Snapshot) -> Self {
        Self {
            current: ArcSwap::from_pointee(snapshot),
            writing: Mutex::default(),
            audit: MemoryAudit::default(),
            clock: Arc::new(SystemClock),
        }
    }

    /// The same, telling this audit who changed what.
    #[must_use]
    pub fn with_audit(self, audit: MemoryAudit) -> Self {
        Self { audit, ..self }
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds what common requests need, so that none waits for it.
    pub(super) fn prepare(&self) {
        self.current.load().prepare(None);
    }

    /// The same, with the time of changes from `clock`.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }
}

#[async_trait]
impl SiteRepository for MemorySites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.current.load().get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(self.current.load().list(query))
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        Ok(self.current.load().facets(query))
    }

    async fn version(&self) -> Result<Version> {
        Ok(self.current.load().version().clone())
    }

    fn snapshot(&self) -> Option<SnapshotGuard> {
        Some(SnapshotGuard::new(self.current.load()))
    }
}

#[async_trait]
impl SiteStore for MemorySites {
    async fn revise_from(&self, origin: &RevisionOrigin, drafting: &mut Drafting<'_>) -> Result<usize> {
        // Held throughout, so that two revisions cannot both start from the same snapshot.
        let mut writing = self.writing();
        let snapshot = self.current.load();
        let known = snapshot.known();
        let Draft { sites, mut removed, findings } = drafting(&known)?;
        removed.retain(|id| known.get(*id).is_some());
        let (written, at) = (sites.len() + removed.len(), self.clock.now());
        let revised = origin.revised(&known, sites, at)?;
        if let Some(findings) = findings {
            let (changed, import) = (revised.len() + removed.len(), writing.imports.next(at));
            let (source, takes_back) = (origin.source.clone(), origin.takes_back);
            let import = ImportRecord { source, sites: changed, findings, takes_back, ..import };
            writing.imports.remember(import, revised.iter().map(Revised::values).collect());
        }
        let mut records = Vec::new();
        let mut changes: Vec<_> =
            removed.iter().filter_map(|id| known.get(*id)).map(|site| removal(site, at)).collect();
        for Revised { site, change, overruled, .. } in revised {
            let before = snapshot.record(site.id);
            let marks = before.iter().flat_map(|record| &record.curated);
            let marks = marks.filter(|field| !overruled.contains(field)).copied().collect();
            records.push(next(before.as_ref(), site, marks, at));
            changes.push(change);
        }
        if !changes.is_empty() {
            self.current.store(Arc::new(snapshot.with_records(records, &removed, changes)));
        }
        Ok(written)
    }

    async fn last_import(&self) -> Result<Option<ImportRecord>> {
        Ok(self.writing().imports.last().cloned())
    }

    async fn import_to_take_back(&self) -> Result<Option<ImportedChanges>> {
        Ok(self.writing().imports.to_take_back().cloned())
    }

    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>> {
        Ok(self.current.load().record(id))
    }

    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed> {
        let mut writing = self.writing();
        let requests = &mut writing.requests;
        let snapshot = self.current.load();
        let actor = curator.actor();
        requests.forget_old(put.trace.at());
        let found = FoundSite {
            record: snapshot.record(put.site),
            superseder: put.superseder.and_then(|id| snapshot.record(id)),
            earlier: put.request.and_then(|request| requests.earlier(actor, request)),
            in_flight: false,
        };
        let (status, revision, placement) = match found.decide(put, edit)? {
            SiteDecision::Nothing(placement) => return Ok(placement.into()),
            SiteDecision::Conflict(revision) => (409, revision, SitePlacement::Exists(revision)),
            SiteDecision::Write(writing) => {
                let at = self.clock.now();
                let (site, curated) = (Arc::clone(&writing.site), writing.curated.clone());
                let record = next(writing.before.as_ref(), site, curated, at);
                let revision = record.revision;
                let changes = writing.change(put, at).into_iter().collect();
                self.current.store(Arc::new(snapshot.with_records(vec![record], &BTreeSet::new(), changes)));
                self.audit.append(writing.event(put, curator));
                writing.log(put, curator);
                (201, revision, writing.placement(revision))
            }
        };
        if let Some(request) = put.request {
            let outcome = Recorded::new(status, request.location, revision);
            requests.record(actor, request, put.site, outcome, put.trace.at());
        }
        Ok(placement.into())
    }
}

/// What the history has of a site that is there no longer.
fn removal(site: &Site, at: SystemTime) -> Change {
    let name = Some(site.names.english().to_owned());
    Change { name, ..Change::new(at, site.id, ChangeKind::Removed) }
}

/// The record after `before`.
fn next(
    before: Option<&SiteRecord>,
    site: Arc<Site>,
    curated: BTreeSet<FieldName>,
    at: SystemTime,
) -> SiteRecord {
    let revision = SiteRevision::next(before.map(|record| record.revision), &site, &curated, at);
    SiteRecord::new(site, revision).with_curated(curated)
}

impl fmt::Debug for MemorySites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySites").field("current", &self.current.load()).finish_non_exhaustive()
    }
}
