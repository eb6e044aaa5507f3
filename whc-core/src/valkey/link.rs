//! The one connection of this process, opened when it is needed and replaced when it is of no use.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, ServerErrorKind};
use tokio::time::timeout;

use super::breaker::Breaker;
use super::connect::{Connection, Connector};
use crate::cache::SharedHealth;
use crate::clock::Clock;
use crate::config::ValkeyConfig;
use crate::error::{Error, Result};

/// How old a connection gets. AWS ends those that logged in with a token after 12 hours.
const LIFETIME: Duration = Duration::from_hours(1);

/// The connection of this process to a server, and what is known of the server.
pub(super) struct Link {
    connector: Connector,
    server: String,
    clock: Arc<dyn Clock>,
    open: ArcSwapOption<Opened>,
    /// Whoever opens a connection holds this.
    turn: Arc<async_lock::Mutex<()>>,
    /// Of connections.
    connecting: Mutex<Breaker>,
    /// Of answers to those in a hurry.
    hurrying: Mutex<Breaker>,
    failure: Mutex<Option<String>>,
    answered: AtomicU64,
    failed: AtomicU64,
}

/// An open connection.
struct Opened {
    connection: Connection,
    since: Instant,
}

/// What became of a command.
enum Outcome<T> {
    Answer(T),
    /// The server answered that it will not; the connection is as good as before.
    Refused(RedisError),
    /// The connection is of no use any more.
    Lost(RedisError),
    Late,
}

impl Link {
    pub(super) fn new(config: &ValkeyConfig, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self {
            connector: Connector::new(config)?,
            server: config.to_string(),
            clock,
            open: ArcSwapOption::empty(),
            turn: Arc::default(),
            connecting: Mutex::default(),
            hurrying: Mutex::default(),
            failure: Mutex::default(),
            answered: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        })
    }

    /// The answer, for which a connection is opened where there is none.
    pub(super) async fn ask<T: FromRedisValue>(
        self: &Arc<Self>,
        command: &Cmd,
        limit: Duration,
    ) -> Result<T> {
        let opened = self.opened().await.inspect_err(|_| self.count(false))?;
        let outcome = carry_out(&opened, command, limit).await;
        self.count(matches!(outcome, Outcome::Answer(_)));
        match outcome {
            Outcome::Answer(answer) => Ok(answer),
            Outcome::Refused(error) => {
                Err(Error::unavailable("Valkey refuses a command").with_source(error.to_string()))
            }
            Outcome::Lost(error) => Err(self.lose(&opened, &error.to_string())),
            Outcome::Late => Err(self.lose(&opened, &format!("no answer within {limit:?}"))),
        }
    }

    /// The answer, if there is a connection and it comes at once.
    pub(super) async fn glance<T: FromRedisValue>(
        self: &Arc<Self>,
        command: &Cmd,
        limit: Duration,
    ) -> Option<T> {
        let opened = self.opened_before()?;
        let outcome = carry_out(&opened, command, limit).await;
        self.count(matches!(outcome, Outcome::Answer(_)));
        match outcome {
            Outcome::Answer(answer) => {
                lock(&self.hurrying).answered();
                return Some(answer);
            }
            Outcome::Refused(error) => {
                tracing::warn!(server = self.server, error = error.to_string(), "Valkey refuses a command");
            }
            Outcome::Lost(error) => drop(self.lose(&opened, &error.to_string())),
            Outcome::Late => {
                if lock(&self.hurrying).missed(self.clock.instant()) {
                    tracing::warn!(
                        server = self.server,
                        ?limit,
                        "Valkey is too slow and left alone for a while"
                    );
                }
            }
        }
        None
    }

    /// The connection there is, for callers in a hurry; where there is none, or it was too slow, a task sees to that.
    fn opened_before(self: &Arc<Self>) -> Option<Arc<Opened>> {
        let now = self.clock.instant();
        let Some(opened) = self.open.load_full() else {
            self.open_aside();
            return None;
        };
        if !lock(&self.hurrying).is_closed() {
            self.try_aside(&opened, now);
            return None;
        }
        self.renew_aside(&opened, now);
        Some(opened)
    }

    /// The connection there is, else a new one. Of several callers one opens it.
    async fn opened(self: &Arc<Self>) -> Result<Arc<Opened>> {
        if let Some(opened) = self.open.load_full() {
            self.renew_aside(&opened, self.clock.instant());
            return Ok(opened);
        }
        let _turn = self.turn.lock().await;
        if let Some(opened) = self.open.load_full() {
            return Ok(opened);
        }
        if !self.may_connect() {
            let failure = lock(&self.failure).clone().unwrap_or_default();
            return Err(Error::unavailable("Valkey does not answer").with_source(failure));
        }
        self.connect().await
    }

    /// Opens a connection. The caller holds the turn.
    async fn connect(&self) -> Result<Arc<Opened>> {
        match self.connector.open().await {
            Ok(connection) => {
                let opened = Arc::new(Opened { connection, since: self.clock.instant() });
                self.open.store(Some(Arc::clone(&opened)));
                lock(&self.connecting).close();
                if lock(&self.failure).take().is_some() {
                    tracing::info!(server = self.server, "Valkey answers again");
                }
                Ok(opened)
            }
            Err(error) => {
                lock(&self.connecting).open(self.clock.instant());
                self.note(&error.report());
                Err(error)
            }
        }
    }

    /// Whether a connection is worth a try: not, where one was in vain just now.
    fn may_connect(&self) -> bool {
        let mut connecting = lock(&self.connecting);
        connecting.is_closed() || connecting.begin_trial(self.clock.instant())
    }

    /// Replaces a connection that has become old, in a task. Until then it is used.
    fn renew_aside(self: &Arc<Self>, opened: &Opened, now: Instant) {
        if now.saturating_duration_since(opened.since) >= LIFETIME {
            self.open_aside();
        }
    }

    /// Opens a connection in a task, where there is none.
    pub(super) fn connect_aside(self: &Arc<Self>) {
        if self.open.load().is_none() {
            self.open_aside();
        }
    }

    /// Opens a connection in a task, unless that is under way.
    fn open_aside(self: &Arc<Self>) {
        if let Some(turn) = self.turn.try_lock_arc()
            && self.may_connect()
        {
            let link = Arc::clone(self);
            tokio::spawn(async move {
                // Whether it succeeds is noted.
                let _ = link.connect().await;
                drop(turn);
            });
        }
    }

    /// Finds out in a task whether a server that was too slow has become faster.
    fn try_aside(self: &Arc<Self>, opened: &Arc<Opened>, now: Instant) {
        if !lock(&self.hurrying).begin_trial(now) {
            return;
        }
        let (link, opened) = (Arc::clone(self), Arc::clone(opened));
        tokio::spawn(async move {
            let outcome = carry_out::<()>(&opened, &redis::cmd("PING"), link.connector.hurry()).await;
            match outcome {
                Outcome::Answer(()) => lock(&link.hurrying).close(),
                Outcome::Lost(error) => drop(link.lose(&opened, &error.to_string())),
                Outcome::Refused(_) | Outcome::Late => lock(&link.hurrying).open(link.clock.instant()),
            }
        });
    }

    /// Gives up a connection.
    fn lose(&self, lost: &Arc<Opened>, why: &str) -> Error {
        // Somebody else may have replaced it already.
        let before = self.open.compare_and_swap(&Some(Arc::clone(lost)), None);
        if before.as_ref().is_some_and(|before| Arc::ptr_eq(before, lost)) {
            self.note(why);
        }
        Error::unavailable("Valkey does not answer").with_source(format!("{}: {why}", self.server))
    }

    /// Remembers why there is no connection; the log has it once.
    fn note(&self, why: &str) {
        let before = lock(&self.failure).replace(why.to_owned());
        if before.is_none() {
            tracing::warn!(server = self.server, error = why, "Valkey does not answer: going on without it");
        }
    }

    fn count(&self, answered: bool) {
        let counter = if answered { &self.answered } else { &self.failed };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn health(self: &Arc<Self>) -> SharedHealth {
        let open = self.open.load().is_some();
        let hurrying = lock(&self.hurrying).is_closed();
        let failure = lock(&self.failure).clone();
        let slow = || (open && !hurrying).then(|| "it is too slow".to_owned());
        SharedHealth {
            answers: open && hurrying,
            failure: failure.or_else(slow),
            answered: self.answered.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.server)
    }
}

async fn carry_out<T: FromRedisValue>(opened: &Opened, command: &Cmd, limit: Duration) -> Outcome<T> {
    let mut commands = opened.connection.commands.clone();
    match timeout(limit, command.query_async(&mut commands)).await {
        Ok(Ok(answer)) => Outcome::Answer(answer),
        Ok(Err(error)) if is_refusal(&error) => Outcome::Refused(error),
        Ok(Err(error)) => Outcome::Lost(error),
        Err(_) => Outcome::Late,
    }
}

/// Whether the server answers, and would answer others: not one that became a replica, or reads its data yet.
fn is_refusal(error: &RedisError) -> bool {
    match error.kind() {
        ErrorKind::Server(kind) => !matches!(
            kind,
            ServerErrorKind::ReadOnly
                | ServerErrorKind::BusyLoading
                | ServerErrorKind::MasterDown
                | ServerErrorKind::ClusterDown
        ),
        ErrorKind::Extension => !matches!(error.code(), Some("NOAUTH" | "WRONGPASS")),
        kind => matches!(kind, ErrorKind::UnexpectedReturnType),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
