//! The configuration of the server and of the program `whc`.

pub(crate) mod network;
mod server;

#[cfg(feature = "cli")]
use whc_core::Result;
#[cfg(feature = "cli")]
use whc_core::config::{LogConfig, Variables};

pub use self::network::Network;
pub use self::server::ServerConfig;

/// What a deployment of `whc` can set. Every variable is optional; `docs/CONFIGURATION.md` lists them all.
#[cfg(feature = "cli")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// The service: its answers, its database, its snapshot. Connections log in with AWS where variables say so.
    pub core: whc_core::Config,
    /// How the server listens and stops.
    pub server: ServerConfig,
    /// How the log looks.
    pub log: LogConfig,
}

#[cfg(feature = "cli")]
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
        let core = whc_aws::config_from_variables(variables)?;
        let server = ServerConfig::from_variables(variables)?;
        core.development.expect_loopback(!server.listen.ip().is_loopback())?;
        Ok(Self { core, server, log: LogConfig::from_variables(variables)? })
    }
}
