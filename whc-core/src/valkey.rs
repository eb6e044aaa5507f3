//! What processes share, in Valkey: single commands with a time limit each. A server that is away costs those nothing who can
//! do without it.

mod answers;
mod breaker;
mod connect;
mod limits;
mod link;
#[cfg(feature = "oidc")]
mod sessions;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::{Cmd, FromRedisValue};
use ring::digest::{SHA256, digest};

pub(crate) use self::answers::ValkeyCache;
pub(crate) use self::limits::ValkeyLimits;
use self::link::Link;
#[cfg(feature = "oidc")]
pub(crate) use self::sessions::ValkeySessions;
use crate::cache::SharedHealth;
use crate::clock::{Clock, SystemClock};
use crate::config::{SecretKeys, ValkeyConfig};
use crate::error::Result;
use crate::seal::Seal;

/// A Valkey, or a Redis from version 7 on. Cheap to clone; clones share one connection.
///
/// Commands are single ones about one key each, so that a serverless one takes them, and a script of one key. A connection is
/// opened when somebody first asks, by a task on the caller's Tokio runtime, and once more after an hour, so that tokens and
/// passwords that have changed are used.
///
/// ```no_run
/// # fn example() -> whc_core::Result<()> {
/// use whc_core::Valkey;
/// use whc_core::config::{SecretKeys, ValkeyConfig};
/// let secrets = SecretKeys::for_development();
/// let valkey = Valkey::new(&ValkeyConfig::from_url("redis://localhost")?, &secrets)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Valkey {
    link: Arc<Link>,
    secrets: SecretKeys,
    prefix: Arc<str>,
    timeout: Duration,
    cache_timeout: Duration,
}

impl Valkey {
    /// The server of this configuration, and the secrets that what is kept there is signed with. No connection is opened yet.
    ///
    /// # Errors
    /// A file that the configuration names cannot be read, or the host is none that a certificate can name.
    pub fn new(config: &ValkeyConfig, secrets: &SecretKeys) -> Result<Self> {
        Self::with_clock(config, secrets, Arc::new(SystemClock))
    }

    /// The same, with the time from `clock`.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_clock(config: &ValkeyConfig, secrets: &SecretKeys, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self {
            link: Arc::new(Link::new(config, clock)?),
            secrets: secrets.clone(),
            prefix: config.prefix.as_str().into(),
            timeout: config.timeout,
            cache_timeout: config.cache_timeout,
        })
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// It does not; the error says why.
    pub async fn ready(&self) -> Result<()> {
        self.ask(&redis::cmd("PING")).await
    }

    /// Opens a connection where there is none, without waiting for it: somebody will ask in a moment.
    pub(crate) fn connect_aside(&self) {
        self.link.connect_aside();
    }

    /// The key of a value of this kind and name, which may be long, or not for everybody to see.
    pub(crate) fn key(&self, kind: &str, name: &str) -> String {
        let mut key = format!("{}:{kind}:", self.prefix);
        for byte in digest(&SHA256, name.as_bytes()).as_ref() {
            key.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
        }
        key
    }

    /// The key of a value of this kind under a name that tells nothing.
    #[cfg(feature = "oidc")]
    pub(crate) fn plain_key(&self, kind: &str, name: impl fmt::Display) -> String {
        format!("{}:{kind}:{name}", self.prefix)
    }

    /// The seal of values for this purpose.
    ///
    /// # Errors
    /// No key can be derived, which is a fault.
    pub(crate) fn seal(&self, purpose: &str) -> Result<Seal> {
        Seal::new(&self.secrets, purpose)
    }

    /// The answer to a command that the caller cannot go on without.
    ///
    /// # Errors
    /// The server is away, does not answer in time, or refuses.
    pub(crate) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        self.link.ask(command, self.timeout).await
    }

    /// The same within this time, for values of megabytes.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub(crate) async fn ask_within<T: FromRedisValue>(&self, command: &Cmd, limit: Duration) -> Result<T> {
        self.link.ask(command, limit).await
    }

    /// The answer to a command that a reader can do without: it waits for no connection, for milliseconds only where there is
    /// one, and not at all where others have waited in vain.
    pub(crate) async fn glance<T: FromRedisValue>(&self, command: &Cmd) -> Option<T> {
        self.link.glance(command, self.cache_timeout).await
    }

    /// How things stand. Sends nothing the caller waits for.
    pub(crate) fn health(&self) -> SharedHealth {
        self.link.health()
    }
}

impl fmt::Debug for Valkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Valkey").field("server", &self.link.to_string()).finish_non_exhaustive()
    }
}
