//! Where the database is and how far it is trusted.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use super::{CredentialsProvider, Secret, Variables, database_url};
use crate::error::{Error, Result};

/// How to reach PostgreSQL, from `DATABASE_URL` or from variables for its parts.
///
/// A part that is set replaces that part of the URL, so a password can come from a secret of its own.
///
/// ```
/// use whc_core::config::DatabaseConfig;
/// let config = DatabaseConfig::from_url("postgres://web:secret@db.example/whc?sslmode=require")?;
/// assert_eq!((config.host.as_str(), config.port), ("db.example", 5432));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseConfig {
    /// `DB_HOST`: a name, an address, or the directory of a socket, which starts with a slash.
    pub host: String,
    /// `DB_PORT`: 5432.
    pub port: u16,
    /// `DB_NAME`: the database.
    pub name: String,
    /// `DB_USER`: the user. May be empty where a `provider` supplies it.
    pub user: String,
    /// `DB_PASSWORD`: the password, where the server wants one.
    pub password: Option<Secret>,
    /// `DB_PASSWORD_FILE`: a file with the password instead, read for every new connection, so that it may change.
    pub password_file: Option<PathBuf>,
    /// Supplies the credentials of every new connection, instead of `user` and `password`. Set by the program, not by a
    /// variable.
    pub provider: Option<Arc<dyn CredentialsProvider>>,
    /// `DB_SSLMODE`: whether the connection is encrypted. `prefer`.
    pub tls: TlsMode,
    /// `DB_SSLROOTCERT`: a file of PEM certificates, any number of them. Certificate authorities trusted instead of
    /// the system's; for RDS and RDS Proxy, Amazon's bundle of both.
    pub root_certificates: Option<PathBuf>,
    /// `application_name` in the URL: shown in `pg_stat_activity`. `whc`.
    pub application_name: String,
    /// `DB_POOL_SIZE`: connections open at most. 8.
    pub pool_size: usize,
    /// `DB_CONNECT_TIMEOUT_SECONDS`: how long to wait for a connection, its credentials not included. 2 s.
    pub connect_timeout: Duration,
    /// `DB_QUERY_TIMEOUT_SECONDS`: how long to wait for an answer. 5 s.
    pub query_timeout: Duration,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 5432,
            name: String::new(),
            user: String::new(),
            password: None,
            password_file: None,
            provider: None,
            tls: TlsMode::default(),
            root_certificates: None,
            application_name: "whc".to_owned(),
            pool_size: 8,
            connect_timeout: Duration::from_secs(2),
            query_timeout: Duration::from_secs(5),
        }
    }
}

impl DatabaseConfig {
    /// The database a URL names, `postgres://user:password@host:port/name`, with libpq's parameters `sslmode`,
    /// `sslrootcert`, `connect_timeout`, `application_name` and `host`.
    ///
    /// # Errors
    /// Says what is wrong with the URL without showing it, since it holds the password.
    pub fn from_url(url: &str) -> Result<Self> {
        let config = database_url::parse(url)?.complete()?;
        config.expect_user(USER)?;
        Ok(config)
    }

    /// What the variables say; `None` where they name no database.
    pub(super) fn read(variables: &Variables<'_>) -> Result<Option<Self>> {
        let url = variables.text("DATABASE_URL");
        if url.is_none() && variables.text("DB_HOST").is_none() {
            let stray = ["DB_NAME", USER, "DB_PASSWORD", "DB_PASSWORD_FILE"];
            let stray = stray.into_iter().find(|name| variables.text(name).is_some());
            return stray.map_or(Ok(None), |name| Err(nowhere(name)));
        }
        let mut config = match url {
            Some(url) => database_url::parse(url.trim())
                .map_err(|error| error.within(variables.called("DATABASE_URL")))?,
            None => Self::default(),
        };
        config.replace_parts(variables)?;
        config.complete().map(Some)
    }

    /// The connection that receives notifications; `None` where no URL is set. Password, TLS and timeouts are those of the
    /// other connections.
    pub(super) fn read_listen(variables: &Variables<'_>) -> Result<Option<Self>> {
        let Some(url) = variables.text(LISTEN_URL) else { return Ok(None) };
        if variables.text("DATABASE_URL").is_none() && variables.text("DB_HOST").is_none() {
            return Err(nowhere(LISTEN_URL));
        }
        let mut config = database_url::parse(url.trim()).map_err(|error| error.within(LISTEN_URL))?;
        config.replace_settings(variables)?;
        config.complete().map(Some).map_err(|error| error.within(LISTEN_URL))
    }

    fn replace_parts(&mut self, variables: &Variables<'_>) -> Result<()> {
        for (name, part) in [("DB_HOST", &mut self.host), ("DB_NAME", &mut self.name), (USER, &mut self.user)]
        {
            if let Some(value) = variables.text(name) {
                value.trim().clone_into(part);
            }
        }
        self.port = variables.parse("DB_PORT", PORT)?.unwrap_or(self.port);
        self.replace_settings(variables)
    }

    fn replace_settings(&mut self, variables: &Variables<'_>) -> Result<()> {
        if let Some(password) = variables.text("DB_PASSWORD") {
            self.password = Some(Secret::new(password));
        }
        if let Some(path) = variables.text("DB_PASSWORD_FILE") {
            if variables.text("DB_PASSWORD").is_some() {
                return Err(Error::invalid(
                    "DB_PASSWORD and DB_PASSWORD_FILE are both set; one of them is enough",
                ));
            }
            self.password_file = Some(path.trim().into());
        }
        self.pool_size = variables.count("DB_POOL_SIZE")?.unwrap_or(self.pool_size);
        self.replace_shared(variables)
    }

    /// What all logins have in common: how far the server is trusted, and how long it is waited for.
    pub(super) fn replace_shared(&mut self, variables: &Variables<'_>) -> Result<()> {
        self.tls = variables.parse("DB_SSLMODE", TlsMode::EXPECTED)?.unwrap_or(self.tls);
        if let Some(path) = variables.text("DB_SSLROOTCERT") {
            self.root_certificates = Some(path.trim().into());
        }
        for (name, part) in [
            ("DB_CONNECT_TIMEOUT_SECONDS", &mut self.connect_timeout),
            ("DB_QUERY_TIMEOUT_SECONDS", &mut self.query_timeout),
        ] {
            if let Some(value) = variables.seconds(name)? {
                *part = value;
            }
        }
        Ok(())
    }

    /// The configuration itself, once nothing is missing and everything is within bounds.
    pub(super) fn complete(self) -> Result<Self> {
        for (value, what) in [(&self.host, "host (DB_HOST)"), (&self.name, "database name (DB_NAME)")] {
            if value.is_empty() {
                return Err(missing(what));
            }
        }
        for (value, what) in [(&self.host, "host"), (&self.name, "name"), (&self.user, "user")] {
            // The protocol ends every text with a zero.
            if value.contains('\0') {
                return Err(Error::invalid(format!("the {what} of the database contains a zero byte")));
            }
        }
        if self.port == 0 {
            return Err(Variables::unreadable("DB_PORT", "0", PORT));
        }
        if self.pool_size > 1000 {
            return Err(Variables::unreadable("DB_POOL_SIZE", &self.pool_size.to_string(), "from 1 to 1000"));
        }
        for (name, value) in [
            ("DB_CONNECT_TIMEOUT_SECONDS", self.connect_timeout),
            ("DB_QUERY_TIMEOUT_SECONDS", self.query_timeout),
        ] {
            if !(Duration::from_millis(1)..=Duration::from_mins(10)).contains(&value) {
                return Err(Variables::unreadable(
                    name,
                    &value.as_secs_f64().to_string(),
                    "from 0.001 to 600 seconds",
                ));
            }
        }
        Ok(self)
    }

    /// Checks connections whose user no provider supplies.
    ///
    /// # Errors
    /// There is no user. The message says that `variables` would name one.
    pub fn expect_user(&self, variables: &str) -> Result<()> {
        if self.user.is_empty() { Err(missing(&format!("user ({variables})"))) } else { Ok(()) }
    }

    /// Checks that credentials of a setting are sent over verified connections only.
    ///
    /// # Errors
    /// A connection may go unencrypted. The message names the setting.
    pub fn expect_encrypted(&self, setting: &str) -> Result<()> {
        if self.tls == TlsMode::Require && !self.is_socket() {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "{setting} needs DB_SSLMODE=verify-full: what it logs in with is for the database alone"
        )))
    }

    /// Whether `host` is the directory of a Unix socket.
    #[must_use]
    pub fn is_socket(&self) -> bool {
        self.host.starts_with('/')
    }
}

fn nowhere(name: &str) -> Error {
    Error::invalid(format!("{name} is set, but neither DB_HOST nor DATABASE_URL"))
}

fn missing(what: &str) -> Error {
    Error::invalid(format!("the database settings name no {what}"))
}

pub(super) const USER: &str = "DB_USER";
pub(super) const LISTEN_URL: &str = "DATABASE_LISTEN_URL";
const PORT: &str = "a port from 1 to 65535";

/// Whether connections are encrypted, in libpq's words.
///
/// An encrypted connection is always verified, chain and host name: `require` and `verify-ca` are as strict as
/// `verify-full`, since encryption without verification does not protect. A Unix socket is never encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsMode {
    /// `disable`: never.
    Disable,
    /// `prefer`: when the server offers it.
    #[default]
    Prefer,
    /// `require`, `verify-ca` and `verify-full`: always.
    Require,
}

impl TlsMode {
    const EXPECTED: &str = "disable, prefer, require, verify-ca or verify-full";
}

impl FromStr for TlsMode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "disable" => Ok(Self::Disable),
            "prefer" => Ok(Self::Prefer),
            "require" | "verify-ca" | "verify-full" => Ok(Self::Require),
            _ => Err(Variables::unreadable("sslmode", text, Self::EXPECTED)),
        }
    }
}

impl fmt::Display for DatabaseConfig {
    /// Who, what and where, for messages: `web@db.example:5432/whc`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}:{}/{}", self.user, self.host, self.port, self.name)
    }
}
