//! Where sites and contacts are stored: the traits that stores implement, and the stores.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;

use crate::auth::Curator;
use crate::error::{Error, Result};
use crate::page::{Page, Window};
use crate::site::{Change, ChangeQuery, Facets, Site, SiteId, SiteQuery, SiteRecord};

mod backoff;
mod contacts;
mod curation;
mod freshness;
mod history;
mod idempotency;
mod imports;
mod load;
mod memory;
mod memory_audit;
mod memory_contacts;
mod memory_imports;
mod memory_requests;
mod open;
#[cfg(feature = "postgres")]
mod postgres;
mod read_view;
mod replicated;
mod revision;
#[cfg(feature = "valkey")]
mod shared;
mod snapshot;
mod snapshot_guard;
mod write_through;

pub use self::contacts::{
    CaseRecord, ContactQuery, ContactRepository, Creation, Deletion, Patching, Placement,
};
pub use self::curation::{
    Edited, FoundSite, Placed, SiteDecision, SiteEdit, SitePlacement, SitePut, SiteWriting,
};
pub use self::freshness::{Checks, Freshness};
pub use self::idempotency::{Earlier, IdempotentRequest, Recorded};
pub use self::imports::{Draft, Drafting, ImportRecord, ImportedChange, ImportedChanges};
pub use self::memory::MemorySites;
pub use self::memory_audit::MemoryAudit;
pub use self::memory_contacts::MemoryContacts;
pub use self::open::{Opened, open};
#[cfg(feature = "testing-postgres")]
pub(crate) use self::postgres::execute;
#[cfg(feature = "postgres")]
pub use self::postgres::{
    ChangeListener, Logins, Migrations, PostgresContacts, PostgresSites, SCHEMA_VERSIONS, SchemaStatus,
};
pub(crate) use self::read_view::ReadView;
pub use self::replicated::ReplicatedSites;
pub use self::revision::{Revised, Revision, RevisionOrigin};
#[cfg(feature = "valkey")]
pub use self::shared::SharedSnapshots;
#[cfg(feature = "pages")]
pub(crate) use self::snapshot::SiteLabels;
pub use self::snapshot::Snapshot;
pub(crate) use self::snapshot::{TextKind, Texts};
pub use self::snapshot_guard::SnapshotGuard;
pub use self::write_through::WriteThrough;

/// Names one state of the data: equal versions mean equal results. Opaque; at most 64 visible ASCII characters.
///
/// It may also have the time of the change, for `Last-Modified`, which is not a part of its identity.
#[derive(Clone)]
pub struct Version {
    name: Arc<str>,
    modified: Option<SystemTime>,
}

impl Version {
    /// The version with this name.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), modified: None }
    }

    /// The same, of data that changed last at this time.
    #[must_use]
    pub fn modified_at(self, time: SystemTime) -> Self {
        Self { modified: Some(time), ..self }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// When the data changed, where that is known.
    #[must_use]
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Version {}

impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A store of sites, to be read. An absent site is `Ok(None)`; an error means that the store failed.
#[async_trait]
pub trait SiteRepository: Send + Sync + 'static {
    /// The site with this id, whether on the list or no longer.
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>>;

    /// What [`SiteQuery::select`] gives over all sites: a page in the order of the query, and the exact total.
    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>>;

    /// All sites that `query` selects, without regard to its window.
    async fn list_all(&self, query: &SiteQuery) -> Result<Vec<Arc<Site>>> {
        let mut query = SiteQuery { window: Window::ALL, ..query.clone() };
        let mut sites = Vec::new();
        loop {
            let page = self.list(&query).await?;
            let empty = page.items.is_empty();
            sites.extend(page.items);
            let count = u64::try_from(sites.len()).unwrap_or(u64::MAX);
            if count == page.total {
                return Ok(sites);
            }
            if empty || count > page.total {
                return Err(Error::internal(format!("the list has {count} of {} sites", page.total)));
            }
            // By the number returned, not by the number requested: a store may have shorter pages.
            query.window = Window::new(Window::MAX_LIMIT, count)?;
        }
    }

    /// What [`SiteQuery::facets`] gives over all sites. By default they are listed and counted.
    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        let mut facets = Facets::default();
        self.list_all(query).await?.iter().for_each(|site| facets.count(site));
        Ok(facets)
    }

    /// What [`ChangeQuery::select`] gives over the history of the sites, or over the latest [`Window::MAX_LIMIT`]
    /// changes of it. A store without a history returns an empty page.
    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        let nothing = Page { items: Vec::new(), total: 0 };
        Ok(self.snapshot().map_or(nothing, |snapshot| snapshot.changes(query)))
    }

    /// The current version of the data. It changes whenever any result may.
    async fn version(&self) -> Result<Version>;

    /// All sites at one version with their revisions and marks, and the latest of their history. What has not changed since
    /// `known`, a snapshot of the same store, may be taken from there. By default everything is listed, and read again where
    /// `version`, which this store has just said, has moved meanwhile; nothing is known of revisions and marks then.
    async fn load(&self, version: Version, _known: Option<&Snapshot>) -> Result<Snapshot> {
        load::load(self, version).await
    }

    /// Whether this store can answer. The error tells an operator what to do.
    async fn ready(&self) -> Result<()> {
        self.version().await.map(drop)
    }

    /// All sites at one version, where the store has them in memory: reads of it need no waiting, and all belong to the
    /// same version. `None` for other stores.
    fn snapshot(&self) -> Option<SnapshotGuard> {
        None
    }

    /// How current the data are, where they are a snapshot of another store; else `None`. Sends no request to that store.
    fn freshness(&self) -> Option<Freshness> {
        None
    }
}

/// A store of sites, to be read and written.
#[async_trait]
pub trait SiteStore: SiteRepository {
    /// Passes all sites, ordered by id, to `drafting` and inserts, replaces or removes those it returns, in one transaction:
    /// no other writer comes in between, and after an error nothing has changed. Writing nothing leaves the version as it
    /// was. Returns how many sites were written or removed.
    ///
    /// The differences go into the history ([`changes`](SiteRepository::changes)) in the same transaction, with the name of
    /// the file they come from. A mark of a curator goes where `origin` overrules it and what it marks changes; a note goes
    /// where what it is about changes. What is an import is remembered, with its findings and with the values before and
    /// after.
    ///
    /// # Errors
    /// The error of `drafting`; that the store is unavailable; refused is a change of what a curator has set and `origin`
    /// does not overrule.
    async fn revise_from(&self, origin: &RevisionOrigin, drafting: &mut Drafting<'_>) -> Result<usize>;

    /// The same with a revision that comes from no file.
    ///
    /// # Errors
    /// As [`revise_from`](Self::revise_from).
    async fn revise(&self, revision: &mut Revision<'_>) -> Result<usize> {
        self.revise_from(&RevisionOrigin::NONE, &mut |known| revision(known).map(Draft::from)).await
    }

    /// The latest import of a file, be it that it changed nothing, with what was found in it; `None` where there was none.
    ///
    /// # Errors
    /// The store is unavailable.
    async fn last_import(&self) -> Result<Option<ImportRecord>>;

    /// The latest import that changed something, took back none and was not taken back, with the values before and after. A
    /// store need not remember all of them.
    ///
    /// # Errors
    /// The store is unavailable.
    async fn import_to_take_back(&self) -> Result<Option<ImportedChanges>>;

    /// The site as the store has it now, whatever a snapshot of it says.
    ///
    /// # Errors
    /// The store is unavailable.
    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>>;

    /// Creates or changes one site as `edit` says, in one transaction: no other writer comes in between, and after an error
    /// nothing has changed. With the site go its marks, the difference in the history, an event of the audit where the
    /// store has one, and the outcome of a request with a key. Where nothing differs nothing is written.
    ///
    /// # Errors
    /// The store is unavailable: then the change may have happened or not, but never half. The edit returned another site, or
    /// one that became a part of a site that `put` does not name.
    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed>;

    /// What [`put`](Self::put) would do now. Nothing is done, and no key is looked at. A site that would be created has the
    /// revision [`SiteRevision::of`](crate::site::SiteRevision::of) it, one that would be changed that of now.
    ///
    /// # Errors
    /// The store is unavailable. The edit returned another site.
    async fn rehearse(&self, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<SitePlacement> {
        let record = self.record(put.site).await?;
        let superseder = match put.superseder {
            Some(id) => self.record(id).await?,
            None => None,
        };
        curation::rehearsed((record, superseder), put, edit)
    }
}
