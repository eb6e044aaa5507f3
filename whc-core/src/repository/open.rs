//! From a configuration to the repository it asks for, and what keeps that up to date.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "postgres")]
use super::{ChangeListener, PostgresSites};
use super::{MemorySites, ReplicatedSites, SiteRepository};
use crate::config::Config;
use crate::error::Result;
use crate::future::{catch_panic, first};

/// A repository, with what keeps it up to date.
#[derive(Clone)]
#[non_exhaustive]
pub struct Opened {
    /// Where to read sites.
    pub sites: Arc<dyn SiteRepository>,
    /// The same as what it is, where it replicates another store: it must be loaded
    /// ([`start`](ReplicatedSites::start)) and kept up to date ([`follow`](Self::follow)).
    pub replica: Option<Arc<ReplicatedSites>>,
    /// Hears from the database when the snapshot is out of date, where a way to do so is configured.
    #[cfg(feature = "postgres")]
    pub listener: Option<Arc<ChangeListener>>,
}

/// The repository a configuration asks for: a snapshot of PostgreSQL where a database is configured, else the embedded
/// facts. Connects to nothing yet: the snapshot is empty until the first check.
///
/// # Errors
/// The configuration names a file that cannot be read.
pub fn open(config: &Config) -> Result<Opened> {
    #[cfg(feature = "postgres")]
    if let Some(database) = &config.database {
        tracing::info!(host = database.host, database = database.name, "serving from PostgreSQL");
        let replica = ReplicatedSites::new(Arc::new(PostgresSites::new(database)?));
        let listener = config.listen.as_ref().map(ChangeListener::new).transpose()?.map(Arc::new);
        return Ok(Opened { listener, ..Opened::from_replica(Arc::new(replica)) });
    }
    let _ = config;
    tracing::info!("no database is configured (DATABASE_URL): serving the World Heritage List compiled in");
    Ok(Opened::new(Arc::new(MemorySites::embedded()?)))
}

impl Opened {
    /// A store that needs nobody to keep it up to date.
    #[must_use]
    pub fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self {
            sites,
            replica: None,
            #[cfg(feature = "postgres")]
            listener: None,
        }
    }

    /// A replica, which no listener wakes.
    #[must_use]
    pub fn from_replica(replica: Arc<ReplicatedSites>) -> Self {
        let sites: Arc<dyn SiteRepository> = Arc::<ReplicatedSites>::clone(&replica);
        Self { replica: Some(replica), ..Self::new(sites) }
    }

    /// Keeps the sites up to date until `shutdown` resolves: asks the database every `poll` whether its data has moved,
    /// and at once where the listener hears of a change. Where the sites follow no other store it only waits.
    ///
    /// `sleep` waits, as `tokio::time::sleep` does. Loading a snapshot is work for a processor: run this as a task of its
    /// own, beside what accepts requests. A panic is logged, and the watch begins anew: the snapshot must not stay as it
    /// is for good.
    ///
    /// ```no_run
    /// # async fn example(config: whc_core::Config) -> whc_core::Result<()> {
    /// let opened = whc_core::repository::open(&config)?;
    /// let app = whc_core::App::new(opened.sites.clone());
    /// tokio::spawn(async move {
    ///     opened.follow(config.snapshot.poll, tokio::time::sleep, std::future::pending()).await;
    /// });
    /// # Ok(())
    /// # }
    /// ```
    pub async fn follow<S>(
        &self,
        poll: Duration,
        sleep: impl Fn(Duration) -> S,
        shutdown: impl Future<Output = ()>,
    ) where
        S: Future<Output = ()>,
    {
        let Some(replica) = &self.replica else { return shutdown.await };
        let following = async {
            loop {
                // It ends by a panic only. On the heap, for it is large, and others are made of this one.
                catch_panic(Box::pin(self.watch(replica, poll, &sleep))).await;
                tracing::error!("watching the database panicked and begins anew");
                sleep(poll).await;
            }
        };
        first(following, shutdown).await;
    }

    /// Asks every `poll`, and at once where a change is heard.
    async fn watch<S>(&self, replica: &ReplicatedSites, poll: Duration, sleep: &impl Fn(Duration) -> S)
    where
        S: Future<Output = ()>,
    {
        let watching = replica.watch(poll, sleep);
        #[cfg(feature = "postgres")]
        if let Some(listener) = &self.listener {
            // Neither ends.
            first(watching, listener.listen(|| replica.hint())).await;
            return;
        }
        watching.await;
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("replica", &self.replica).finish_non_exhaustive()
    }
}
