//! The configuration of the rotation function.

use std::str::FromStr;
use std::time::Duration;

use whc_core::config::{DatabaseConfig, LogConfig, SessionConfig, ValkeyConfig, Variables};
use whc_core::{Error, Result};

/// The settings of `whc-rotation`. `docs/CONFIGURATION.md` lists its variables.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// `AWS_LAMBDA_RUNTIME_API`: where events come from. Lambda sets it; elsewhere it is missing.
    pub runtime_api: Option<String>,
    /// How the log looks.
    pub log: LogConfig,
    /// The database whose passwords are rotated.
    pub database: Option<DatabaseConfig>,
    /// `VALKEY_HOST` and others: the cache whose tokens are rotated, if any.
    pub cache: Option<ValkeyConfig>,
    /// The master user, the strategy, and what else is rotated.
    pub rotation: Option<RotationConfig>,
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
        // The users are in the secrets.
        let core = whc_core::Config::without_user(variables)?;
        let rotation = RotationConfig::from_variables(variables)?;
        Ok(Self {
            runtime_api: variables.text("AWS_LAMBDA_RUNTIME_API"),
            log: LogConfig::from_variables(variables)?,
            database: core.database,
            cache: core.valkey,
            rotation: rotation
                .map(|config| RotationConfig { session_lifetime: core.sessions.lifetime, ..config }),
        })
    }
}

/// How passwords are rotated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RotationConfig {
    /// `MASTER_SECRET_ARN`: the secret of a user who may set the passwords of others, by ARN or name.
    pub master_secret: String,
    /// `ROTATION_STRATEGY`: how many users share a secret. Single.
    pub strategy: RotationStrategy,
    /// `ECS_CLUSTER` and `ECS_SERVICE`: the service whose tasks are replaced after a rotation, if any.
    pub service: Option<EcsService>,
    /// `SESSION_KEYS_SECRET_ARN`: the secret with the keys of sessions (`SECRET_KEY_BASE`), by ARN or name.
    pub session_keys: Option<String>,
    /// `SESSION_LIFETIME_SECONDS`: how long a session may last, and its key is kept. 7 days.
    pub session_lifetime: Duration,
    /// How old a key of sessions has to be before it makes any. A day.
    pub keys_settle: Duration,
}

/// How many users share a secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RotationStrategy {
    /// `single`: one, who gets a new password.
    #[default]
    Single,
    /// `alternating`: two, used alternately, so that the previous login is valid until the next rotation.
    Alternating,
}

/// A service of ECS.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EcsService {
    /// The cluster it runs in, by name or ARN.
    pub cluster: String,
    /// The service, by name or ARN.
    pub service: String,
}

impl EcsService {
    /// The service of this name or ARN, in the cluster of this name or ARN.
    #[must_use]
    pub fn new(cluster: impl Into<String>, service: impl Into<String>) -> Self {
        Self { cluster: cluster.into(), service: service.into() }
    }
}

impl RotationConfig {
    /// A rotation by the user of this secret, of single users and without a service.
    #[must_use]
    pub fn new(master_secret: impl Into<String>) -> Self {
        let master_secret = master_secret.into();
        Self {
            master_secret,
            strategy: RotationStrategy::default(),
            service: None,
            session_keys: None,
            session_lifetime: SessionConfig::default().lifetime,
            keys_settle: Duration::from_hours(24),
        }
    }

    /// Reads these variables; `None` where no secret is named.
    ///
    /// # Errors
    /// The strategy is unknown, or only one of cluster and service is set.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Option<Self>> {
        let Some(master_secret) = variables.text("MASTER_SECRET_ARN") else { return Ok(None) };
        let strategy = variables.parse("ROTATION_STRATEGY", RotationStrategy::EXPECTED)?.unwrap_or_default();
        let service = match (variables.text("ECS_CLUSTER"), variables.text("ECS_SERVICE")) {
            (Some(cluster), Some(service)) => Some(EcsService::new(cluster, service)),
            (None, None) => None,
            _ => return Err(Error::invalid("ECS_CLUSTER and ECS_SERVICE are set together or not at all")),
        };
        let session_keys = variables.text("SESSION_KEYS_SECRET_ARN").map(|secret| secret.trim().to_owned());
        Ok(Some(Self { strategy, service, session_keys, ..Self::new(master_secret.trim()) }))
    }
}

impl RotationStrategy {
    const EXPECTED: &str = "single or alternating";
}

impl FromStr for RotationStrategy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "single" => Ok(Self::Single),
            "alternating" => Ok(Self::Alternating),
            _ => Err(Error::invalid(format!("a strategy is {}, not \"{text}\"", Self::EXPECTED))),
        }
    }
}
