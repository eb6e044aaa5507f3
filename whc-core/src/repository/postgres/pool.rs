//! The connection pool, with a time limit to every wait.

use std::time::Duration;

use deadpool_postgres::{
    ClientWrapper, Hook, HookError, Manager, ManagerConfig, Metrics, Object, PoolError, RecyclingMethod,
    Runtime, TimeoutType,
};
use tokio_postgres::{Client, Row};

use super::connect::Connector;
use super::failure::{ends_connection, failed, not_opened};
use super::statement::Parameter;
use crate::config::DatabaseConfig;
use crate::error::{Error, Result};

/// The connections of one login.
pub(super) struct Pool {
    connections: deadpool_postgres::Pool,
    query_timeout: Duration,
}

impl Pool {
    pub(super) fn new(config: &DatabaseConfig) -> Result<Self> {
        // Nothing is sent on a connection between two callers: a `SET` would pin the session of RDS Proxy.
        let fast = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_connect(tokio_postgres::Config::new(), Connector::new(config)?, fast);
        // Opening has a limit of its own, so only the wait for a free connection needs one here.
        let connections = deadpool_postgres::Pool::builder(manager)
            .max_size(config.pool_size)
            .wait_timeout(Some(config.connect_timeout))
            .pre_recycle(Hook::sync_fn(expect_open))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| Error::internal("no connection pool can be made").with_source(error))?;
        Ok(Self { connections, query_timeout: config.query_timeout })
    }

    /// A connection for the caller alone.
    pub(super) async fn lease(&self) -> Result<Lease> {
        match self.connections.get().await {
            Ok(connection) => Ok(Lease(connection)),
            Err(PoolError::Backend(error)) => Err(not_opened(error)),
            Err(error @ PoolError::Timeout(TimeoutType::Wait)) => {
                Err(Error::unavailable("all connections to the database are busy").with_source(error))
            }
            Err(error) => Err(Error::unavailable("the database cannot be reached").with_source(error)),
        }
    }

    /// A connection that has just answered, for work that cannot be repeated.
    pub(super) async fn proven_lease(&self) -> Result<Lease> {
        loop {
            let mut lease = self.lease().await?;
            if !lease.is_used() {
                return Ok(lease);
            }
            match self.answer_in_time(lease.client().check_connection()).await {
                Ok(()) => return Ok(lease),
                Err(failure) => lease.give_up(failure)?,
            }
        }
    }

    /// The rows of a statement that only reads. Repeated on another connection if this one died while it was idle.
    pub(super) async fn query(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>> {
        loop {
            let mut lease = self.lease().await?;
            match self.answer_in_time(lease.client().query_typed(sql, parameters)).await {
                Ok(rows) => return Ok(rows),
                Err(failure) => lease.give_up(failure)?,
            }
        }
    }

    /// The response of the server, within the configured time.
    pub(super) async fn answer_in_time<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Failure> {
        let answer = async {
            Ok(answer.await.map_err(|error| Failure { died: ends_connection(&error), error: failed(error) }))
        };
        within(self.query_timeout, answer).await.unwrap_or_else(|error| Err(Failure { died: false, error }))
    }
}

/// Why a statement failed, and whether its connection ended with it.
pub(super) struct Failure {
    died: bool,
    error: Error,
}

impl Failure {
    pub(super) fn into_error(self) -> Error {
        self.error
    }
}

/// A connection in use; dropped, it goes back to the pool.
pub(super) struct Lease(Object);

impl Lease {
    pub(super) fn client(&mut self) -> &mut Client {
        &mut self.0
    }

    pub(super) fn shared_client(&self) -> &Client {
        &self.0
    }

    fn is_used(&self) -> bool {
        Object::metrics(&self.0).recycle_count > 0
    }

    /// Passes the outcome on. After a failure that may be due to the connection (no response in time, a server that became
    /// read-only or shuts down) it does not go back to the pool.
    pub(super) fn settle<T>(self, outcome: Result<T>) -> Result<T> {
        if outcome.as_ref().is_err_and(Error::is_unavailable) {
            self.discard();
        }
        outcome
    }

    /// Does not give the connection back. It closes its socket at once, whatever is still under way on it.
    pub(super) fn discard(self) {
        drop(Object::take(self.0));
    }

    /// As [`give_up`](Self::give_up), and does not give the connection back in any case.
    pub(super) fn abandon(self, failure: Failure) -> Result<()> {
        let stale = failure.died && self.is_used();
        self.discard();
        if stale { Ok(()) } else { Err(failure.error) }
    }

    /// Passes a failure on, unless the connection died while it was idle (a restart, a failover, a frozen Lambda), which
    /// shows only when it is used: then no statement has run, and another connection can be tried.
    fn give_up(self, failure: Failure) -> Result<()> {
        let stale = failure.died && self.is_used();
        let outcome = self.settle(Err(failure.error));
        if stale { Ok(()) } else { outcome }
    }
}

/// The output of `work`, or an error if it takes longer than `limit`.
pub(super) async fn within<T>(limit: Duration, work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        Err(Error::unavailable("the database does not answer in time")
            .with_source(format!("no answer within {limit:?}")))
    })
}

/// Drops connections that were closed while idle. The pool's own check would log a warning for each.
fn expect_open(client: &mut ClientWrapper, _: &Metrics) -> Result<(), HookError> {
    if client.is_closed() { Err(HookError::message("it was closed")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::types::Type;

    use super::Pool;
    use crate::testing::TestDatabase;

    /// RDS Proxy pins a session that was changed to its client.
    #[tokio::test]
    async fn sessions_stay_as_they_were_opened() {
        let database = TestDatabase::new().await;
        let mut config = database.config();
        config.pool_size = 1;
        let pool = Pool::new(&config).unwrap();
        for number in 0..3 {
            pool.query("SELECT $1", &[(&number, Type::INT4)]).await.unwrap();
        }
        pool.proven_lease().await.unwrap();
        let changes = "SELECT (SELECT count(*) FROM pg_prepared_statements), \
            (SELECT count(*) FROM pg_settings WHERE source = 'session')";
        let row = &pool.query(changes, &[]).await.unwrap()[0];
        assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (0, 0));
    }
}
