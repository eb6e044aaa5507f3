//! Configuration: one struct per concern, read from the environment here and nowhere else.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

#[cfg(feature = "postgres")]
mod aws;
#[cfg(feature = "postgres")]
mod credentials;
#[cfg(feature = "postgres")]
mod database;
#[cfg(feature = "postgres")]
mod database_url;
mod lambda;
#[cfg(feature = "postgres")]
mod rotation;
mod snapshot;

#[cfg(feature = "postgres")]
pub use self::aws::AwsConfig;
#[cfg(feature = "postgres")]
pub use self::credentials::{Credentials, CredentialsProvider};
#[cfg(feature = "postgres")]
pub use self::database::{DatabaseConfig, TlsMode};
pub use self::lambda::{InvokeMode, LambdaConfig};
#[cfg(feature = "postgres")]
pub use self::rotation::{EcsService, RotationConfig, RotationStrategy};
pub use self::snapshot::{SnapshotConfig, SnapshotStart};
use crate::error::{Error, Result};

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
    /// How the picture in memory follows the database.
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

/// What answers contain beyond the data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebConfig {
    /// `PUBLIC_URL`: where clients reach this service, `https://heritage.example/whc`, or only the path it is mounted
    /// under, `/whc`. Links start with it; without it they are paths from the root of the host.
    pub public_url: String,
    /// `CACHE_BYTES`: how much memory may hold answers that were written before. 16 MiB; 0 keeps none.
    pub cache_bytes: usize,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self { public_url: String::new(), cache_bytes: 16 << 20 }
    }
}

impl WebConfig {
    /// Answers for a service that clients reach at `public_url`, a URL or a path.
    ///
    /// # Errors
    /// Anything else than an http or https URL, a path or nothing is invalid.
    pub fn at(public_url: &str) -> Result<Self> {
        let Ok(uri) = public_url.parse::<http::Uri>() else {
            return if public_url.is_empty() { Ok(Self::default()) } else { Err(bad_public_url(public_url)) };
        };
        let web = matches!(uri.scheme_str(), Some("http" | "https")) || public_url.starts_with('/');
        if !web || uri.query().is_some() {
            return Err(bad_public_url(public_url));
        }
        Ok(Self { public_url: public_url.trim_end_matches('/').to_owned(), ..Self::default() })
    }

    /// The path of [`public_url`](Self::public_url), without a slash at its end.
    #[must_use]
    pub fn public_path(&self) -> &str {
        let (_, rest) = self.public_url.split_once("://").unwrap_or(("", &self.public_url));
        rest.find('/').map_or("", |start| &rest[start..])
    }

    fn read(variables: &Variables<'_>) -> Result<Self> {
        let web = Self::at(variables.text("PUBLIC_URL").unwrap_or_default().trim())?;
        let cache_bytes = variables.parse("CACHE_BYTES", "a whole number of bytes")?;
        Ok(Self { cache_bytes: cache_bytes.unwrap_or(web.cache_bytes), ..web })
    }
}

fn bad_public_url(text: &str) -> Error {
    unreadable(
        "PUBLIC_URL",
        text,
        "a URL like https://heritage.example/whc or a path like /whc, without a query",
    )
}

/// How the server listens, what it endures and how it stops.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerConfig {
    /// `HOST` and `PORT`: the address to listen on; 0.0.0.0 and 4000.
    pub listen: SocketAddr,
    /// `MAX_CONNECTIONS`: connections open at once; more wait in the backlog of the listener. 1024.
    pub max_connections: usize,
    /// `MAX_BODY_BYTES`: the greatest request body; more is answered with 413. 1 MiB.
    pub max_body_bytes: usize,
    /// `HEADER_TIMEOUT_SECONDS`: from the first byte of a request to the end of its header. 10 s.
    pub header_timeout: Duration,
    /// `BODY_TIMEOUT_SECONDS`: from the end of the header to the end of the body. 30 s.
    pub body_timeout: Duration,
    /// `KEEP_ALIVE_SECONDS`: how long a connection may idle between requests. 75 s, longer than the 60 s of a load
    /// balancer, which must be the one to close.
    pub keep_alive: Duration,
    /// `SHUTDOWN_DELAY_SECONDS`: after the stop signal, how long `/readyz` says no while requests are still accepted,
    /// so that load balancers can turn away. 5 s.
    pub shutdown_delay: Duration,
    /// `SHUTDOWN_TIMEOUT_SECONDS`: after the delay, how long running requests may take to finish. 20 s.
    pub shutdown_timeout: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 4000),
            max_connections: 1024,
            max_body_bytes: 1 << 20,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            keep_alive: Duration::from_secs(75),
            shutdown_delay: Duration::from_secs(5),
            shutdown_timeout: Duration::from_secs(20),
        }
    }
}

impl ServerConfig {
    fn read(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        let host: IpAddr =
            variables.parse("HOST", "an IP address such as 0.0.0.0")?.unwrap_or(default.listen.ip());
        let port = variables.parse("PORT", "a port from 0 to 65535")?.unwrap_or(default.listen.port());
        Ok(Self {
            listen: SocketAddr::new(host, port),
            max_connections: variables.count("MAX_CONNECTIONS")?.unwrap_or(default.max_connections),
            max_body_bytes: variables.count("MAX_BODY_BYTES")?.unwrap_or(default.max_body_bytes),
            header_timeout: variables.seconds("HEADER_TIMEOUT_SECONDS")?.unwrap_or(default.header_timeout),
            body_timeout: variables.seconds("BODY_TIMEOUT_SECONDS")?.unwrap_or(default.body_timeout),
            keep_alive: variables.seconds("KEEP_ALIVE_SECONDS")?.unwrap_or(default.keep_alive),
            shutdown_delay: variables.seconds("SHUTDOWN_DELAY_SECONDS")?.unwrap_or(default.shutdown_delay),
            shutdown_timeout: variables
                .seconds("SHUTDOWN_TIMEOUT_SECONDS")?
                .unwrap_or(default.shutdown_timeout),
        })
    }
}

/// How the log looks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogConfig {
    /// `LOG_FORMAT`, else `AWS_LAMBDA_LOG_FORMAT`: `text` for people, `json` for machines. Text.
    pub format: LogFormat,
    /// `RUST_LOG`: which events are logged, in the notation of `tracing_subscriber::EnvFilter`. `info`.
    pub filter: String,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl LogFormat {
    const EXPECTED: &str = "text or json";
}

impl FromStr for LogFormat {
    type Err = Error;

    /// In small letters or as AWS writes it, `Text` and `JSON`.
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(Error::invalid(format!("a log format is {}, not \"{text}\"", Self::EXPECTED))),
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::default(), filter: "info".to_owned() }
    }
}

impl LogConfig {
    fn read(variables: &Variables<'_>) -> Result<Self> {
        Ok(Self {
            format: match variables.parse("LOG_FORMAT", LogFormat::EXPECTED)? {
                Some(format) => format,
                None => variables.parse("AWS_LAMBDA_LOG_FORMAT", LogFormat::EXPECTED)?.unwrap_or_default(),
            },
            filter: variables.text("RUST_LOG").unwrap_or_else(|| Self::default().filter),
        })
    }
}

/// A text that no log and no error message shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Typed access to variables; an empty one counts as not set.
struct Variables<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| unreadable(name, &text, expected))
    }

    fn count(&self, name: &str) -> Result<Option<usize>> {
        match self.parse(name, "a whole number over 0")? {
            Some(0) => Err(unreadable(name, "0", "a whole number over 0")),
            count => Ok(count),
        }
    }

    fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        let expected = "a number of seconds";
        let Some(seconds) = self.parse(name, expected)? else { return Ok(None) };
        Duration::try_from_secs_f64(seconds)
            .map(Some)
            .map_err(|_| unreadable(name, &seconds.to_string(), expected))
    }
}

fn unreadable(name: &str, value: &str, expected: &str) -> Error {
    Error::invalid(format!("{name} must be {expected}, not \"{value}\""))
}
