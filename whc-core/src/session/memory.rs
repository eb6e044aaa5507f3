//! Sessions in the memory of one process.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;

use super::{Fingerprint, Session, SessionStore};
use crate::clock::Clock;
use crate::error::{Error, Result};

/// As many sessions are kept, and as many marks. A session is about a kilobyte.
const MAX_SESSIONS: usize = 10_000;
const MAX_MARKS: usize = 100_000;

/// A store of sessions for a single process, which ends with it. At most 10 000 are kept: for one more, that which would expire
/// first ends.
pub struct MemorySessions {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sessions: HashMap<Fingerprint, Session>,
    marks: HashMap<Fingerprint, SystemTime>,
}

impl MemorySessions {
    /// An empty store.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Mutex::default() }
    }

    /// How many sessions there are, those that have expired and were not looked for yet included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state().sessions.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the sessions that `is_one` says. How many there were.
    fn remove_those(&self, is_one: impl Fn(&Session) -> bool) -> usize {
        let mut state = self.state();
        let before = state.sessions.len();
        state.sessions.retain(|_, session| !is_one(session));
        before - state.sessions.len()
    }
}

impl State {
    fn make_room(&mut self, now: SystemTime) {
        if self.sessions.len() < MAX_SESSIONS {
            return;
        }
        self.sessions.retain(|_, session| session.is_current(now));
        if self.sessions.len() >= MAX_SESSIONS {
            let first = self.sessions.iter().min_by_key(|(_, session)| session.expires);
            first.map(|(id, _)| *id).and_then(|id| self.sessions.remove(&id));
        }
    }
}

#[async_trait]
impl SessionStore for MemorySessions {
    async fn insert(&self, id: Fingerprint, session: &Session) -> Result<()> {
        let mut state = self.state();
        state.make_room(self.clock.now());
        state.sessions.insert(id, session.clone());
        Ok(())
    }

    async fn find(&self, id: Fingerprint) -> Result<Option<Session>> {
        Ok(self.state().sessions.get(&id).cloned())
    }

    async fn update(&self, id: Fingerprint, session: &Session) -> Result<bool> {
        let mut state = self.state();
        let kept = state.sessions.get_mut(&id);
        Ok(kept.map(|kept| *kept = session.clone()).is_some())
    }

    async fn remove(&self, id: Fingerprint) -> Result<bool> {
        Ok(self.state().sessions.remove(&id).is_some())
    }

    async fn of_account(&self, account: Fingerprint) -> Result<Vec<(Fingerprint, Session)>> {
        let state = self.state();
        let own = state.sessions.iter().filter(|(_, session)| session.account.fingerprint() == account);
        Ok(own.map(|(id, session)| (*id, session.clone())).collect())
    }

    async fn remove_account(&self, account: Fingerprint) -> Result<usize> {
        Ok(self.remove_those(|session| session.account.fingerprint() == account))
    }

    async fn remove_provider_session(&self, provider_session: Fingerprint) -> Result<usize> {
        Ok(self.remove_those(|session| session.provider_fingerprint() == Some(provider_session)))
    }

    async fn use_once(&self, what: Fingerprint, expires: SystemTime) -> Result<bool> {
        let now = self.clock.now();
        let mut state = self.state();
        if state.marks.len() >= MAX_MARKS {
            state.marks.retain(|_, expires| now < *expires);
        }
        if state.marks.len() >= MAX_MARKS {
            // To forget one would let it be used again.
            return Err(Error::unavailable("too much was used once of late"));
        }
        Ok(state.marks.insert(what, expires).is_none_or(|earlier| earlier <= now))
    }
}

impl fmt::Debug for MemorySessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySessions").field("sessions", &self.len()).finish_non_exhaustive()
    }
}
