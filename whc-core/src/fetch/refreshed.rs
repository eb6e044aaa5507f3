//! What others publish, fetched when it is needed.

use std::fmt;
use std::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tracing::{info, warn};

use crate::clock::Clock;
use crate::error::Result;

/// How long something counts without another look. So long at most does a key count that the issuer has taken back.
const MAX_AGE: Duration = Duration::from_mins(5);

/// The pause after a look, whatever came of it: strangers can send tokens with any key id.
const COOL_DOWN: Duration = Duration::from_secs(30);

/// The pause after a look that nobody waited for to the end.
const ABANDONED: Duration = Duration::from_secs(1);

/// Where something is published.
#[async_trait]
pub(crate) trait Source: Send + Sync + 'static {
    /// What is there, cheap to clone.
    type Published: Clone + Send + Sync;
    /// What the log calls it, in the plural.
    const NAME: &'static str;

    /// What is there now.
    async fn fetch(&self) -> Result<Self::Published>;
}

/// The last good look at a source. Nothing runs in the background: the request that needs it looks, one at a time.
pub(crate) struct Refreshed<S: Source> {
    source: S,
    clock: Arc<dyn Clock>,
    fetching: async_lock::Mutex<()>,
    state: Mutex<State<S::Published>>,
}

struct State<T> {
    /// What was there, and when. It stays until there is another.
    loaded: Option<(T, Instant)>,
    /// No look before this.
    not_before: Option<Instant>,
}

impl<S: Source> Refreshed<S> {
    pub(crate) fn new(source: S, clock: Arc<dyn Clock>) -> Self {
        let state = Mutex::new(State { loaded: None, not_before: None });
        Self { source, clock, fetching: async_lock::Mutex::new(()), state }
    }

    /// What is published; `None` where nothing has come yet. What is old is renewed, by one request while others go on with it.
    pub(crate) async fn current(&self) -> Option<S::Published> {
        let (known, is_current) = self.known();
        if is_current {
            return known;
        }
        if known.is_none() {
            let _turn = self.fetching.lock().await;
            self.fetch_if_due().await;
        } else if let Some(_turn) = self.fetching.try_lock() {
            self.fetch_if_due().await;
        }
        self.known().0
    }

    /// The same after another look, unless one was taken just now.
    pub(crate) async fn renewed(&self) -> Option<S::Published> {
        let _turn = self.fetching.lock().await;
        self.fetch_if_due().await;
        self.known().0
    }

    /// Whether anything has come yet.
    pub(crate) fn is_loaded(&self) -> bool {
        self.state().loaded.is_some()
    }

    /// Looks, unless it is too early, as it is where another request has just done so. The caller holds the lock of
    /// `fetching`.
    async fn fetch_if_due(&self) {
        let not_before = self.state().not_before;
        if not_before.is_some_and(|time| self.clock.instant() < time) {
            return;
        }
        self.pause(ABANDONED);
        let fetched = self.source.fetch().await;
        self.pause(COOL_DOWN);
        match fetched {
            Ok(published) => {
                info!("{} were fetched", S::NAME);
                self.state().loaded = Some((published, self.clock.instant()));
            }
            Err(error) => warn!(error = error.report(), "{} could not be fetched", S::NAME),
        }
    }

    /// What was there, and whether no look is due.
    fn known(&self) -> (Option<S::Published>, bool) {
        let state = self.state();
        let Some((known, at)) = &state.loaded else { return (None, false) };
        (Some(known.clone()), self.clock.instant().saturating_duration_since(*at) < MAX_AGE)
    }

    fn pause(&self, duration: Duration) {
        self.state().not_before = Some(self.clock.instant() + duration);
    }

    fn state(&self) -> MutexGuard<'_, State<S::Published>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Source> fmt::Debug for Refreshed<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refreshed").field("what", &S::NAME).finish_non_exhaustive()
    }
}
