//! The keys an issuer publishes, fetched when they are needed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use enumset::EnumSet;
use tracing::{info, warn};

use super::fetch::JwksSource;
use super::jwk;
use super::key::KeySet;
use crate::clock::Clock;
use crate::config::SignatureAlgorithm;

/// How long a set counts without another look. So long at most does a key count that the issuer has taken back.
const MAX_AGE: Duration = Duration::from_mins(5);

/// The pause after a look, whatever came of it: strangers can send tokens with any key id.
const COOL_DOWN: Duration = Duration::from_secs(30);

/// The pause after a look that nobody waited for to the end.
const ABANDONED: Duration = Duration::from_secs(1);

/// The set of one issuer. Nothing runs in the background: the request that needs keys fetches them, one at a time.
pub(super) struct Jwks {
    source: Arc<dyn JwksSource>,
    allowed: EnumSet<SignatureAlgorithm>,
    clock: Arc<dyn Clock>,
    fetching: async_lock::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The last good set and when it came. It stays until there is another.
    loaded: Option<(KeySet, Instant)>,
    /// No look before this.
    not_before: Option<Instant>,
}

impl Jwks {
    pub(super) fn new(
        source: Arc<dyn JwksSource>,
        allowed: EnumSet<SignatureAlgorithm>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (fetching, state) = (async_lock::Mutex::new(()), Mutex::default());
        Self { source, allowed, clock, fetching, state }
    }

    /// The keys; `None` where no set has come yet. An old set is renewed, by one request while others go on with it.
    pub(super) async fn keys(&self) -> Option<KeySet> {
        let (keys, is_current) = self.known();
        if is_current {
            return keys;
        }
        if keys.is_none() {
            let _turn = self.fetching.lock().await;
            self.fetch_if_due().await;
        } else if let Some(_turn) = self.fetching.try_lock() {
            self.fetch_if_due().await;
        }
        self.known().0
    }

    /// The keys after another look, unless one was taken just now: for a token that names a key which is not among them.
    pub(super) async fn renewed(&self) -> Option<KeySet> {
        let _turn = self.fetching.lock().await;
        self.fetch_if_due().await;
        self.known().0
    }

    pub(super) fn is_loaded(&self) -> bool {
        self.state().loaded.is_some()
    }

    /// Fetches the set, unless it is too early, as it is where another request has just done so. The caller holds the lock
    /// of `fetching`.
    async fn fetch_if_due(&self) {
        let not_before = self.state().not_before;
        if not_before.is_some_and(|time| self.clock.instant() < time) {
            return;
        }
        self.pause(ABANDONED);
        let fetched = self.source.fetch().await.and_then(|text| jwk::read_set(&text, self.allowed));
        self.pause(COOL_DOWN);
        match fetched {
            Ok(keys) => {
                info!(keys = keys.len(), "the keys for tokens were fetched");
                self.state().loaded = Some((keys, self.clock.instant()));
            }
            Err(error) => warn!(error = error.report(), "the keys for tokens could not be fetched"),
        }
    }

    /// The keys, and whether no look is due.
    fn known(&self) -> (Option<KeySet>, bool) {
        let state = self.state();
        let Some((keys, at)) = &state.loaded else { return (None, false) };
        (Some(Arc::clone(keys)), self.clock.instant().saturating_duration_since(*at) < MAX_AGE)
    }

    fn pause(&self, duration: Duration) {
        self.state().not_before = Some(self.clock.instant() + duration);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
