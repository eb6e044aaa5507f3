//! Where Valkey is and how far it is trusted.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{CredentialsProvider, DevelopmentConfig, Secret, Variables, valkey_url};
use crate::error::{Error, Result};

pub(super) const URL: &str = "VALKEY_URL";
const HOST: &str = "VALKEY_HOST";
const PORT: &str = "VALKEY_PORT";
const USER: &str = "VALKEY_USER";
const PASSWORD: &str = "VALKEY_PASSWORD";
const PASSWORD_FILE: &str = "VALKEY_PASSWORD_FILE";
const TLS: &str = "VALKEY_SSL";
const ROOT_CERTIFICATES: &str = "VALKEY_SSLROOTCERT";
const PREFIX: &str = "VALKEY_PREFIX";
const TIMEOUT: &str = "VALKEY_TIMEOUT_SECONDS";
const CACHE_TIMEOUT: &str = "VALKEY_CACHE_TIMEOUT_SECONDS";
/// What others call the URL.
const ALIAS: &str = "REDIS_HOST";

/// How to reach Valkey, or Redis from version 7 on: from `VALKEY_URL` or from variables for its parts.
///
/// A part that is set replaces that part of the URL, so a password can come from a secret of its own.
///
/// ```
/// use whc_core::config::ValkeyConfig;
/// let config = ValkeyConfig::from_url("rediss://app:secret@cache.example")?;
/// assert_eq!((config.host.as_str(), config.port, config.tls), ("cache.example", 6379, true));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValkeyConfig {
    /// `VALKEY_HOST`: a name or an address.
    pub host: String,
    /// `VALKEY_PORT`: 6379.
    pub port: u16,
    /// The number of the database, from the URL. 0.
    pub database: u16,
    /// `VALKEY_USER`: the user of the access list; empty for the one called `default`.
    pub user: String,
    /// `VALKEY_PASSWORD`: the password, where the server wants one.
    pub password: Option<Secret>,
    /// `VALKEY_PASSWORD_FILE`: a file with the password instead, read for every new connection, so that it may change.
    pub password_file: Option<PathBuf>,
    /// Supplies the credentials of every new connection, instead of `user` and `password`. Set by the program, not by a
    /// variable.
    pub provider: Option<Arc<dyn CredentialsProvider>>,
    /// `VALKEY_SSL`: whether connections are encrypted, and the server's certificate is verified in full. Yes, unless the URL
    /// begins with `redis:` or `valkey:`.
    pub tls: bool,
    /// `VALKEY_SSLROOTCERT`: a file of PEM certificates of authorities that are trusted instead of the system's.
    pub root_certificates: Option<PathBuf>,
    /// `VALKEY_PREFIX`: what all keys begin with, so that services can share a server. `whc`.
    pub prefix: String,
    /// `VALKEY_TIMEOUT_SECONDS`: how long whoever needs an answer waits for one, and for a connection. 0.5 s.
    pub timeout: Duration,
    /// `VALKEY_CACHE_TIMEOUT_SECONDS`: how long a reader waits who can do without the answer. 0.005 s.
    pub cache_timeout: Duration,
}

impl Default for ValkeyConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 6379,
            database: 0,
            user: String::new(),
            password: None,
            password_file: None,
            provider: None,
            tls: true,
            root_certificates: None,
            prefix: "whc".to_owned(),
            timeout: Duration::from_millis(500),
            cache_timeout: Duration::from_millis(5),
        }
    }
}

impl ValkeyConfig {
    /// The server a URL names: `rediss://user:password@host:port/database`, or `redis:` where nothing is encrypted. The schemes
    /// `valkeys` and `valkey` mean the same.
    ///
    /// # Errors
    /// Says what is wrong with the URL without showing it, since it holds the password.
    pub fn from_url(url: &str) -> Result<Self> {
        valkey_url::parse(url)?.complete()
    }

    /// What the variables say; `None` where they name no server.
    pub(super) fn read(variables: &Variables<'_>) -> Result<Option<Self>> {
        let urls: Vec<_> = [URL, ALIAS].into_iter().filter(|name| variables.text(name).is_some()).collect();
        if urls.len() > 1 {
            return Err(Error::invalid(format!("{URL} and {ALIAS} are both set; one of them is enough")));
        }
        if urls.is_empty() && variables.text(HOST).is_none() {
            let stray = [USER, PASSWORD, PASSWORD_FILE].into_iter();
            let stray = stray.into_iter().find(|name| variables.text(name).is_some());
            return stray.map_or(Ok(None), |name| Err(nowhere(name)));
        }
        let mut config = match urls.first() {
            Some(name) => valkey_url::parse(variables.text(name).unwrap_or_default().trim())
                .map_err(|error| error.within(variables.called(name)))?,
            None => Self::default(),
        };
        config.replace_parts(variables)?;
        let config = config.complete()?;
        if DevelopmentConfig::is_production(variables) {
            config.expect_protected()?;
        }
        Ok(Some(config))
    }

    fn replace_parts(&mut self, variables: &Variables<'_>) -> Result<()> {
        for (name, part) in [(HOST, &mut self.host), (USER, &mut self.user), (PREFIX, &mut self.prefix)] {
            if let Some(value) = variables.text(name) {
                value.trim().clone_into(part);
            }
        }
        self.port = variables.parse(PORT, A_PORT)?.unwrap_or(self.port);
        self.tls = variables.parse(TLS, "true or false")?.unwrap_or(self.tls);
        if let Some(password) = variables.text(PASSWORD) {
            self.password = Some(Secret::new(password));
        }
        if let Some(path) = variables.text(PASSWORD_FILE) {
            if variables.text(PASSWORD).is_some() {
                let both = format!("{PASSWORD} and {PASSWORD_FILE} are both set; one of them is enough");
                return Err(Error::invalid(both));
            }
            self.password_file = Some(path.trim().into());
        }
        if let Some(path) = variables.text(ROOT_CERTIFICATES) {
            self.root_certificates = Some(path.trim().into());
        }
        for (name, part) in [(TIMEOUT, &mut self.timeout), (CACHE_TIMEOUT, &mut self.cache_timeout)] {
            *part = variables.seconds(name)?.unwrap_or(*part);
        }
        Ok(())
    }

    /// The configuration itself, once nothing is missing and everything is within bounds.
    fn complete(self) -> Result<Self> {
        if self.host.is_empty() {
            return Err(Error::invalid(format!("the settings of Valkey name no host ({HOST})")));
        }
        if self.port == 0 {
            return Err(Variables::unreadable(PORT, "0", A_PORT));
        }
        let harmless = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
        if self.prefix.len() > 64 || !self.prefix.chars().all(harmless) {
            let expected = "up to 64 letters, digits and - _ . :";
            return Err(Variables::unreadable(PREFIX, &self.prefix, expected));
        }
        for (name, value) in [(TIMEOUT, self.timeout), (CACHE_TIMEOUT, self.cache_timeout)] {
            if !(Duration::from_millis(1)..=Duration::from_mins(1)).contains(&value) {
                let value = value.as_secs_f64().to_string();
                return Err(Variables::unreadable(name, &value, "from 0.001 to 60 seconds"));
            }
        }
        Ok(self)
    }

    /// Checks that no other machine sees what is sent, and who logs in.
    fn expect_protected(&self) -> Result<()> {
        if self.tls || self.is_loopback() {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "connections to Valkey at {} are not encrypted, and WHC_ENV is production: write rediss: in {URL}, or set {TLS}=true",
            self.host
        )))
    }

    /// Checks that credentials of a setting are sent over verified connections only.
    ///
    /// # Errors
    /// Connections are not encrypted. The message names the setting.
    pub fn expect_encrypted(&self, setting: &str) -> Result<()> {
        if self.tls {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "{setting} needs {TLS}=true, or rediss: in {URL}: what it logs in with is for Valkey alone"
        )))
    }

    fn is_loopback(&self) -> bool {
        let address = self.host.parse::<IpAddr>();
        address.map_or(self.host == "localhost", |address| address.is_loopback())
    }
}

fn nowhere(name: &str) -> Error {
    Error::invalid(format!("{name} is set, but neither {HOST} nor {URL}"))
}

const A_PORT: &str = "a port from 1 to 65535";

impl fmt::Display for ValkeyConfig {
    /// Who and where, for messages: `app@cache.example:6379`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.user.is_empty() {
            write!(f, "{}@", self.user)?;
        }
        write!(f, "{}:{}", self.host, self.port)
    }
}
