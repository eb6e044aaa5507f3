//! Sessions as the service uses them: which count, and for how long.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Fingerprint, Session, SessionId, SessionStore};
use crate::clock::Clock;
use crate::config::SessionConfig;
use crate::error::Result;

/// Uses are noted no more often than this, so that a page of many requests does not write for each.
const NOTED_EVERY: Duration = Duration::from_mins(1);

/// The sessions of a store that count now.
#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    store: Arc<dyn SessionStore>,
    config: SessionConfig,
    clock: Arc<dyn Clock>,
}

impl Sessions {
    pub(crate) fn new(store: Arc<dyn SessionStore>, config: SessionConfig, clock: Arc<dyn Clock>) -> Self {
        Self { store, config, clock }
    }

    pub(crate) fn store(&self) -> &dyn SessionStore {
        &*self.store
    }

    pub(crate) fn config(&self) -> &SessionConfig {
        &self.config
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// Begins a session under an id that nobody has had.
    pub(crate) async fn begin(&self, session: &Session) -> Result<SessionId> {
        let id = SessionId::random()?;
        self.store.insert(id.fingerprint(), session).await?;
        Ok(id)
    }

    /// The session of this id, which is used now.
    pub(crate) async fn used(&self, id: &SessionId) -> Result<Option<Session>> {
        let (now, id) = (self.clock.now(), id.fingerprint());
        let Some(session) = self.store.find(id).await?.filter(|session| session.is_current(now)) else {
            return Ok(None);
        };
        let is_noted = now < session.last_used + NOTED_EVERY.min(self.config.idle / 2);
        if is_noted {
            return Ok(Some(session));
        }
        let session = session.used(now, &self.config);
        Ok(self.store.update(id, &session).await?.then_some(session))
    }

    /// The sessions of an account that count, the one used last first.
    pub(crate) async fn of_account(&self, account: Fingerprint) -> Result<Vec<(Fingerprint, Session)>> {
        let now = self.clock.now();
        let mut sessions = self.store.of_account(account).await?;
        sessions.retain(|(_, session)| session.is_current(now));
        sessions.sort_by(|(_, one), (_, other)| {
            (other.last_used, other.created).cmp(&(one.last_used, one.created))
        });
        Ok(sessions)
    }
}
