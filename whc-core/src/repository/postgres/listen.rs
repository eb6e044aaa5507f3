//! Hearing of changes as they happen, where a direct connection allows it.

use std::fmt;
use std::time::Duration;

use tokio::time::sleep;
use tokio_postgres::{AsyncMessage, Client};

use super::connect::{Connector, Messages};
use super::failure::failed;
use super::pool::within;
use crate::config::DatabaseConfig;
use crate::error::{Error, Result};
use crate::repository::backoff::Backoff;

/// The channel that the triggers of the schema notify.
const LISTEN: &str = "LISTEN whc_dataset_version";

/// How often to ask whether the other end is still there: a connection that is lost without a word is silent for good.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// The longest pause between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Hears from PostgreSQL that its sites have changed, on one connection of its own.
///
/// What it hears is a hint: notifications can be lost with the connection, so somebody must ask now and then all the
/// same. The connection must be a direct one, since a pooler gives the session, and with it the notifications, to
/// others.
///
/// ```no_run
/// # async fn example(replica: whc_core::ReplicatedSites, listener: whc_core::ChangeListener) {
/// // As `repository::Opened::follow` does it, too.
/// tokio::join!(
///     replica.watch(std::time::Duration::from_secs(60), tokio::time::sleep),
///     listener.listen(|| replica.hint()),
/// );
/// # }
/// ```
pub struct ChangeListener {
    connector: Connector,
    timeout: Duration,
}

impl ChangeListener {
    /// Hears of changes in this database. Connects to nothing yet.
    ///
    /// # Errors
    /// The file of root certificates cannot be read.
    pub fn new(config: &DatabaseConfig) -> Result<Self> {
        Ok(Self { connector: Connector::new(config)?, timeout: config.query_timeout })
    }

    /// Calls `heard` whenever the sites have changed, and whenever they may have changed unheard, for as long as this
    /// future runs. A connection that is lost is opened anew, sooner at first and then later.
    pub async fn listen(&self, heard: impl Fn()) {
        let mut backoff = Backoff::new(LONGEST_PAUSE);
        let mut told = None;
        loop {
            let mut listened = false;
            let failure = self.until_lost(&mut listened, &heard).await;
            if listened {
                backoff.succeeded();
                told = None;
            }
            let cause = failure.to_string();
            // Once for each cause, not once for each attempt.
            if told.as_ref() != Some(&cause) {
                tracing::warn!(
                    error = failure.report(),
                    "changes of the database are not heard, only asked for"
                );
                told = Some(cause);
            }
            sleep(backoff.failed()).await;
        }
    }

    /// Why it does not hear any more.
    async fn until_lost(&self, listened: &mut bool, heard: &impl Fn()) -> Error {
        let (client, messages) = match self.connector.open_raw().await {
            Ok(opened) => opened,
            Err(error) => return error,
        };
        let keep = async {
            if let Err(error) = self.ask(client.batch_execute(LISTEN)).await {
                return error;
            }
            *listened = true;
            tracing::info!("changes of the database are heard as they happen");
            // Nobody listened before.
            heard();
            self.keep(&client).await
        };
        // The first to fail tells why; the messages also carry the answers that the other waits for.
        tokio::select! {
            error = keep => error,
            error = hear(messages, heard) => error,
        }
    }

    /// Asks now and then, until there is no answer.
    async fn keep(&self, client: &Client) -> Error {
        loop {
            sleep(ASK_EVERY).await;
            if let Err(error) = self.ask(client.check_connection()).await {
                return error;
            }
        }
    }

    async fn ask(&self, answer: impl Future<Output = Result<(), tokio_postgres::Error>>) -> Result<()> {
        within(self.timeout, async { answer.await.map_err(failed) }).await
    }
}

/// Passes notifications on, until there are no more messages.
async fn hear(mut messages: Messages, heard: &impl Fn()) -> Error {
    loop {
        match messages.next().await {
            Some(Ok(AsyncMessage::Notification(_))) => heard(),
            Some(Ok(_)) => {}
            Some(Err(error)) => return failed(error),
            None => return Error::unavailable("the database closed the connection"),
        }
    }
}

impl fmt::Debug for ChangeListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeListener").finish_non_exhaustive()
    }
}
