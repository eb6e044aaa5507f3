//! Configuration of the function `whc-lambda`.

mod lambda;

use whc_core::config::{LogConfig, Variables};
use whc_core::repository::Opened;
use whc_core::{Error, Result};

pub use self::lambda::{InvokeMode, LambdaConfig};

/// What a deployment of `whc-lambda` can set. Every variable is optional; `docs/CONFIGURATION.md` lists them all.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// The service: its answers, its database, its snapshot. Connections log in with AWS where variables say so.
    pub core: whc_core::Config,
    /// The settings of the function in AWS Lambda.
    pub lambda: LambdaConfig,
    /// How the log looks.
    pub log: LogConfig,
}

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// Names the first variable that cannot be understood, its value unless it is a secret, and what would be right.
    pub fn from_env() -> Result<Self> {
        Self::from_variables(&Variables::from_env())
    }

    /// The same, with the secrets that it names.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env); or a secret cannot be had, or this is not in AWS Lambda.
    pub async fn load() -> Result<Self> {
        let variables = Variables::from_env();
        let config = Self::from_variables(&whc_aws::with_secrets(&variables).await?)?;
        if config.lambda.runtime_api.is_none() {
            let outside =
                "AWS_LAMBDA_RUNTIME_API is not set: this runs in AWS Lambda or under `cargo lambda watch`";
            return Err(Error::invalid(outside));
        }
        Ok(config)
    }

    /// Reads these variables.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let core = whc_aws::config_from_variables(variables)?;
        core.development.expect_authentication()?;
        // Every function is asked by others, and thrown away when nobody asks.
        core.expect_safe_logins(true)?;
        Ok(Self {
            core: on_demand(core),
            lambda: LambdaConfig::from_variables(variables)?,
            log: LogConfig::from_variables(variables)?,
        })
    }
}

impl Config {
    /// Checks that whoever logs in at one sandbox is known to all others.
    ///
    /// # Errors
    /// Logins are configured, and no store of sessions that sandboxes share.
    pub fn expect_shared_sessions(&self, opened: &Opened) -> Result<()> {
        match self.core.login.providers.first() {
            Some(first) if opened.sessions.is_none() => Err(Error::invalid(format!(
                "logins with {} need sessions that all sandboxes of a function share: set VALKEY_URL or VALKEY_HOST",
                first.title
            ))),
            _ => Ok(()),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        let (lambda, log) = (LambdaConfig::default(), LogConfig::default());
        Self { core: on_demand(whc_core::Config::default()), lambda, log }
    }
}

/// A client waits for a cold start, and needs little of what could be made ready.
fn on_demand(mut core: whc_core::Config) -> whc_core::Config {
    core.snapshot.prepare = false;
    core
}
