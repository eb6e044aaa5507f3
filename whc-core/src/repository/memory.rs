//! Sites in memory: the embedded facts, or any that are given.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::snapshot::Snapshot;
use super::{Revision, SiteRepository, SiteStore, SnapshotGuard, Version};
use crate::clock::{Clock, SystemClock};
use crate::error::Result;
use crate::page::Page;
use crate::site::{Facets, Site, SiteId, SiteQuery};

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
#[derive(Debug)]
pub struct MemorySites {
    current: ArcSwap<Snapshot>,
    writing: Mutex<()>,
    clock: Arc<dyn Clock>,
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
        let (current, clock) = (ArcSwap::from_pointee(snapshot), Arc::new(SystemClock));
        Self { current, writing: Mutex::default(), clock }
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
    async fn revise_from(&self, source: Option<&str>, revision: &mut Revision<'_>) -> Result<usize> {
        // Held throughout, so that two revisions cannot both start from the same snapshot.
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.current.load();
        let sites = revision(snapshot.sites())?;
        let written = sites.len();
        if written > 0 {
            self.current.store(Arc::new(snapshot.revised(sites, self.clock.now(), source)));
        }
        Ok(written)
    }
}
