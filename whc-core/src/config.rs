//! Configuration: one struct per concern, read from the environment here and nowhere else.

#[cfg(feature = "postgres")]
mod aws;
#[cfg(feature = "postgres")]
mod credentials;
#[cfg(feature = "postgres")]
mod database;
#[cfg(feature = "postgres")]
mod database_url;
mod lambda;
mod log;
#[cfg(feature = "postgres")]
mod rotation;
mod secret;
mod server;
mod snapshot;
mod variables;
mod web;

#[cfg(feature = "postgres")]
pub use self::aws::AwsConfig;
#[cfg(feature = "postgres")]
pub use self::credentials::{Credentials, CredentialsProvider};
#[cfg(feature = "postgres")]
pub use self::database::{DatabaseConfig, TlsMode};
pub use self::lambda::{InvokeMode, LambdaConfig};
pub use self::log::{LogConfig, LogFormat};
#[cfg(feature = "postgres")]
pub use self::rotation::{EcsService, RotationConfig, RotationStrategy};
pub use self::secret::Secret;
pub use self::server::ServerConfig;
pub use self::snapshot::{SnapshotConfig, SnapshotStart};
use self::variables::{Variables, unreadable};
pub use self::web::WebConfig;
use crate::error::Result;

/// Everything a deployment can set. Every variable is optional; `docs/CONFIGURATION.md` lists them all.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// What answers contain.
    pub web: WebConfig,
    /// How the server listens and stops.
    pub server: ServerConfig,
    /// How the log looks.
    pub log: LogConfig,
    /// How the snapshot in memory follows the database.
    pub snapshot: SnapshotConfig,
    /// How the function lives in AWS Lambda.
    pub lambda: LambdaConfig,
    /// Where the sites are kept; the embedded facts where it is `None`.
    #[cfg(feature = "postgres")]
    pub database: Option<DatabaseConfig>,
    /// `DATABASE_LISTEN_URL`: a direct way to the same database, without a pooler in between, on which it can tell of
    /// changes as they happen.
    #[cfg(feature = "postgres")]
    pub listen: Option<DatabaseConfig>,
    /// Where the credentials of both come from on AWS.
    #[cfg(feature = "postgres")]
    pub aws: AwsConfig,
    /// What the function that rotates passwords is told; `None` where this is not that function.
    #[cfg(feature = "postgres")]
    pub rotation: Option<RotationConfig>,
}

impl Config {
    /// Reads the environment of this process.
    ///
    /// # Errors
    /// Names the first variable that cannot be understood, its value unless it is a secret, and what would be right.
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the environment enters")]
    pub fn from_env() -> Result<Self> {
        Self::from_variables(&|name| std::env::var(name).ok())
    }

    /// Reads variables from wherever `lookup` finds them.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let variables = Variables { lookup };
        Ok(Self {
            web: WebConfig::read(&variables)?,
            server: ServerConfig::read(&variables)?,
            log: LogConfig::read(&variables)?,
            snapshot: SnapshotConfig::read(&variables)?,
            lambda: LambdaConfig::read(&variables)?,
            #[cfg(feature = "postgres")]
            database: DatabaseConfig::read(&variables)?,
            #[cfg(feature = "postgres")]
            listen: DatabaseConfig::read_listen(&variables)?,
            #[cfg(feature = "postgres")]
            aws: AwsConfig::read(&variables)?,
            #[cfg(feature = "postgres")]
            rotation: RotationConfig::read(&variables)?,
        })
    }
}
