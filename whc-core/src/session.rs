//! Who is logged in: sessions, what they are called, where they are kept.

mod account;
mod fingerprint;
mod id;
mod json;
mod memory;
mod sessions;
mod store;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use self::account::Account;
pub use self::fingerprint::Fingerprint;
pub use self::id::SessionId;
pub use self::memory::MemorySessions;
pub(crate) use self::sessions::Sessions;
pub use self::store::SessionStore;
use crate::config::SessionConfig;
use crate::error::Result;
use crate::scope::Scopes;
use crate::text;

/// As many letters are kept of what a browser calls itself.
const MAX_USER_AGENT: usize = 200;

/// A login that goes on. Its times are whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Session {
    /// Who logged in.
    pub account: Account,
    /// What they may do, as it was at the login.
    pub scopes: Scopes,
    /// When it was.
    pub created: SystemTime,
    /// When the session was last noted to be used.
    pub last_used: SystemTime,
    /// When it is over if nobody uses it until then, and whatever they do at [`ends`](Self::ends).
    pub expires: SystemTime,
    /// The end that no use puts off.
    pub ends: SystemTime,
    /// What the browser calls itself, shortened.
    pub user_agent: String,
    /// What the provider calls its own session (`sid`), which it may end for us.
    pub provider_session: Option<String>,
}

impl Session {
    /// A session that begins now.
    #[must_use]
    pub fn begin(account: Account, scopes: Scopes, now: SystemTime, config: &SessionConfig) -> Self {
        let now = whole_seconds(now);
        let ends = now + config.lifetime;
        let begun = Self {
            account,
            scopes,
            created: now,
            last_used: now,
            expires: ends,
            ends,
            user_agent: String::new(),
            provider_session: None,
        };
        begun.used(now, config)
    }

    /// The same in this browser.
    #[must_use]
    pub fn in_browser(self, user_agent: &str) -> Self {
        let shown = user_agent.chars().filter(|letter| !text::is_order(*letter));
        Self { user_agent: shown.take(MAX_USER_AGENT).collect(), ..self }
    }

    /// The same within this session of the provider.
    #[must_use]
    pub fn within(self, provider_session: Option<String>) -> Self {
        Self { provider_session, ..self }
    }

    /// The same used now.
    #[must_use]
    pub fn used(self, now: SystemTime, config: &SessionConfig) -> Self {
        let last_used = whole_seconds(now);
        Self { last_used, expires: (last_used + config.idle).min(self.ends), ..self }
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_current(&self, now: SystemTime) -> bool {
        now < self.expires
    }

    /// What stores call the session of the provider that it is within, if it is within one.
    #[must_use]
    pub fn provider_fingerprint(&self) -> Option<Fingerprint> {
        let sid = self.provider_session.as_deref()?;
        Some(Fingerprint::of_provider_session(&self.account.issuer, sid))
    }

    /// What a store keeps: JSON with the version of its form.
    ///
    /// # Errors
    /// It cannot be written, which is a fault.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        json::write(self)
    }

    /// The session that a store has kept; `None` where it is none, or of a form that is not known here: whoever has it logs in
    /// again.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        json::read(bytes)
    }
}

fn whole_seconds(time: SystemTime) -> SystemTime {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    UNIX_EPOCH + Duration::from_secs(seconds)
}
