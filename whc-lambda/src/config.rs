//! Configuration of the function `whc-lambda`.

mod lambda;

use whc_core::Result;
use whc_core::config::{LogConfig, Variables};

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

    /// Reads these variables.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        Ok(Self {
            core: on_demand(whc_aws::config_from_variables(variables)?),
            lambda: LambdaConfig::from_variables(variables)?,
            log: LogConfig::from_variables(variables)?,
        })
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
