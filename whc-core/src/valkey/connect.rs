//! Opens connections to Valkey: credentials of the user, and verification of the server.

use std::sync::Arc;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, ErrorKind, RedisConnectionInfo, RedisError};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::config::{Credentials, CredentialsProvider, PasswordFile, ValkeyConfig};
use crate::error::{Error, Result};
use crate::tls::{client_config, roots};

/// The time limit for credentials, so that a provider that hangs does not block its callers for good.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens connections to one server.
pub(super) struct Connector {
    config: ValkeyConfig,
    provider: Arc<dyn CredentialsProvider>,
    /// `None` where nothing is encrypted.
    tls: Option<Tls>,
}

struct Tls {
    connector: TlsConnector,
    name: ServerName<'static>,
}

/// A connection; the task moves its bytes, and ends with it.
pub(super) struct Connection {
    pub(super) commands: MultiplexedConnection,
    task: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Connector {
    pub(super) fn new(config: &ValkeyConfig) -> Result<Self> {
        let tls = if config.tls { Some(Tls::new(config)?) } else { None };
        let provider: Arc<dyn CredentialsProvider> = match (&config.provider, &config.password_file) {
            (Some(provider), _) => Arc::clone(provider),
            (None, Some(path)) => Arc::new(PasswordFile::new(&config.user, path, "VALKEY_PASSWORD_FILE")),
            (None, None) => Arc::new(Credentials::new(config.user.clone(), config.password.clone())),
        };
        Ok(Self { config: config.clone(), provider, tls })
    }

    /// Opens a connection, and logs in with the current credentials. Refused ones may have been rotated since the provider
    /// returned them, so it is called once more.
    pub(super) async fn open(&self) -> Result<Connection> {
        let credentials = self.credentials(None).await?;
        let refusal = match self.connect_in_time(&credentials).await? {
            Err(error) if error.kind() == ErrorKind::AuthenticationFailed => error,
            outcome => return outcome.map_err(|error| self.unreachable(&error)),
        };
        let next = self.credentials(Some(&credentials)).await?;
        if next == credentials {
            return Err(self.unreachable(&refusal));
        }
        self.connect_in_time(&next).await?.map_err(|error| self.unreachable(&error))
    }

    /// How long those wait who can do without.
    pub(super) fn hurry(&self) -> Duration {
        self.config.cache_timeout
    }

    /// Credentials have a time limit of their own: their source may be slow while the server is not.
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        let credentials = self.provider.credentials(refused);
        timeout(CREDENTIALS_TIMEOUT, credentials).await.unwrap_or_else(|_| {
            Err(Error::unavailable("the credentials of Valkey are not available")
                .with_source(format!("{:?} gave none within {CREDENTIALS_TIMEOUT:?}", self.provider)))
        })
    }

    /// The outcome of one attempt, within the configured time.
    async fn connect_in_time(
        &self,
        credentials: &Credentials,
    ) -> Result<std::result::Result<Connection, RedisError>> {
        let limit = self.config.timeout;
        timeout(limit, self.connect_as(credentials)).await.map_err(|_| {
            Error::unavailable("Valkey cannot be reached")
                .with_source(format!("no connection to {} within {limit:?}", self.config))
        })
    }

    async fn connect_as(&self, credentials: &Credentials) -> Result<Connection, RedisError> {
        let socket = TcpStream::connect((self.config.host.as_str(), self.config.port)).await?;
        socket.set_nodelay(true)?;
        let login = self.login(credentials);
        match &self.tls {
            None => logged_in(&login, socket).await,
            Some(tls) => {
                let stream = tls.connector.connect(tls.name.clone(), socket).await?;
                logged_in(&login, stream).await
            }
        }
    }

    fn login(&self, credentials: &Credentials) -> RedisConnectionInfo {
        let mut login = RedisConnectionInfo::default().set_db(self.config.database.into());
        if let Some(password) = &credentials.password {
            login = login.set_password(password.reveal());
            if !credentials.user.is_empty() {
                login = login.set_username(&credentials.user);
            }
        }
        login.set_skip_set_lib_name()
    }

    fn unreachable(&self, error: &RedisError) -> Error {
        Error::unavailable("Valkey cannot be reached").with_source(format!("{}: {error}", self.config))
    }
}

impl Tls {
    fn new(config: &ValkeyConfig) -> Result<Self> {
        let name = ServerName::try_from(config.host.clone()).map_err(|error| {
            Error::invalid(format!("no certificate can be for the host \"{}\" of Valkey", config.host))
                .with_source(error)
        })?;
        let settings = client_config(roots(config.root_certificates.as_deref())?)?;
        Ok(Self { connector: TlsConnector::from(Arc::new(settings)), name })
    }
}

async fn logged_in<S>(login: &RedisConnectionInfo, stream: S) -> Result<Connection, RedisError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    // Each command has a limit of its caller's.
    let settings = AsyncConnectionConfig::new().set_response_timeout(None);
    let (mut commands, moving) = MultiplexedConnection::new_with_config(login, stream, settings).await?;
    let connection = Connection { commands: commands.clone(), task: tokio::spawn(moving) };
    // A server that nothing was sent to has not refused anything yet.
    redis::cmd("PING").exec_async(&mut commands).await?;
    Ok(connection)
}
