//! Opens connections: credentials of the user, and verification of the server.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Context};
use std::time::Duration;

use deadpool_postgres::Connect;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::{AsyncMessage, Client, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;
use tracing::debug;

use super::credentials::provider;
use super::failure::{failed, fails_to_open, refuses_login};
use crate::config::{Credentials, CredentialsProvider, DatabaseConfig, TlsMode};
use crate::error::{Error, Result};
use crate::tls::{client_config, roots};

/// The time limit for credentials, so that a provider that hangs does not block its callers for good. Far more than a
/// slow service for secrets needs, retries included.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens connections to one database.
pub(super) struct Connector {
    config: DatabaseConfig,
    provider: Arc<dyn CredentialsProvider>,
    /// `None` where nothing is encrypted.
    tls: Option<MakeRustlsConnect>,
}

/// Moves the bytes of a connection, encrypted or not, while its messages are polled.
pub(super) struct Messages(Box<Poll>);

type Poll = dyn FnMut(&mut Context<'_>) -> task::Poll<Option<Message>> + Send;
type Message = Result<AsyncMessage, tokio_postgres::Error>;

impl Connector {
    pub(super) fn new(config: &DatabaseConfig) -> Result<Self> {
        let plain = config.tls == TlsMode::Disable || config.is_socket();
        let tls = if plain {
            None
        } else {
            Some(MakeRustlsConnect::new(client_config(roots(config.root_certificates.as_deref())?)?))
        };
        Ok(Self { config: config.clone(), provider: provider(config), tls })
    }

    /// Opens a connection. The task moves its bytes, and ends soon after the client is dropped.
    pub(super) async fn open(&self) -> Result<(Client, JoinHandle<()>)> {
        let (client, messages) = self.open_raw().await?;
        Ok((client, tokio::spawn(logged(messages))))
    }

    /// The same without a task: polling the messages moves the bytes.
    ///
    /// Every connection logs in with the current credentials. Refused ones may have been rotated since the provider
    /// returned them, so it is called once more.
    pub(super) async fn open_raw(&self) -> Result<(Client, Messages)> {
        let credentials = self.credentials(None).await?;
        let refusal = match self.connect_in_time(&credentials).await? {
            Err(error) if refuses_login(&error) => error,
            outcome => return outcome.map_err(failed),
        };
        let next = self.credentials(Some(&credentials)).await?;
        if next == credentials {
            return Err(failed(refusal));
        }
        self.connect_in_time(&next).await?.map_err(failed)
    }

    /// Credentials have a time limit of their own: their source may be slow while the database is not.
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        let credentials = self.provider.credentials(refused);
        timeout(CREDENTIALS_TIMEOUT, credentials).await.unwrap_or_else(|_| {
            Err(Error::unavailable("the credentials of the database are not available")
                .with_source(format!("{:?} gave none within {CREDENTIALS_TIMEOUT:?}", self.provider)))
        })
    }

    /// The outcome of one attempt, within the configured time.
    async fn connect_in_time(
        &self,
        credentials: &Credentials,
    ) -> Result<Result<(Client, Messages), tokio_postgres::Error>> {
        let limit = self.config.connect_timeout;
        timeout(limit, self.connect_as(credentials)).await.map_err(|_| {
            Error::unavailable("the database cannot be reached")
                .with_source(format!("no connection to {} within {limit:?}", self.config))
        })
    }

    async fn connect_as(
        &self,
        credentials: &Credentials,
    ) -> Result<(Client, Messages), tokio_postgres::Error> {
        let settings = self.settings(credentials);
        match &self.tls {
            None => settings.connect(NoTls).await.map(with_messages),
            Some(tls) => settings.connect(tls.clone()).await.map(with_messages),
        }
    }

    fn settings(&self, credentials: &Credentials) -> tokio_postgres::Config {
        let mut settings = tokio_postgres::Config::new();
        settings
            .host(&self.config.host)
            .port(self.config.port)
            .dbname(&self.config.name)
            .user(&credentials.user)
            .application_name(&self.config.application_name)
            .tcp_user_timeout(self.config.query_timeout)
            .ssl_mode(match (&self.tls, self.config.tls) {
                (None, _) => SslMode::Disable,
                (Some(_), TlsMode::Require) => SslMode::Require,
                (Some(_), _) => SslMode::Prefer,
            });
        if let Some(password) = &credentials.password {
            settings.password(password.reveal());
        }
        settings
    }
}

/// Opens the connections of the pool.
impl Connect for Connector {
    /// The settings of the pool are not used: they cannot hold credentials that change.
    fn connect(&self, _: &tokio_postgres::Config) -> Pin<Box<Opening<'_>>> {
        Box::pin(async {
            let (client, messages) = match self.open_raw().await {
                Ok(opened) => opened,
                Err(error) => fails_to_open(error).await.map(with_messages)?,
            };
            Ok((client, tokio::spawn(logged(messages))))
        })
    }
}

type Opening<'a> = dyn Future<Output = Result<(Client, JoinHandle<()>), tokio_postgres::Error>> + Send + 'a;

impl Messages {
    /// The next asynchronous message of the server; `None` after the last.
    pub(super) async fn next(&mut self) -> Option<Message> {
        poll_fn(|context| (self.0)(context)).await
    }
}

fn with_messages<S, T>(
    (client, mut connection): (Client, tokio_postgres::Connection<S, T>),
) -> (Client, Messages)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    (client, Messages(Box::new(move |context| connection.poll_message(context))))
}

async fn logged(mut messages: Messages) {
    while let Some(message) = messages.next().await {
        if let Err(error) = message {
            debug!(error = &error as &dyn std::error::Error, "a database connection ended");
            return;
        }
    }
}
