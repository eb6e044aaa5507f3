//! A few connections shared by all callers, and a limit to every wait.

use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, Object, PoolError, RecycleError, RecycleResult, TimeoutType};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};

use super::connect::{Connection, Connector};
use super::failure::{ends_connection, failed};
use crate::config::DatabaseConfig;
use crate::error::{Error, Result};

/// A parameter of a statement and its type, so that the server need not be asked for it.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// The connections of one [`PostgresSites`](super::PostgresSites).
pub(super) struct Pool {
    connections: managed::Pool<Connector>,
    query_timeout: Duration,
}

impl Pool {
    pub(super) fn new(config: &DatabaseConfig) -> Result<Self> {
        // Opening has a limit of its own, so only the wait for a free connection needs one here.
        let connections = managed::Pool::builder(Connector::new(config)?)
            .max_size(config.pool_size)
            .wait_timeout(Some(config.connect_timeout))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| Error::internal("no connection pool can be made").with_source(error))?;
        Ok(Self { connections, query_timeout: config.query_timeout })
    }

    /// A connection for the caller alone.
    pub(super) async fn lease(&self) -> Result<Lease> {
        match self.connections.get().await {
            Ok(connection) => Ok(Lease(connection)),
            Err(PoolError::Backend(error)) => Err(error),
            Err(error @ PoolError::Timeout(TimeoutType::Wait)) => {
                Err(Error::unavailable("all connections to the database are busy").with_source(error))
            }
            Err(error) => Err(Error::unavailable("the database cannot be reached").with_source(error)),
        }
    }

    /// A connection that answers just now, for work that cannot be tried twice.
    pub(super) async fn proven_lease(&self) -> Result<Lease> {
        loop {
            let mut lease = self.lease().await?;
            if !lease.is_used() {
                return Ok(lease);
            }
            match self.ask(lease.client().check_connection()).await {
                Ok(()) => return Ok(lease),
                Err(failure) => lease.give_up(failure)?,
            }
        }
    }

    /// The rows of a statement that changes nothing.
    pub(super) async fn query(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>> {
        loop {
            let mut lease = self.lease().await?;
            match self.ask(lease.client().query_typed(sql, parameters)).await {
                Ok(rows) => return Ok(rows),
                Err(failure) => lease.give_up(failure)?,
            }
        }
    }

    async fn ask<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Failure> {
        let answer = async {
            Ok(answer.await.map_err(|error| Failure { died: ends_connection(&error), error: failed(error) }))
        };
        within(self.query_timeout, answer).await.unwrap_or_else(|error| Err(Failure { died: false, error }))
    }
}

/// Why a question has no answer, and whether the connection told so by ending.
struct Failure {
    died: bool,
    error: Error,
}

/// A connection in use; dropped, it goes back to the pool.
pub(super) struct Lease(Object<Connector>);

impl Lease {
    pub(super) fn client(&mut self) -> &mut Client {
        &mut self.0.client
    }

    fn is_used(&self) -> bool {
        Object::metrics(&self.0).recycle_count > 0
    }

    /// Passes the outcome on. After a failure that may be the connection's (no answer in time, a server that turned
    /// read-only or shuts down) the pool does not get it back.
    pub(super) fn settle<T>(self, outcome: Result<T>) -> Result<T> {
        if outcome.as_ref().is_err_and(Error::is_unavailable) {
            Object::take(self.0).abort();
        }
        outcome
    }

    /// Passes a failure on, unless the next connection may do better: one that died while it lay idle (a restart, a
    /// failover, a frozen Lambda) shows it only when it is used. Nothing has happened then.
    fn give_up(self, failure: Failure) -> Result<()> {
        let stale = failure.died && self.is_used();
        let outcome = self.settle(Err(failure.error));
        if stale { Ok(()) } else { outcome }
    }
}

/// What `work` says, unless it takes longer than `limit`.
pub(super) async fn within<T>(limit: Duration, work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        Err(Error::unavailable("the database does not answer in time")
            .with_source(format!("no answer within {limit:?}")))
    })
}

impl managed::Manager for Connector {
    type Type = Connection;
    type Error = Error;

    async fn create(&self) -> Result<Connection> {
        self.open().await
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<Error> {
        if connection.client.is_closed() { Err(RecycleError::message("it was closed")) } else { Ok(()) }
    }
}
