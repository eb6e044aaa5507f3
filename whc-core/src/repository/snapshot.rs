//! Sites in memory that follow a source: reads never wait for it, and never fail because it is away.

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

use super::picture::Picture;
use super::{Freshness, SiteRepository, Version};
use crate::clock::{Clock, SystemClock};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{Facets, Site, SiteId, SiteQuery};

/// A picture of all sites of a source, replaced whole when the version of the source moves.
///
/// Reads answer from the picture alone. It follows the source only while somebody asks it to, in one of two ways: a
/// process that lives runs [`watch`](Self::watch) beside its server, one that is frozen between requests calls
/// [`refresh_if_older_than`](Self::refresh_if_older_than) on the way in. Whatever goes wrong, the last good picture
/// stays; [`freshness`](SiteRepository::freshness) tells how old it is.
///
/// ```
/// # use std::sync::Arc;
/// # use whc_core::{MemorySites, SiteId, SiteRepository, SnapshotSites};
/// # async fn example() -> whc_core::Result<()> {
/// let sites = SnapshotSites::new(Arc::new(MemorySites::embedded()?));
/// sites.refresh().await?;
/// assert!(sites.get(SiteId::new(2)?).await?.is_some());
/// # Ok(())
/// # }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
/// ```
pub struct SnapshotSites {
    source: Arc<dyn SiteRepository>,
    clock: Arc<dyn Clock>,
    shown: ArcSwapOption<Shown>,
    log: Mutex<Log>,
    /// The check under way. Whoever holds the lock drives it; where its driver gave up, the next one goes on.
    turn: async_lock::Mutex<Option<Check>>,
}

/// What readers see.
struct Shown {
    picture: Arc<Picture>,
    loaded: SystemTime,
    embedded: bool,
}

/// What became of the checks so far.
#[derive(Default)]
struct Log {
    /// How many checks have begun, and the number of the latest that came to an end.
    started: u64,
    finished: u64,
    /// When the latest finished check began: it saw what was true then.
    begun: Option<Instant>,
    /// The same of the latest that succeeded.
    passed: Option<Instant>,
    /// Why the latest failed.
    failure: Option<Error>,
    /// When a request last set out to check.
    tried: Option<Instant>,
}

/// A question to the source whether it has moved, and the reading of everything if it has.
struct Check {
    /// The checks are counted from 1.
    number: u64,
    begun: Instant,
    work: Pin<Box<dyn Future<Output = Result<Option<Picture>>> + Send>>,
}

impl SnapshotSites {
    /// A picture of `source`, by the machine's clock. There is none until the first check succeeds.
    ///
    /// The source should set a limit to its own waits: a check takes as long as its answers do.
    pub fn new(source: Arc<dyn SiteRepository>) -> Self {
        Self::with_clock(source, Arc::new(SystemClock))
    }

    /// The same, with the time from `clock`.
    pub fn with_clock(source: Arc<dyn SiteRepository>, clock: Arc<dyn Clock>) -> Self {
        let (shown, log, turn) = (ArcSwapOption::empty(), Mutex::default(), async_lock::Mutex::new(None));
        Self { source, clock, shown, log, turn }
    }

    /// Asks the source whether it has moved, and takes a new picture if it has. Afterwards readers see everything
    /// that was there when this was called. Several callers at once share one answer.
    ///
    /// Dropped half way, it is not lost: the next check goes on from there.
    ///
    /// # Errors
    /// The source does not answer, its schema does not fit, or its data cannot be read. The old picture stays.
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
        let (number, begun, outcome) = poll_fn(|context| {
            // Out of its place while it runs, so that one which panics is not polled again.
            let mut check = turn.take().unwrap_or_else(|| self.check());
            let Poll::Ready(outcome) = check.work.as_mut().poll(context) else {
                **turn = Some(check);
                return Poll::Pending;
            };
            Poll::Ready((check.number, check.begun, outcome))
        })
        .await;
        self.settle(number, begun, outcome)
    }

    fn check(&self) -> Check {
        let shown = self.shown.load();
        let known = shown.iter().find(|shown| !shown.embedded).map(|shown| shown.picture.version().clone());
        let mut log = self.log();
        log.started += 1;
        Check {
            number: log.started,
            begun: self.clock.instant(),
            work: Box::pin(load::if_moved(Arc::clone(&self.source), known)),
        }
    }

    fn settle(&self, number: u64, begun: Instant, outcome: Result<Option<Picture>>) -> Result<()> {
        let mut log = self.log();
        (log.finished, log.begun) = (number, Some(begun));
        match outcome {
            Ok(picture) => {
                log.passed = Some(begun);
                if log.failure.take().is_some() {
                    tracing::info!("the source of the sites answers again");
                }
                if let Some(picture) = picture {
                    self.show(picture);
                }
                Ok(())
            }
            Err(error) => {
                // Once for each cause, not once a second.
                if log.failure.as_ref().is_none_or(|known| known.to_string() != error.to_string()) {
                    tracing::warn!(error = error.report(), "the sites cannot be brought up to date");
                }
                log.failure = Some(error.again());
                Err(error)
            }
        }
    }

    fn show(&self, picture: Picture) {
        let version = picture.version().as_str();
        picture.prepare(self.shown.load().as_ref().map(|shown| &*shown.picture));
        tracing::info!(version, sites = picture.sites().len(), "serving a new picture of the sites");
        let shown = Shown { picture: Arc::new(picture), loaded: self.clock.now(), embedded: false };
        self.shown.store(Some(Arc::new(shown)));
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `answer` finds in the picture.
    fn read<T>(&self, answer: impl FnOnce(&Picture) -> T) -> Result<T> {
        let shown = self.shown.load();
        shown.as_ref().map(|shown| answer(&shown.picture)).ok_or_else(|| self.empty())
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
impl SiteRepository for SnapshotSites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.read(|picture| picture.get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.read(|picture| picture.list(query))
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        self.read(|picture| picture.facets(query))
    }

    async fn version(&self) -> Result<Version> {
        self.read(|picture| picture.version().clone())
    }

    fn picture(&self) -> Option<Arc<Picture>> {
        self.shown.load().as_ref().map(|shown| Arc::clone(&shown.picture))
    }

    /// Whether there is a picture, however old. Without one the error says what keeps it away.
    async fn ready(&self) -> Result<()> {
        self.read(|_| ()).map_err(|empty| self.log().failure.as_ref().map_or(empty, Error::again))
    }

    fn freshness(&self) -> Option<Freshness> {
        let shown = self.shown.load();
        let log = self.log();
        let now = self.clock.instant();
        Some(Freshness {
            version: shown.as_ref().map(|shown| shown.picture.version().clone()),
            embedded: shown.as_ref().is_some_and(|shown| shown.embedded),
            loaded: shown.as_ref().map(|shown| shown.loaded),
            age: log.passed.map(|passed| now.saturating_duration_since(passed)),
            failure: log.failure.as_ref().map(Error::to_string),
        })
    }
}

impl fmt::Debug for SnapshotSites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SnapshotSites").field("freshness", &self.freshness()).finish_non_exhaustive()
    }
}
