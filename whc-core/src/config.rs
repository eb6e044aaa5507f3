//! Configuration: what the core itself needs, one struct per concern. Variables of the environment enter here.

#[cfg(feature = "auth")]
mod auth;
#[cfg(any(feature = "postgres", feature = "valkey"))]
mod credentials;
#[cfg(feature = "postgres")]
mod database;
#[cfg(feature = "postgres")]
mod database_url;
#[cfg(feature = "postgres")]
mod database_write;
mod development;
#[cfg(feature = "auth")]
mod fetch_url;
mod limits;
mod log;
#[cfg(feature = "oidc")]
mod login;
mod origin;
#[cfg(any(feature = "postgres", feature = "valkey"))]
mod password_file;
mod secret;
#[cfg(any(feature = "oidc", feature = "valkey"))]
mod secret_keys;
mod security_contact;
#[cfg(feature = "oidc")]
mod session;
#[cfg(feature = "auth")]
mod signature_algorithm;
mod snapshot;
#[cfg(any(feature = "auth", feature = "oidc", feature = "valkey"))]
pub(crate) mod text_file;
#[cfg(feature = "valkey")]
mod valkey;
#[cfg(feature = "valkey")]
mod valkey_url;
mod variables;
mod web;

#[cfg(feature = "auth")]
pub use self::auth::{AuthConfig, KeySource};
#[cfg(any(feature = "postgres", feature = "valkey"))]
pub use self::credentials::{Credentials, CredentialsProvider};
#[cfg(feature = "postgres")]
pub use self::database::{DatabaseConfig, TlsMode};
pub use self::development::DevelopmentConfig;
#[cfg(feature = "auth")]
pub use self::fetch_url::FetchUrl;
pub use self::limits::{LimitConfig, Rate};
pub use self::log::{LogConfig, LogFormat};
#[cfg(feature = "oidc")]
pub(crate) use self::login::is_true;
#[cfg(feature = "oidc")]
pub use self::login::{
    ClientSecret, Destination, Grants, LoginConfig, OwnPath, ProviderConfig, ResponseMode, Roles,
};
pub use self::origin::Origin;
#[cfg(any(feature = "postgres", feature = "valkey"))]
pub(crate) use self::password_file::PasswordFile;
pub use self::secret::Secret;
#[cfg(any(feature = "oidc", feature = "valkey"))]
pub use self::secret_keys::SecretKeys;
pub use self::security_contact::SecurityContact;
#[cfg(feature = "oidc")]
pub use self::session::SessionConfig;
#[cfg(feature = "auth")]
pub use self::signature_algorithm::SignatureAlgorithm;
pub(crate) use self::snapshot::DEFAULT_MAX_LOSS_PERCENT;
pub use self::snapshot::{SnapshotConfig, SnapshotStart};
#[cfg(feature = "valkey")]
pub use self::valkey::ValkeyConfig;
pub use self::variables::Variables;
pub use self::web::{DEFAULT_MAX_BODY_BYTES, WebConfig};
use crate::error::Result;

/// The settings of the core, the same in all programs. Every variable is optional; `docs/CONFIGURATION.md` lists them all,
/// with those of the programs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// The configuration of responses.
    pub web: WebConfig,
    /// How the snapshot in memory follows the database.
    pub snapshot: SnapshotConfig,
    /// What makes trying the service easy.
    pub development: DevelopmentConfig,
    /// How many requests a client may send.
    pub limits: LimitConfig,
    /// Whose tokens count.
    #[cfg(feature = "auth")]
    pub auth: AuthConfig,
    /// `SECRET_KEY_BASE`, or a file in `SECRET_KEY_BASE_FILE`: what keys are derived from.
    #[cfg(any(feature = "oidc", feature = "valkey"))]
    pub secret_keys: Option<SecretKeys>,
    /// Who can log in with a browser.
    #[cfg(feature = "oidc")]
    pub login: LoginConfig,
    /// How long logins last.
    #[cfg(feature = "oidc")]
    pub sessions: SessionConfig,
    /// The database with the sites; the embedded facts are served where it is `None`.
    #[cfg(feature = "postgres")]
    pub database: Option<DatabaseConfig>,
    /// `DATABASE_LISTEN_URL`: a direct connection to the same database, without a pooler in between, on which it sends
    /// notifications of changes.
    #[cfg(feature = "postgres")]
    pub listen: Option<DatabaseConfig>,
    /// `DATABASE_WRITE_URL`, or `DB_WRITE_USER` with a password of its own: the login that writes, and reads what is not for
    /// everybody. Where it is `None` that of `database` does so, but sites can only be read.
    #[cfg(feature = "postgres")]
    pub write: Option<DatabaseConfig>,
    /// The Valkey that processes share what they know in; each knows it for itself where it is `None`.
    #[cfg(feature = "valkey")]
    pub valkey: Option<ValkeyConfig>,
}

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// Names the first variable that cannot be understood, its value unless it is a secret, and what would be right.
    pub fn from_env() -> Result<Self> {
        Self::from_variables(&Variables::from_env())
    }

    /// Reads these variables.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let config = Self::without_user(variables)?;
        #[cfg(feature = "postgres")]
        {
            config.expect_user(database::USER)?;
            config.expect_write_user(database_write::USER)?;
        }
        Ok(config)
    }

    /// The same for a program that has a [`provider`](DatabaseConfig::provider) of its own: no user has to be named.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn without_user(variables: &Variables<'_>) -> Result<Self> {
        #[cfg(feature = "postgres")]
        let database = DatabaseConfig::read(variables)?;
        #[cfg(any(feature = "oidc", feature = "valkey"))]
        let secret_keys = SecretKeys::read(variables)?;
        #[cfg(feature = "valkey")]
        let valkey = ValkeyConfig::read(variables)?;
        #[cfg(feature = "valkey")]
        if valkey.is_some() && secret_keys.is_none() && DevelopmentConfig::is_production(variables) {
            return Err(SecretKeys::missing(valkey::URL));
        }
        let config = Self {
            web: WebConfig::read(variables)?,
            snapshot: SnapshotConfig::read(variables)?,
            development: DevelopmentConfig::from_variables(variables)?,
            limits: LimitConfig::read(variables)?,
            #[cfg(feature = "auth")]
            auth: AuthConfig::read(variables)?,
            #[cfg(any(feature = "oidc", feature = "valkey"))]
            secret_keys,
            #[cfg(feature = "oidc")]
            login: LoginConfig::read(variables)?,
            #[cfg(feature = "oidc")]
            sessions: SessionConfig::read(variables)?,
            #[cfg(feature = "postgres")]
            listen: DatabaseConfig::read_listen(variables)?,
            #[cfg(feature = "postgres")]
            write: DatabaseConfig::read_write(variables, database.as_ref())?,
            #[cfg(feature = "postgres")]
            database,
            #[cfg(feature = "valkey")]
            valkey,
        };
        #[cfg(feature = "oidc")]
        config.expect_safe_logins(config.development.is_production)?;
        Ok(config)
    }

    /// Checks that logins are safe where others use the service: behind TLS, with keys that all instances have.
    ///
    /// # Errors
    /// Names the setting that is missing.
    #[cfg(feature = "oidc")]
    pub fn expect_safe_logins(&self, is_production: bool) -> Result<()> {
        self.login.expect_public_url(&self.web, is_production)?;
        match self.login.providers.first() {
            Some(first) if is_production && self.secret_keys.is_none() => {
                Err(crate::Error::invalid(format!(
                    "SECRET_KEY_BASE is missing, which seals logins with {}: set it to 64 letters or more, the same for all \
                 instances (`openssl rand -hex 32` makes some)",
                    first.title
                )))
            }
            _ => Ok(()),
        }
    }

    /// Checks connections whose user no provider supplies.
    ///
    /// # Errors
    /// One of them has no user. The message says that `variables` would name one.
    #[cfg(feature = "postgres")]
    pub fn expect_user(&self, variables: &str) -> Result<()> {
        let expect = |config: &DatabaseConfig| config.expect_user(variables);
        self.database.as_ref().map_or(Ok(()), expect)?;
        self.listen.as_ref().map_or(Ok(()), expect).map_err(|error| error.within(database::LISTEN_URL))
    }

    /// Checks the login that writes, where no provider supplies its user.
    ///
    /// # Errors
    /// It has no user. The message says that `variables` would name one.
    #[cfg(feature = "postgres")]
    pub fn expect_write_user(&self, variables: &str) -> Result<()> {
        self.write.as_ref().map_or(Ok(()), |config| config.expect_user(variables))
    }
}
