//! Sessions that all processes know of, in Valkey. Each command concerns one key.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use redis::Cmd;

use super::Valkey;
use crate::clock::{Clock, SystemClock};
use crate::error::Result;
use crate::seal::Seal;
use crate::session::{Fingerprint, Session, SessionStore};

/// Sessions in Valkey, each signed for its name, so that nobody who can write there can log in. Beside each session an account and
/// a session of the provider have a list of names; one that leads nowhere is of a session that has ended.
#[derive(Debug)]
pub(crate) struct ValkeySessions {
    valkey: Valkey,
    seal: Seal,
}

/// Lists of names of sessions.
#[derive(Clone, Copy)]
enum Of {
    Account,
    Provider,
}

impl ValkeySessions {
    /// Sessions in this Valkey.
    ///
    /// # Errors
    /// No key can be derived that they are signed with, which is a fault.
    pub(crate) fn new(valkey: Valkey) -> Result<Self> {
        Ok(Self { seal: valkey.seal("sessions")?, valkey })
    }

    fn key(&self, id: Fingerprint) -> String {
        self.valkey.plain_key("session", id)
    }

    fn list_key(&self, of: Of, whose: Fingerprint) -> String {
        let kind = match of {
            Of::Account => "sessions-of-account",
            Of::Provider => "sessions-of-provider",
        };
        self.valkey.plain_key(kind, whose)
    }

    /// The command that keeps a session until it expires.
    fn set(&self, id: Fingerprint, session: &Session) -> Result<Cmd> {
        let mut command = redis::cmd("SET");
        command.arg(self.key(id)).arg(self.seal.close(&id.to_string(), &session.to_bytes()?));
        command.arg("PX").arg(millis_until(session.expires));
        Ok(command)
    }

    /// The session in what was kept under this name.
    fn open(&self, id: Fingerprint, sealed: Option<Vec<u8>>) -> Option<Session> {
        Session::from_bytes(self.seal.open(&id.to_string(), &sealed?)?)
    }

    /// Ends a session, and returns what it was.
    async fn take(&self, id: Fingerprint) -> Result<Option<Session>> {
        let mut command = redis::cmd("GETDEL");
        command.arg(self.key(id));
        let sealed = self.valkey.ask(&command).await?;
        let Some(session) = self.open(id, sealed) else { return Ok(None) };
        for (of, whose) in lists(&session) {
            self.unlist(of, whose, id).await?;
        }
        Ok(Some(session))
    }

    /// The names in a list.
    async fn listed(&self, of: Of, whose: Fingerprint) -> Result<Vec<Fingerprint>> {
        let mut command = redis::cmd("ZRANGE");
        command.arg(self.list_key(of, whose)).arg(0).arg(-1);
        let names: Vec<String> = self.valkey.ask(&command).await?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// Puts a session into a list, which is kept for as long as the session may last. Those that have ended since leave it.
    async fn list(&self, of: Of, whose: Fingerprint, id: Fingerprint, session: &Session) -> Result<()> {
        let key = self.list_key(of, whose);
        let ends = millis(session.ends);
        let mut add = redis::cmd("ZADD");
        add.arg(&key).arg(ends).arg(id.to_string());
        let mut forget = redis::cmd("ZREMRANGEBYSCORE");
        forget.arg(&key).arg("-inf").arg(millis(SystemClock.now()));
        self.valkey.ask::<()>(&add).await?;
        self.valkey.ask::<()>(&forget).await?;
        // The first sets the time of a new list; the other one never brings that of an old one forward.
        for condition in ["NX", "GT"] {
            let mut expire = redis::cmd("PEXPIREAT");
            expire.arg(&key).arg(ends).arg(condition);
            self.valkey.ask::<()>(&expire).await?;
        }
        Ok(())
    }

    async fn unlist(&self, of: Of, whose: Fingerprint, id: Fingerprint) -> Result<()> {
        let mut command = redis::cmd("ZREM");
        command.arg(self.list_key(of, whose)).arg(id.to_string());
        self.valkey.ask(&command).await
    }

    /// Ends all sessions in a list.
    async fn remove_listed(&self, of: Of, whose: Fingerprint) -> Result<usize> {
        let mut ended = 0;
        for id in self.listed(of, whose).await? {
            ended += usize::from(self.take(id).await?.is_some());
            self.unlist(of, whose, id).await?;
        }
        Ok(ended)
    }
}

#[async_trait]
impl SessionStore for ValkeySessions {
    async fn insert(&self, id: Fingerprint, session: &Session) -> Result<()> {
        // The lists first: a session that is in none would not end with the others.
        for (of, whose) in lists(session) {
            self.list(of, whose, id, session).await?;
        }
        self.valkey.ask(&self.set(id, session)?).await
    }

    async fn find(&self, id: Fingerprint) -> Result<Option<Session>> {
        let mut command = redis::cmd("GET");
        command.arg(self.key(id));
        Ok(self.open(id, self.valkey.ask(&command).await?))
    }

    async fn update(&self, id: Fingerprint, session: &Session) -> Result<bool> {
        let mut command = self.set(id, session)?;
        command.arg("XX");
        self.valkey.ask::<Option<String>>(&command).await.map(|set| set.is_some())
    }

    async fn remove(&self, id: Fingerprint) -> Result<bool> {
        self.take(id).await.map(|session| session.is_some())
    }

    async fn of_account(&self, account: Fingerprint) -> Result<Vec<(Fingerprint, Session)>> {
        let mut sessions = Vec::new();
        for id in self.listed(Of::Account, account).await? {
            match self.find(id).await? {
                Some(session) => sessions.push((id, session)),
                None => self.unlist(Of::Account, account, id).await?,
            }
        }
        Ok(sessions)
    }

    async fn remove_account(&self, account: Fingerprint) -> Result<usize> {
        self.remove_listed(Of::Account, account).await
    }

    async fn remove_provider_session(&self, provider_session: Fingerprint) -> Result<usize> {
        self.remove_listed(Of::Provider, provider_session).await
    }

    async fn use_once(&self, what: Fingerprint, expires: SystemTime) -> Result<bool> {
        let mut command = redis::cmd("SET");
        command
            .arg(self.valkey.plain_key("used", what))
            .arg(1)
            .arg("NX")
            .arg("PX")
            .arg(millis_until(expires));
        self.valkey.ask::<Option<String>>(&command).await.map(|set| set.is_some())
    }
}

/// The lists that a session is in.
fn lists(session: &Session) -> impl Iterator<Item = (Of, Fingerprint)> {
    let provider = session.provider_fingerprint().map(|whose| (Of::Provider, whose));
    [(Of::Account, session.account.fingerprint())].into_iter().chain(provider)
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// At least one: a command refuses nought.
fn millis_until(time: SystemTime) -> u64 {
    let left = time.duration_since(SystemClock.now()).unwrap_or_default();
    u64::try_from(left.max(Duration::from_millis(1)).as_millis()).unwrap_or(u64::MAX)
}
