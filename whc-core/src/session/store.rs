//! Where sessions are kept.

use std::fmt;
use std::time::SystemTime;

use async_trait::async_trait;

use super::{Fingerprint, Session};
use crate::error::Result;

/// Keeps sessions, by the [fingerprint](super::SessionId::fingerprint) of their ids. What is not there has ended: a store that
/// lost something has ended it, and one that is restored from a backup must not bring back what had ended.
///
/// Each method is one short command, or a few that each concern one key, so that a store of keys and values without
/// transactions will do. A session may be forgotten from [`Session::expires`] on; whoever reads it checks the time.
/// [`testing::conformance::check_sessions`](crate::testing::conformance) says what a store has to do.
///
/// # Errors
/// Each method fails with [`unavailable`](crate::Error::unavailable) where the store does not answer.
#[async_trait]
pub trait SessionStore: fmt::Debug + Send + Sync + 'static {
    /// Keeps a session under this name, which is new.
    async fn insert(&self, id: Fingerprint, session: &Session) -> Result<()>;

    /// The session of this name.
    async fn find(&self, id: Fingerprint) -> Result<Option<Session>>;

    /// Replaces a session with what became of it by its use, if it is still there: one that was ended meanwhile stays ended.
    /// Whether it was there.
    async fn update(&self, id: Fingerprint, session: &Session) -> Result<bool>;

    /// Ends a session. Whether it was there.
    async fn remove(&self, id: Fingerprint) -> Result<bool>;

    /// The sessions of an account, in any order.
    async fn of_account(&self, account: Fingerprint) -> Result<Vec<(Fingerprint, Session)>>;

    /// Ends all sessions of an account. How many there were.
    async fn remove_account(&self, account: Fingerprint) -> Result<usize>;

    /// Ends all sessions within one of a provider, by its [fingerprint](Session::provider_fingerprint). How many there were.
    async fn remove_provider_session(&self, provider_session: Fingerprint) -> Result<usize>;

    /// Marks what may be used once, at least until `expires`. Whether this is its first use.
    async fn use_once(&self, what: Fingerprint, expires: SystemTime) -> Result<bool>;
}
