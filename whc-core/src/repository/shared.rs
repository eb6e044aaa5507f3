//! Snapshots that processes share in Valkey, so that one that starts reads none from the database.

mod encoding;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep};

use self::encoding::{decoded, encoded};
use super::{Freshness, SiteRepository, Snapshot, SnapshotGuard, Version};
use crate::cache::PROGRAM;
use crate::error::Result;
use crate::page::Page;
use crate::seal::Seal;
use crate::site::{Change, ChangeQuery, Facets, Site, SiteId, SiteQuery};
use crate::valkey::Valkey;

/// How long a snapshot is kept. It is true for as long as its version is asked for; then it is garbage.
const LIFETIME: Duration = Duration::from_hours(24);

/// The longest one kept, compressed and signed.
const LONGEST: usize = 8 << 20;

/// How long whoever starts waits for megabytes.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long one process has to read everything and keep it, before another one may.
const LEASE: Duration = Duration::from_secs(10);

/// How long the others wait for it, looking this often.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(50);

/// Sites of a source whose snapshots are shared: whoever has none takes that of the source's version from Valkey, if it is there.
/// If not, one reads the source for all. Whatever Valkey does, what is shown is what the source has: its version is asked for
/// first, and only what one of ours has signed for that version counts. Without Valkey the source is read.
///
/// ```no_run
/// # fn example(source: std::sync::Arc<whc_core::PostgresSites>, valkey: whc_core::Valkey) -> whc_core::Result<()> {
/// use std::sync::Arc;
/// use whc_core::{ReplicatedSites, SharedSnapshots};
/// let sites = ReplicatedSites::new(Arc::new(SharedSnapshots::new(source, valkey)?));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SharedSnapshots {
    source: Arc<dyn SiteRepository>,
    valkey: Valkey,
    seal: Arc<Seal>,
}

/// What Valkey has under the name of a version.
enum Found {
    Snapshot(Box<Snapshot>),
    /// It is too large to be shared: everybody reads the source.
    TooLarge,
    Nothing,
}

impl SharedSnapshots {
    /// Shares the snapshots of this source.
    ///
    /// # Errors
    /// No key can be derived that they are signed with, which is a fault.
    pub fn new(source: Arc<dyn SiteRepository>, valkey: Valkey) -> Result<Self> {
        Ok(Self { source, seal: Arc::new(valkey.seal("snapshots")?), valkey })
    }

    /// The first snapshot of a process.
    async fn first(&self, version: &Version) -> Result<Option<Snapshot>> {
        let name = name(version);
        let end = Instant::now() + LONGEST_WAIT;
        while Instant::now() < end {
            match self.fetch(&name, version).await? {
                Found::Snapshot(snapshot) => return Ok(Some(*snapshot)),
                Found::TooLarge => return Ok(None),
                Found::Nothing if self.lease(&name).await? => return Ok(None),
                Found::Nothing => sleep(LOOK).await,
            }
        }
        Ok(None)
    }

    /// What Valkey has for a version. What is wrong, or from a stranger, is nothing.
    async fn fetch(&self, name: &str, version: &Version) -> Result<Found> {
        let mut command = redis::cmd("GET");
        command.arg(self.valkey.key("snapshot", name));
        let Some(sealed) = self.valkey.ask_within::<Option<Vec<u8>>>(&command, PATIENCE).await? else {
            return Ok(Found::Nothing);
        };
        Ok(match self.seal.open(name, &sealed) {
            Some([]) => Found::TooLarge,
            Some(value) => {
                decoded(value, version).map_or(Found::Nothing, |snapshot| Found::Snapshot(snapshot.into()))
            }
            None => Found::Nothing,
        })
    }

    /// Whether it is for this process to read the source for all.
    async fn lease(&self, name: &str) -> Result<bool> {
        let mut command = redis::cmd("SET");
        command.arg(self.valkey.key("snapshot-lease", name)).arg(1).arg("NX").arg("PX").arg(millis(LEASE));
        self.valkey.ask::<Option<String>>(&command).await.map(|set| set.is_some())
    }

    /// Keeps a snapshot for others.
    async fn keep(&self, snapshot: &Snapshot) -> Result<()> {
        let name = name(snapshot.version());
        let value = encoded(snapshot)?;
        let value = if value.len() > LONGEST { &[][..] } else { &value };
        let mut command = redis::cmd("SET");
        command.arg(self.valkey.key("snapshot", &name)).arg(self.seal.close(&name, value));
        command.arg("PX").arg(millis(LIFETIME));
        self.valkey.ask_within::<()>(&command, PATIENCE).await
    }

    /// The same for one that is newer, unless another process does so: in a task, since readers wait for the snapshot.
    fn keep_aside(&self, snapshot: &Snapshot) {
        let (shared, snapshot) = (self.clone(), snapshot.reissued());
        tokio::spawn(async move {
            if shared.lease(&name(snapshot.version())).await.unwrap_or_default() {
                shared.keep(&snapshot).await.unwrap_or_else(|error| note(&error));
            }
        });
    }
}

#[async_trait]
impl SiteRepository for SharedSnapshots {
    async fn load(&self, version: Version, known: Option<&Snapshot>) -> Result<Snapshot> {
        if known.is_some() {
            // Of what is known only the differences are read.
            let snapshot = self.source.load(version, known).await?;
            self.keep_aside(&snapshot);
            return Ok(snapshot);
        }
        match self.first(&version).await {
            Ok(Some(snapshot)) => {
                tracing::info!(version = version.as_str(), "the sites came from Valkey");
                return Ok(snapshot);
            }
            Ok(None) => {}
            Err(error) => note(&error),
        }
        let snapshot = self.source.load(version, None).await?;
        // Not aside: a function would be frozen before it has done so, and others wait.
        self.keep(&snapshot).await.unwrap_or_else(|error| note(&error));
        Ok(snapshot)
    }

    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.source.get(id).await
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.source.list(query).await
    }

    async fn list_all(&self, query: &SiteQuery) -> Result<Vec<Arc<Site>>> {
        self.source.list_all(query).await
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        self.source.facets(query).await
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        self.source.changes(query).await
    }

    async fn version(&self) -> Result<Version> {
        // What has this version is asked for next: both connections are opened at once.
        self.valkey.connect_aside();
        self.source.version().await
    }

    async fn ready(&self) -> Result<()> {
        self.source.ready().await
    }

    fn snapshot(&self) -> Option<SnapshotGuard> {
        self.source.snapshot()
    }

    fn freshness(&self) -> Option<Freshness> {
        self.source.freshness()
    }
}

/// What the snapshot of a version is kept and signed under. Another program may know other fields, so it has other names.
fn name(version: &Version) -> String {
    format!("{PROGRAM} {version}")
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn note(error: &crate::error::Error) {
    tracing::warn!(error = error.report(), "no snapshot is shared in Valkey: going on without");
}

impl fmt::Debug for SharedSnapshots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedSnapshots").field("valkey", &self.valkey).finish_non_exhaustive()
    }
}
