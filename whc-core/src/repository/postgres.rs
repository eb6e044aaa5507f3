//! Sites and contacts in PostgreSQL. All SQL of this crate lives below here.

mod changes;
mod columns;
mod connect;
mod contacts;
mod credentials;
mod curation;
mod failure;
mod filter;
mod idempotency;
mod imports;
mod listen;
mod load;
mod logins;
mod marks;
mod migrations;
mod pool;
mod read;
mod statement;
mod transaction;
mod write;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

pub use self::contacts::PostgresContacts;
pub use self::listen::ChangeListener;
pub use self::logins::Logins;
pub use self::migrations::{Migrations, SCHEMA_VERSIONS, SchemaStatus};
use self::pool::{Pool, within};
use crate::auth::Curator;
use crate::config::DatabaseConfig;
use crate::error::Result;
use crate::page::Page;
use crate::repository::{
    Drafting, ImportRecord, ImportedChanges, Placed, RevisionOrigin, SiteEdit, SitePut, SiteRepository,
    SiteStore, Snapshot, Version,
};
use crate::site::{Change, ChangeQuery, Site, SiteId, SiteQuery, SiteRecord};

/// How long a revision may take, waiting for other writers included.
const REVISION_TIMEOUT: Duration = Duration::from_mins(1);

/// Sites in PostgreSQL, read and written directly.
///
/// Connections are opened when first needed and each runs as a task on the caller's Tokio runtime. No statement is
/// prepared and no session state set, so it works behind RDS Proxy and `PgBouncer`. A lost connection is replaced:
/// while the database is away every call fails within the configured timeouts, and the first call after it is back
/// succeeds.
pub struct PostgresSites {
    pool: Arc<Pool>,
}

impl PostgresSites {
    /// The sites in this database. Connects to nothing yet.
    ///
    /// # Errors
    /// The file of root certificates cannot be read.
    pub fn new(config: &DatabaseConfig) -> Result<Self> {
        Ok(Self { pool: Arc::new(Pool::new(config)?) })
    }
}

/// Runs statements on a connection of their own: tests make databases and users with it.
#[cfg(feature = "testing-postgres")]
pub(crate) async fn execute(config: &DatabaseConfig, statements: &str) -> Result<()> {
    let (client, _) = connect::Connector::new(config)?.open().await?;
    client.batch_execute(statements).await.map_err(failure::failed)
}

impl fmt::Debug for PostgresSites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresSites").finish_non_exhaustive()
    }
}

#[async_trait]
impl SiteRepository for PostgresSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        read::get(&self.pool, id).await
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        read::list(&self.pool, query).await
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        changes::list(&self.pool, query).await
    }

    async fn load(&self, _: Version, known: Option<&Snapshot>) -> Result<Snapshot> {
        load::snapshot(&self.pool, known).await
    }

    async fn version(&self) -> Result<Version> {
        read::version(&self.pool).await
    }

    /// Whether the database answers with a schema this program runs on.
    async fn ready(&self) -> Result<()> {
        migrations::ready(&self.pool).await
    }
}

#[async_trait]
impl SiteStore for PostgresSites {
    async fn revise_from(&self, origin: &RevisionOrigin, drafting: &mut Drafting<'_>) -> Result<usize> {
        let mut lease = self.pool.proven_lease().await?;
        let outcome = within(REVISION_TIMEOUT, write::revise(lease.client(), origin, drafting)).await;
        lease.settle(outcome)
    }

    async fn last_import(&self) -> Result<Option<ImportRecord>> {
        imports::last(&self.pool).await
    }

    async fn import_to_take_back(&self) -> Result<Option<ImportedChanges>> {
        imports::to_take_back(&self.pool).await
    }

    async fn record(&self, id: SiteId) -> Result<Option<SiteRecord>> {
        curation::get(&self.pool, id).await
    }

    async fn put(&self, curator: &Curator, put: &SitePut<'_>, edit: &mut SiteEdit<'_>) -> Result<Placed> {
        curation::put(&self.pool, curator, put, edit).await.map(Placed::from)
    }
}
