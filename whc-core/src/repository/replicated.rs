//! Sites in memory that follow a source: reads never wait for it, and never fail because it is away.

mod load;
mod log;
mod loss;
mod on_demand;
mod start;
mod watch;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use async_lock::MutexGuard;
use async_trait::async_trait;
use event_listener::Event;

use self::load::{Known, Refused};
use self::log::{Log, Origin};
use super::snapshot::Snapshot;
use super::{Freshness, SiteRepository, SnapshotGuard, Version};
use crate::clock::{Clock, SystemClock};
use crate::config::DEFAULT_MAX_LOSS_PERCENT;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Facets, Site, SiteId, SiteQuery};

/// A snapshot of all sites of a source, replaced whole when the version of the source moves.
///
/// Reads answer from the snapshot alone. It follows the source only while somebody asks it to, in one of two ways: a
/// process that lives runs [`watch`](Self::watch) beside its server, one that is frozen between requests calls
/// [`refresh_if_older_than`](Self::refresh_if_older_than) on the way in. Whatever goes wrong, the last good snapshot
/// stays; [`freshness`](SiteRepository::freshness) tells how old it is. That goes for a source that has lost its sites, too:
/// one without any is never shown, and of a large loss see [`with_max_loss`](Self::with_max_loss).
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
    max_loss_percent: u8,
    prepare: bool,
    /// What readers see, from the first snapshot on.
    current: OnceLock<ArcSwap<Snapshot>>,
    log: Mutex<Log>,
    /// The check under way. Whoever holds the lock drives it; where its driver gave up, the next one goes on.
    turn: async_lock::Mutex<Option<Check>>,
    /// Wakes who sleeps until the next check.
    hints: Event,
}

/// How often sites are read from a source whose version does not move.
const LOOK: Duration = Duration::from_mins(1);

/// A question to the source whether it has moved, and the reading of everything if it has.
struct Check {
    /// The checks are counted from 1.
    number: u64,
    begun: Instant,
    /// Whether it reads sites in any case.
    look: bool,
    work: Pin<Box<dyn Future<Output = Result<Option<Snapshot>>> + Send>>,
}

impl ReplicatedSites {
    /// A snapshot of `source`, by the machine's clock. There is none until the first check succeeds.
    ///
    /// The source should set a limit to its own waits: a check takes as long as its answers do.
    pub fn new(source: Arc<dyn SiteRepository>) -> Self {
        Self::with_clock(source, Arc::new(SystemClock))
    }

    /// The same, with the time from `clock`.
    pub fn with_clock(source: Arc<dyn SiteRepository>, clock: Arc<dyn Clock>) -> Self {
        Self {
            source,
            clock,
            max_loss_percent: DEFAULT_MAX_LOSS_PERCENT,
            prepare: true,
            current: OnceLock::new(),
            log: Mutex::default(),
            turn: async_lock::Mutex::new(None),
            hints: Event::new(),
        }
    }

    /// The same, not following a change after which more than `percent` of the sites shown are gone, but keeping the
    /// snapshot before it and saying so, until the sites are back or the process begins anew. Without this it is half of
    /// them. A source without any site is not followed even where the limit is 100.
    #[must_use]
    pub fn with_max_loss(self, percent: u8) -> Self {
        Self { max_loss_percent: percent, ..self }
    }

    /// The same, showing a snapshot as soon as it is read: its indexes and texts are built when a request first needs them.
    /// For a process whose start somebody waits for.
    #[must_use]
    pub fn on_demand(self) -> Self {
        Self { prepare: false, ..self }
    }

    /// Asks the source whether it has moved, and takes a new snapshot if it has. Afterwards readers see everything
    /// that was there when this was called. Several callers at once share one answer.
    ///
    /// Dropped half way, it is not lost: the next check goes on from there.
    ///
    /// # Errors
    /// The source does not answer, its schema does not fit, or its data cannot be read. The old snapshot stays.
    pub async fn refresh(&self) -> Result<()> {
        let before = self.log().started;
        let mut turn = self.turn.lock().await;
        if turn.as_ref().is_some_and(|check| check.number <= before) {
            // Left behind by a caller who gave up. It may have looked too early for this one.
            let _ = self.drive(&mut turn).await;
        }
        match self.outcome_after(before) {
            Some(outcome) => outcome,
            None => self.drive(&mut turn).await,
        }
    }

    /// The outcome of the latest check, if it began after the one with this number.
    fn outcome_after(&self, number: u64) -> Option<Result<()>> {
        let log = self.log();
        let outcome = || log.failure.as_ref().map_or(Ok(()), |failure| Err(failure.again()));
        (log.finished > number).then(outcome)
    }

    /// Brings the check under way, or a new one, to its end.
    async fn drive(&self, turn: &mut MutexGuard<'_, Option<Check>>) -> Result<()> {
        let (check, outcome) = poll_fn(|context| {
            // Out of its place while it runs, so that one which panics is not polled again.
            let mut check = turn.take().unwrap_or_else(|| self.check());
            let Poll::Ready(outcome) = check.work.as_mut().poll(context) else {
                **turn = Some(check);
                return Poll::Pending;
            };
            Poll::Ready((check, outcome))
        })
        .await;
        let outcome = outcome.and_then(|snapshot| match snapshot {
            Some(snapshot) => self.show(snapshot).map(|()| true),
            None => Ok(check.look),
        });
        self.settle(&check, outcome)
    }

    fn check(&self) -> Check {
        let shown = self.shown();
        let begun = self.clock.instant();
        let mut log = self.log();
        log.started += 1;
        let look = log.looked.is_none_or(|looked| begun.saturating_duration_since(looked) >= LOOK);
        let known = Known { shown, refused: log.refused.as_ref().map(Refused::again), look };
        let work = Box::pin(load::if_moved(Arc::clone(&self.source), known));
        Check { number: log.started, begun, look, work }
    }

    /// Notes how a check ended; where it succeeded, whether sites were read for it.
    fn settle(&self, check: &Check, outcome: Result<bool>) -> Result<()> {
        let mut log = self.log();
        (log.finished, log.begun) = (check.number, Some(check.begun));
        let before = log.note(check.begun, &outcome);
        // Others wait for the log: no event is written while it is held.
        drop(log);
        match (&outcome, before) {
            (Ok(_), Some(_)) => tracing::info!("the source of the sites answers again"),
            // Once for each cause, not once a second.
            (Err(error), before) if before.as_deref() != Some(&*error.to_string()) => {
                tracing::warn!(error = error.report(), "the sites cannot be brought up to date");
            }
            _ => {}
        }
        outcome.map(drop)
    }

    /// Shows a new snapshot to readers, unless it has lost too much.
    fn show(&self, snapshot: Snapshot) -> Result<()> {
        let version = snapshot.version();
        if let Err(reason) = loss::check(&snapshot, self.shown().as_deref(), self.max_loss_percent) {
            self.log().refused = Some(Refused { version: version.clone(), reason: reason.again() });
            return Err(reason);
        }
        if self.prepare {
            // Long work: nobody waits for it, for no lock is held.
            snapshot.prepare(self.snapshot().as_deref());
        }
        tracing::info!(
            version = version.as_str(),
            sites = snapshot.sites().len(),
            "serving a new snapshot of the sites"
        );
        let origin = Origin { loaded: self.clock.now(), embedded: false };
        let mut log = self.log();
        let before = self.publish(&mut log, snapshot, origin);
        log.refused = None;
        // To free a whole list takes its time, too.
        drop(log);
        drop(before);
        Ok(())
    }

    /// Lets readers see a snapshot; returns what they saw before.
    fn publish(&self, log: &mut Log, snapshot: Snapshot, origin: Origin) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        log.origin = Some(origin);
        self.current.get_or_init(|| ArcSwap::new(Arc::clone(&snapshot))).swap(snapshot)
    }

    /// The snapshot of the source that readers see.
    fn shown(&self) -> Option<Arc<Snapshot>> {
        let embedded = self.log().origin.is_some_and(|origin| origin.embedded);
        self.current.get().filter(|_| !embedded).map(ArcSwap::load_full)
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `answer` finds in the snapshot.
    fn read<T>(&self, answer: impl FnOnce(&Snapshot) -> T) -> Result<T> {
        self.snapshot().map(|snapshot| answer(&snapshot)).ok_or_else(|| self.empty())
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

    fn snapshot(&self) -> Option<SnapshotGuard> {
        self.current.get().map(|current| SnapshotGuard::new(current.load()))
    }

    /// Whether there is a snapshot, however old. Without one the error says what keeps it away.
    async fn ready(&self) -> Result<()> {
        self.read(|_| ()).map_err(|empty| self.log().failure.as_ref().map_or(empty, Error::again))
    }

    fn freshness(&self) -> Option<Freshness> {
        let log = self.log();
        let snapshot = self.snapshot();
        let now = self.clock.instant();
        Some(Freshness {
            version: snapshot.as_ref().map(|snapshot| snapshot.version().clone()),
            embedded: log.origin.is_some_and(|origin| origin.embedded),
            sites: snapshot.as_ref().map_or(0, |snapshot| snapshot.sites().len()),
            loaded: log.origin.map(|origin| origin.loaded),
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
