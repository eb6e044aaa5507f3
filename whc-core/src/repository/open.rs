//! From a configuration to the repository it names, and the future that keeps that up to date.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "valkey")]
use super::SharedSnapshots;
#[cfg(feature = "postgres")]
use super::{ChangeListener, PostgresContacts, PostgresSites, WriteThrough};
use super::{ContactRepository, MemoryContacts, MemorySites, ReplicatedSites, SiteRepository, SiteStore};
use crate::config::Config;
#[cfg(feature = "valkey")]
use crate::config::SecretKeys;
use crate::error::Result;
use crate::future::{catch_panic, first};
#[cfg(feature = "oidc")]
use crate::session::SessionStore;
#[cfg(feature = "valkey")]
use crate::valkey::Valkey;
#[cfg(all(feature = "oidc", feature = "valkey"))]
use crate::valkey::ValkeySessions;

/// A repository, and how it is kept up to date.
#[derive(Clone)]
#[non_exhaustive]
pub struct Opened {
    /// Where to read sites.
    pub sites: Arc<dyn SiteRepository>,
    /// The same by its own type where it replicates another store: it must be loaded
    /// ([`start`](ReplicatedSites::start)) and kept up to date ([`follow`](Self::follow)).
    pub replica: Option<Arc<ReplicatedSites>>,
    /// Receives the database's notifications of changes, where `DATABASE_LISTEN_URL` is configured.
    #[cfg(feature = "postgres")]
    pub listener: Option<Arc<ChangeListener>>,
    /// Where contacts and the audit are kept; `None` without a database, but for development in memory.
    pub contacts: Option<Arc<dyn ContactRepository>>,
    /// Where sessions are kept that other instances know of too; `None` where each keeps its own in memory.
    #[cfg(feature = "oidc")]
    pub sessions: Option<Arc<dyn SessionStore>>,
    /// What processes share, where a Valkey is configured.
    #[cfg(feature = "valkey")]
    pub valkey: Option<Valkey>,
    /// Where single sites are changed; `None` without a login to the database that writes, but for development in memory.
    pub store: Option<Arc<dyn SiteStore>>,
}

/// The repository a configuration names: a replica of PostgreSQL where a database is configured, else the embedded
/// facts. It opens no connection: the replica is empty until the first check.
///
/// # Errors
/// The configuration names a file that cannot be read.
pub fn open(config: &Config) -> Result<Opened> {
    #[cfg(feature = "valkey")]
    {
        let valkey = open_valkey(config)?;
        let opened = open_sites(config, |source| match &valkey {
            Some(valkey) => Ok(Arc::new(SharedSnapshots::new(source, valkey.clone())?)),
            None => Ok(source),
        })?;
        #[cfg(feature = "oidc")]
        let opened = Opened { sessions: sessions(valkey.as_ref())?, ..opened };
        Ok(Opened { valkey, ..opened })
    }
    #[cfg(not(feature = "valkey"))]
    open_sites(config, Ok)
}

/// Where sessions are kept that all processes know of.
#[cfg(all(feature = "oidc", feature = "valkey"))]
fn sessions(valkey: Option<&Valkey>) -> Result<Option<Arc<dyn SessionStore>>> {
    let store = |valkey: &Valkey| ValkeySessions::new(valkey.clone()).map(|store| Arc::new(store) as _);
    valkey.map(store).transpose()
}

/// The Valkey a configuration names.
#[cfg(feature = "valkey")]
fn open_valkey(config: &Config) -> Result<Option<Valkey>> {
    let Some(valkey) = &config.valkey else { return Ok(None) };
    tracing::info!(server = valkey.to_string(), "sharing answers in Valkey");
    let secrets = config.secret_keys.clone().unwrap_or_else(|| {
        tracing::warn!(
            "SECRET_KEY_BASE is not set: what is shared in Valkey is signed with a key that everybody knows"
        );
        SecretKeys::for_development()
    });
    Valkey::new(valkey, &secrets).map(Some)
}

/// The sites, of a source that `sharing` may put something in front of.
fn open_sites(
    config: &Config,
    sharing: impl FnOnce(Arc<dyn SiteRepository>) -> Result<Arc<dyn SiteRepository>>,
) -> Result<Opened> {
    #[cfg(not(feature = "postgres"))]
    let _ = sharing;
    #[cfg(feature = "postgres")]
    if let Some(database) = &config.database {
        tracing::info!(host = database.host, database = database.name, "serving from PostgreSQL");
        let replica = ReplicatedSites::new(sharing(Arc::new(PostgresSites::new(database)?))?)
            .with_max_loss(config.snapshot.max_loss_percent);
        let replica = if config.snapshot.prepare { replica } else { replica.on_demand() };
        let listener = config.listen.as_ref().map(ChangeListener::new).transpose()?.map(Arc::new);
        let contacts = PostgresContacts::new(config.write.as_ref().unwrap_or(database))?;
        let replica = Arc::new(replica);
        // Whoever reads sites does not write them in passing: that takes a login of its own.
        let store = config.write.is_some().then(|| beside(contacts.sites(), &replica));
        let contacts = Some(Arc::new(contacts) as _);
        return Ok(Opened { listener, contacts, store, ..Opened::from_replica(replica) });
    }
    tracing::info!("no database is configured (DATABASE_URL): serving the World Heritage List compiled in");
    let sites = MemorySites::embedded()?;
    if config.snapshot.prepare {
        sites.prepare();
    }
    if !config.development.disable_auth {
        return Ok(Opened::new(Arc::new(sites)));
    }
    tracing::info!("changes of sites, contacts and the audit are in memory, and gone when this ends");
    let contacts = MemoryContacts::new();
    let sites = Arc::new(sites.with_audit(contacts.audit()));
    let store: Arc<dyn SiteStore> = Arc::<MemorySites>::clone(&sites);
    Ok(Opened { contacts: Some(Arc::new(contacts)), store: Some(store), ..Opened::new(sites) })
}

/// Where single sites are changed, beside the replica that follows.
#[cfg(feature = "postgres")]
fn beside(sites: PostgresSites, replica: &Arc<ReplicatedSites>) -> Arc<dyn SiteStore> {
    Arc::new(WriteThrough::new(Arc::new(sites), Arc::clone(replica), tokio::time::sleep))
}

impl Opened {
    /// A store that is not a replica.
    #[must_use]
    pub fn new(sites: Arc<dyn SiteRepository>) -> Self {
        Self {
            sites,
            replica: None,
            #[cfg(feature = "postgres")]
            listener: None,
            contacts: None,
            #[cfg(feature = "oidc")]
            sessions: None,
            #[cfg(feature = "valkey")]
            valkey: None,
            store: None,
        }
    }

    /// A replica without a listener.
    #[must_use]
    pub fn from_replica(replica: Arc<ReplicatedSites>) -> Self {
        let sites: Arc<dyn SiteRepository> = Arc::<ReplicatedSites>::clone(&replica);
        Self { replica: Some(replica), ..Self::new(sites) }
    }

    /// Keeps the sites up to date until `shutdown` resolves: checks the version of the database every `poll`, and at once
    /// where the listener receives a notification. Where the sites are no replica it only waits.
    ///
    /// `sleep` waits, as `tokio::time::sleep` does. Loading a snapshot is CPU work: run this as a task of its own, beside
    /// the server. A panic is logged and the watch starts again, so that the snapshot does not stay old for good.
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
                // It ends by a panic only. Boxed, because the future is large and part of other futures.
                catch_panic(Box::pin(self.watch(replica, poll, &sleep)).as_mut()).await;
                tracing::error!("watching the database panicked and begins anew");
                sleep(poll).await;
            }
        };
        first(following, shutdown).await;
    }

    /// Checks every `poll`, and at once after a notification.
    async fn watch<S>(&self, replica: &ReplicatedSites, poll: Duration, sleep: &impl Fn(Duration) -> S)
    where
        S: Future<Output = ()>,
    {
        let watching = replica.watch(poll, sleep);
        #[cfg(feature = "postgres")]
        if let Some(listener) = &self.listener {
            // Neither of them ends.
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::task::{Context, Waker};

    use super::open;
    use crate::config::Config;
    use crate::repository::{MemorySites, ReplicatedSites, SiteRepository};

    #[test]
    fn a_server_has_everything_ready_and_a_function_nothing() {
        for prepare in [true, false] {
            let mut config = Config::default();
            config.snapshot.prepare = prepare;
            let snapshot = open(&config).unwrap().sites.snapshot().unwrap();
            assert_eq!(snapshot.is_prepared(), prepare, "embedded");

            let source = Arc::new(MemorySites::embedded().unwrap());
            let replica = ReplicatedSites::new(source as _);
            let replica = if prepare { replica } else { replica.on_demand() };
            let mut context = Context::from_waker(Waker::noop());
            assert!(std::pin::pin!(replica.refresh()).poll(&mut context).is_ready());
            assert_eq!(replica.snapshot().unwrap().is_prepared(), prepare, "replicated");
        }
    }
}
