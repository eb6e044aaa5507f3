//! A replica of another store in memory: reads never wait for that store, and never fail because it is unavailable.

mod load;
mod on_demand;
mod start;
mod watch;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Instant, SystemTime};

use arc_swap::ArcSwapOption;
use async_lock::MutexGuard;
use async_trait::async_trait;
use event_listener::Event;

use super::snapshot::Snapshot;
use super::{Checks, Freshness, SiteRepository, Version};
use crate::clock::{Clock, SystemClock};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Facets, Site, SiteId, SiteQuery};

/// A snapshot of all sites of a source, replaced whole when the version of the source moves.
///
/// Reads use the snapshot only. It is updated in one of two ways: a process that runs all the time polls with
/// [`watch`](Self::watch) beside its server; one that is frozen between requests calls
/// [`refresh_if_older_than`](Self::refresh_if_older_than) before each request. After a failure the last good snapshot
/// stays; [`freshness`](SiteRepository::freshness) has its age.
///
/// ```
/// # use std::sync::Arc;
/// # use whc_core::{MemorySites, SiteId, SiteRepository, ReplicatedSites};
/// # async fn example() -> whc_core::Result<()> {
/// let sites = ReplicatedSites::new(Arc::new(MemorySites::embedded()?));
/// sites.refresh().await?;
/// assert!(sites.get(SiteId::new(2)?).await?.is_some());
/// # Ok(())
/// # }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
/// ```
pub struct ReplicatedSites {
    source: Arc<dyn SiteRepository>,
    clock: Arc<dyn Clock>,
    current: ArcSwapOption<Current>,
    log: Mutex<Log>,
    /// The check in progress. The caller with the lock drives it; if that caller is cancelled, the next one continues.
    running: async_lock::Mutex<Option<Check>>,
    /// Wakes [`watch`](Self::watch) before its next check is due.
    hints: Event,
}

/// The snapshot that reads use.
struct Current {
    snapshot: Arc<Snapshot>,
    loaded: SystemTime,
    embedded: bool,
}

/// The outcomes of the checks so far.
#[derive(Default)]
struct Log {
    /// How many checks have begun, and the number of the latest finished one.
    started: u64,
    finished: u64,
    /// When the latest finished check began: its outcome is about that time.
    begun: Option<Instant>,
    /// The same of the latest that succeeded.
    passed: Option<Instant>,
    checks: Checks,
    /// Why the latest failed.
    failure: Option<Error>,
    /// When a request last tried to check.
    tried: Option<Instant>,
}

/// A comparison of the source's version with ours, and a load of all data if it is new.
struct Check {
    /// The checks are counted from 1.
    number: u64,
    begun: Instant,
    work: Pin<Box<dyn Future<Output = Result<Option<Snapshot>>> + Send>>,
}

impl ReplicatedSites {
    /// A replica of `source`, by the machine's clock. It has no snapshot until the first check succeeds.
    ///
    /// The source should have time limits of its own: a check takes as long as its calls do.
    pub fn new(source: Arc<dyn SiteRepository>) -> Self {
        Self::with_clock(source, Arc::new(SystemClock))
    }

    /// The same, with the time from `clock`.
    pub fn with_clock(source: Arc<dyn SiteRepository>, clock: Arc<dyn Clock>) -> Self {
        let (current, log, running) =
            (ArcSwapOption::empty(), Mutex::default(), async_lock::Mutex::new(None));
        Self { source, clock, current, log, running, hints: Event::new() }
    }

    /// Checks the version of the source, and loads a new snapshot if it has changed. Afterwards reads see all data that
    /// were there when this was called. Several callers at the same time share one outcome.
    ///
    /// If this future is dropped, the next check continues where it was.
    ///
    /// # Errors
    /// The source does not answer, its schema does not fit, or its data cannot be read. The old snapshot stays.
    pub async fn refresh(&self) -> Result<()> {
        let before = self.log().started;
        let mut running = self.running.lock().await;
        if running.as_ref().is_some_and(|check| check.number <= before) {
            // Left by a cancelled caller. It may have read the version before this call, so its outcome may not do.
            let _ = self.drive(&mut running).await;
        }
        match self.outcome_after(before) {
            Some(outcome) => outcome,
            None => self.drive(&mut running).await,
        }
    }

    /// The outcome of the latest check, if it began after the one with this number.
    fn outcome_after(&self, number: u64) -> Option<Result<()>> {
        let log = self.log();
        let outcome = || log.failure.as_ref().map_or(Ok(()), |failure| Err(failure.again()));
        (log.finished > number).then(outcome)
    }

    /// Drives the check in progress, or a new one, to its end.
    async fn drive(&self, running: &mut MutexGuard<'_, Option<Check>>) -> Result<()> {
        let (number, begun, outcome) = poll_fn(|context| {
            // Taken out while it is polled, so that a check that panics is not polled again.
            let mut check = running.take().unwrap_or_else(|| self.new_check());
            let Poll::Ready(outcome) = check.work.as_mut().poll(context) else {
                **running = Some(check);
                return Poll::Pending;
            };
            Poll::Ready((check.number, check.begun, outcome))
        })
        .await;
        self.settle(number, begun, outcome)
    }

    fn new_check(&self) -> Check {
        let current = self.current.load();
        let known = current
            .iter()
            .find(|current| !current.embedded)
            .map(|current| current.snapshot.version().clone());
        let mut log = self.log();
        log.started += 1;
        Check {
            number: log.started,
            begun: self.clock.instant(),
            work: Box::pin(load::if_moved(Arc::clone(&self.source), known)),
        }
    }

    fn settle(&self, number: u64, begun: Instant, outcome: Result<Option<Snapshot>>) -> Result<()> {
        let mut log = self.log();
        (log.finished, log.begun) = (number, Some(begun));
        match outcome {
            Ok(snapshot) => {
                log.passed = Some(begun);
                log.checks.succeeded += 1;
                if log.failure.take().is_some() {
                    tracing::info!("the source of the sites answers again");
                }
                if let Some(snapshot) = snapshot {
                    self.publish(snapshot);
                }
                Ok(())
            }
            Err(error) => {
                log.checks.failed += 1;
                // Logged once for each cause, not for each check.
                if log.failure.as_ref().is_none_or(|known| known.to_string() != error.to_string()) {
                    tracing::warn!(error = error.report(), "the sites cannot be brought up to date");
                }
                log.failure = Some(error.again());
                Err(error)
            }
        }
    }

    fn publish(&self, snapshot: Snapshot) {
        let version = snapshot.version().as_str();
        snapshot.prepare(self.current.load().as_ref().map(|current| &*current.snapshot));
        tracing::info!(version, sites = snapshot.sites().len(), "serving a new snapshot of the sites");
        let current = Current { snapshot: Arc::new(snapshot), loaded: self.clock.now(), embedded: false };
        self.current.store(Some(Arc::new(current)));
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `answer` finds in the snapshot.
    fn read<T>(&self, answer: impl FnOnce(&Snapshot) -> T) -> Result<T> {
        let current = self.current.load();
        current.as_ref().map(|current| answer(&current.snapshot)).ok_or_else(|| self.empty())
    }

    fn empty(&self) -> Error {
        let empty = Error::unavailable("the sites are not loaded yet");
        match &self.log().failure {
            Some(failure) => empty.with_source(failure.to_string()),
            None => empty,
        }
    }
}

#[async_trait]
impl SiteRepository for ReplicatedSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.read(|snapshot| snapshot.get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.read(|snapshot| snapshot.list(query))
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        self.read(|snapshot| snapshot.facets(query))
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        self.read(|snapshot| snapshot.changes(query))
    }

    async fn version(&self) -> Result<Version> {
        self.read(|snapshot| snapshot.version().clone())
    }

    fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.current.load().as_ref().map(|current| Arc::clone(&current.snapshot))
    }

    /// Whether there is a snapshot, however old. Without one the error is that of the latest check.
    async fn ready(&self) -> Result<()> {
        self.read(|_| ()).map_err(|empty| self.log().failure.as_ref().map_or(empty, Error::again))
    }

    fn freshness(&self) -> Option<Freshness> {
        let current = self.current.load();
        let log = self.log();
        let now = self.clock.instant();
        Some(Freshness {
            version: current.as_ref().map(|current| current.snapshot.version().clone()),
            embedded: current.as_ref().is_some_and(|current| current.embedded),
            sites: current.as_ref().map_or(0, |current| current.snapshot.sites().len()),
            loaded: current.as_ref().map(|current| current.loaded),
            age: log.passed.map(|passed| now.saturating_duration_since(passed)),
            failure: log.failure.as_ref().map(Error::to_string),
            checks: log.checks,
        })
    }
}

impl fmt::Debug for ReplicatedSites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplicatedSites").field("freshness", &self.freshness()).finish_non_exhaustive()
    }
}
