//! A transaction of two round trips: begin and look, then change and commit.

use std::pin::Pin;

use tokio_postgres::{Client, Row};

use super::pool::{Failure, Lease, Pool};
use super::statement::Statement;
use crate::error::{Error, Result};
use crate::future::in_order;

/// How a transaction begins that changes something: each of its statements sees what was committed while it waited for a
/// lock.
pub(super) const READ_COMMITTED: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// How a transaction begins whose statements see one state.
pub(super) const ONE_STATE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A transaction that has begun. Its connection goes back to the pool only when it has ended, so that nobody else goes on
/// in a transaction whose caller has gone.
pub(super) struct Transaction<'a> {
    pool: &'a Pool,
    lease: Option<Lease>,
}

impl<'a> Transaction<'a> {
    /// Begins, and returns the rows of the first statements, each of which may run again on another connection where this
    /// one died while it was idle.
    pub(super) async fn begin(
        pool: &'a Pool,
        begin: &'static str,
        statements: &[Statement<'_>],
    ) -> Result<(Self, Vec<Vec<Row>>)> {
        loop {
            let mut transaction = Self { pool, lease: Some(pool.lease().await?) };
            let client = transaction.client()?;
            match pool.answer_in_time(send(client, Some(begin), statements, None)).await {
                Ok(rows) => return Ok((transaction, rows)),
                Err(failure) => {
                    if let Some(lease) = transaction.lease.take() {
                        lease.abandon(failure)?;
                    }
                }
            }
        }
    }

    /// Runs statements in it.
    pub(super) async fn query(&self, statements: &[Statement<'_>]) -> Result<Vec<Vec<Row>>> {
        let answer = self.pool.answer_in_time(send(self.client()?, None, statements, None)).await;
        answer.map_err(Failure::into_error)
    }

    /// Runs the statements and commits. After an error nothing was changed, or, where it is an unavailable one, perhaps all
    /// of it.
    pub(super) async fn commit(mut self, statements: &[Statement<'_>]) -> Result<Vec<Vec<Row>>> {
        self.end(statements, "COMMIT").await
    }

    /// Ends without a change.
    pub(super) async fn roll_back(mut self) -> Result<()> {
        self.end(&[], "ROLLBACK").await.map(drop)
    }

    async fn end(&mut self, statements: &[Statement<'_>], end: &'static str) -> Result<Vec<Vec<Row>>> {
        let answer = self.pool.answer_in_time(send(self.client()?, None, statements, Some(end))).await;
        let rows = answer.map_err(Failure::into_error)?;
        // Only now it can go back to the pool.
        self.lease = None;
        Ok(rows)
    }

    fn client(&self) -> Result<&Client> {
        self.lease
            .as_ref()
            .map(Lease::shared_client)
            .ok_or_else(|| Error::internal("the transaction has ended"))
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.discard();
        }
    }
}

/// Sends everything at once and returns the rows of the statements. Once one fails, the server refuses those after it, and
/// a commit rolls back: the first failure is the reason.
async fn send(
    client: &Client,
    before: Option<&'static str>,
    statements: &[Statement<'_>],
    after: Option<&'static str>,
) -> Result<Vec<Vec<Row>>, tokio_postgres::Error> {
    let parameters: Vec<_> = statements.iter().map(|(_, parameters)| parameters.to_vec()).collect();
    let bare = |text: &'static str| -> Answer<'_> { Box::pin(client.query_typed(text, &[])) };
    let between = statements.iter().zip(&parameters);
    let between = between
        .map(|((text, _), parameters)| -> Answer<'_> { Box::pin(client.query_typed(text, parameters)) });
    let work = before.map(bare).into_iter().chain(between).chain(after.map(bare)).collect();
    let mut rows = in_order(work).await.into_iter().collect::<Result<Vec<_>, _>>()?;
    rows.drain(..usize::from(before.is_some()));
    rows.truncate(statements.len());
    Ok(rows)
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, tokio_postgres::Error>> + Send + 'a>>;
