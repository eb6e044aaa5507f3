//! Notifications of changes, over a direct connection.

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

/// How often to check the connection: one that was lost without a reset stays silent for good.
const CHECK_INTERVAL: Duration = Duration::from_secs(30);

/// The longest pause between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Receives PostgreSQL's notifications that sites have changed, on one connection of its own.
///
/// A notification is a hint: it can be lost with the connection, so polling is needed as well. The connection must be a
/// direct one, since a pooler gives the session, and with it the notifications, to other clients.
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
    /// A listener to this database. Opens no connection yet.
    ///
    /// # Errors
    /// The file of root certificates cannot be read.
    pub fn new(config: &DatabaseConfig) -> Result<Self> {
        Ok(Self { connector: Connector::new(config)?, timeout: config.query_timeout })
    }

    /// Calls `heard` after each notification, and after each reconnection, as one may have been lost. Runs for as long as
    /// this future does; a lost connection is opened again, with backoff.
    pub async fn listen(&self, heard: impl Fn()) {
        let mut backoff = Backoff::new(LONGEST_PAUSE);
        let mut logged = None;
        loop {
            let mut listened = false;
            let failure = self.until_lost(&mut listened, &heard).await;
            if listened {
                backoff.succeeded();
                logged = None;
            }
            let cause = failure.to_string();
            // Logged once for each cause, not for each attempt.
            if logged.as_ref() != Some(&cause) {
                tracing::warn!(
                    error = failure.report(),
                    "changes of the database are not heard, only asked for"
                );
                logged = Some(cause);
            }
            sleep(backoff.failed()).await;
        }
    }

    /// Why the connection ended.
    async fn until_lost(&self, listened: &mut bool, heard: &impl Fn()) -> Error {
        let (client, messages) = match self.connector.open_raw().await {
            Ok(opened) => opened,
            Err(error) => return error,
        };
        let check = async {
            if let Err(error) = self.in_time(client.batch_execute(LISTEN)).await {
                return error;
            }
            *listened = true;
            tracing::info!("changes of the database are heard as they happen");
            // Notifications before `LISTEN` were not received.
            heard();
            self.check_periodically(&client).await
        };
        // Whichever fails first says why. The messages also carry the responses that the check waits for.
        tokio::select! {
            error = check => error,
            error = forward(messages, heard) => error,
        }
    }

    /// Checks the connection from time to time, until there is no response.
    async fn check_periodically(&self, client: &Client) -> Error {
        loop {
            sleep(CHECK_INTERVAL).await;
            if let Err(error) = self.in_time(client.check_connection()).await {
                return error;
            }
        }
    }

    async fn in_time(&self, answer: impl Future<Output = Result<(), tokio_postgres::Error>>) -> Result<()> {
        within(self.timeout, async { answer.await.map_err(failed) }).await
    }
}

/// Calls `heard` for notifications, until the messages end.
async fn forward(mut messages: Messages, heard: &impl Fn()) -> Error {
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
