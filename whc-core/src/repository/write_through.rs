//! A store beside the snapshot that follows it: whoever writes reads what they wrote.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{
    Drafting, Freshness, ImportRecord, ImportedChanges, Placed, ReplicatedSites, RevisionOrigin, SiteEdit,
    SitePut, SiteRepository, SiteStore, SnapshotGuard, Version,
};
use crate::auth::Curator;
use crate::error::Result;
use crate::future::first;
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Facets, Site, SiteId, SiteQuery, SiteRecord};

/// How long a writer waits until readers see what was written.
const PATIENCE: Duration = Duration::from_secs(2);

type Sleep = dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;

/// A store that is written directly and read from a snapshot that follows it. Before a call about one site returns, the
/// snapshot shows what came of it, also to somebody who came too late: the state they are to look at. Where that fails or takes
/// more than two seconds, [`Placed::is_behind`] says so.
pub struct WriteThrough {
    store: Arc<dyn SiteStore>,
    replica: Arc<ReplicatedSites>,
    sleep: Box<Sleep>,
}

impl WriteThrough {
    /// Writes to `store`, which `replica` must follow. `sleep` waits, as `tokio::time::sleep` does.
    pub fn new<S>(
        store: Arc<dyn SiteStore>,
        replica: Arc<ReplicatedSites>,
        sleep: impl Fn(Duration) -> S + Send + Sync + 'static,
    ) -> Self
    where
        S: Future<Output = ()> + Send + 'static,
    {
        Self { store, replica, sleep: Box::new(move |time| Box::pin(sleep(time))) }
    }

    /// Whether readers do not see what the store has.
    async fn is_behind(&self) -> bool {
        !matches!(first(self.replica.refresh(), (self.sleep)(PATIENCE)).await, Some(Ok(())))
    }
}

impl fmt::Debug for WriteThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteThrough").field("replica", &self.replica).finish_non_exhaustive()
    }
}

#[async_trait]
impl SiteRepository for WriteThrough {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.replica.get(id).await
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.replica.list(query).await
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        self.replica.facets(query).await
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        self.replica.changes(query).await
    }

    async fn version(&self) -> Result<Version> {
        self.replica.version().await
    }

    async fn ready(&self) -> Result<()> {
        self.replica.ready().await
    }

    fn snapshot(&self) -> Option<SnapshotGuard> {
        self.replica.snapshot()
    }

    fn freshness(&self) -> Option<Freshness> {
        self.replica.freshness()
    }
}

#[async_trait]
impl SiteStore for WriteThrough {
    async fn revise_from(&self, origin: &RevisionOrigin, drafting: &mut Drafting<'_>) -> Result<usize> {
        let written = self.store.revise_from(origin, drafting).await?;
        self.replica.hint();
        Ok(written)
    }

    async fn last_import(&self) -> Result<Option<ImportRecord>> {
        self.store.last_import().await
    }

    async fn import_to_take_back(&self) -> Result<Option<ImportedChanges>> {
        self.store.import_to_take_back().await
    }

    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>> {
        self.store.record(id).await
    }

    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed> {
        let placed = self.store.put(curator, put, edit).await?;
        let is_behind = placed.placement.is_about_the_store() && self.is_behind().await;
        Ok(Placed { is_behind, ..placed })
    }
}
