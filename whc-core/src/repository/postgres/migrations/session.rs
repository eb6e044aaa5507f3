//! The connection migrations run on: locked against others, as the owner of the schema.

use std::error::Error as StdError;
use std::time::Duration;

use refinery::{Migration, Runner};
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::HISTORY;
use crate::config::DatabaseConfig;
use crate::error::{Error, Result};
use crate::repository::postgres::connect::Connector;
use crate::repository::postgres::failure::failed;

const ROLES: &str = include_str!("../../../../migrations/roles.sql");

/// Any number that nothing else locks in the same database.
const LOCK: i64 = 0x7768_6320_6d69_6772;

/// Limits for what a migration waits for: a table that is in use for long stops it instead of everyone else, who
/// would queue up behind it.
const LIMITS: &str = "SET lock_timeout = '5s'; SET statement_timeout = '10min'; \
    SET idle_in_transaction_session_timeout = '1min'";

/// One connection of its own; closing it gives the lock back.
pub(super) struct Session(Client);

impl Session {
    pub(super) async fn open(config: &DatabaseConfig) -> Result<Self> {
        Ok(Self(Connector::new(config)?.open().await?.0))
    }

    /// The migrations that were applied, in order.
    pub(super) async fn history(&mut self) -> Result<Vec<Migration>> {
        let exists = format!("SELECT to_regclass('{HISTORY}') IS NOT NULL");
        if !self.is_true(&exists).await? {
            return Ok(Vec::new());
        }
        let mut runner = Runner::new(&[]);
        runner.set_migration_table_name(HISTORY);
        runner.get_applied_migrations_async(&mut self.0).await.map_err(unmigrated)
    }

    /// Refuses a database whose texts cannot have the letters of all languages.
    pub(super) async fn check_encoding(&self, config: &DatabaseConfig) -> Result<()> {
        let encoding = "SELECT current_setting('server_encoding')";
        let row = self.0.query_typed_one(encoding, &[]).await.map_err(failed)?;
        match row.try_get(0).map_err(failed)? {
            "UTF8" => Ok(()),
            other => Err(Error::refused(format!(
                "the database {} has the encoding {other}, in which most names cannot be written: make another one with \
                 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
                config.name
            ))),
        }
    }

    /// Waits until no one else migrates this database.
    pub(super) async fn lock(&self, patience: Duration) -> Result<()> {
        // At zero the server would wait forever.
        let wait = patience.as_millis().max(1);
        let lock = format!("SET lock_timeout = {wait}; SELECT pg_advisory_lock({LOCK}); {LIMITS}");
        self.0.batch_execute(&lock).await.map_err(|error| match error.code() {
            Some(&SqlState::LOCK_NOT_AVAILABLE) => Error::unavailable(format!(
                "another migration of this database is still running after {patience:?}: try again when it is done"
            ))
            .with_source(error),
            _ => failed(error),
        })
    }

    /// Makes sure of the roles and the schema, and becomes the owner.
    pub(super) async fn prepare(&self, config: &DatabaseConfig) -> Result<()> {
        let roles = "SELECT count(*) = 4 FROM pg_roles \
            WHERE rolname IN ('whc_owner', 'whc_writer', 'whc_reader', 'whc_desk')";
        if !self.is_true(roles).await? {
            self.execute(ROLES, || {
                format!(
                    "of the roles whc_owner, whc_writer, whc_reader and whc_desk some are missing and {} may not create \
                     them: let an administrator run migrations/roles.sql once",
                    config.user
                )
            })
            .await?;
        }
        self.become_owner(config).await?;
        if !self.is_true("SELECT to_regnamespace('whc') IS NOT NULL").await? {
            self.execute("RESET ROLE; CREATE SCHEMA whc AUTHORIZATION whc_owner; SET ROLE whc_owner", || {
                let DatabaseConfig { user, name, .. } = config;
                format!(
                    "{user} may not create a schema: let an administrator run GRANT CREATE ON DATABASE {name} TO {user}"
                )
            })
            .await?;
        }
        Ok(())
    }

    /// Everything is created as `whc_owner`, so that any user who may become it can migrate next time.
    async fn become_owner(&self, config: &DatabaseConfig) -> Result<()> {
        if self.0.batch_execute("SET ROLE whc_owner").await.is_ok() {
            return Ok(());
        }
        self.execute("GRANT whc_owner TO CURRENT_USER; SET ROLE whc_owner", || {
            let user = &config.user;
            format!("{user} may not migrate: let an administrator run GRANT whc_owner TO {user}")
        })
        .await
    }

    /// Applies what is missing and names it.
    pub(super) async fn run(&mut self, runner: &Runner) -> Result<Vec<String>> {
        let report = runner.run_async(&mut self.0).await.map_err(unmigrated)?;
        Ok(report.applied_migrations().iter().map(Migration::to_string).collect())
    }

    async fn is_true(&self, question: &str) -> Result<bool> {
        let row = self.0.query_typed_one(question, &[]).await.map_err(failed)?;
        row.try_get(0).map_err(failed)
    }

    /// Runs statements; `hint` says what to grant if a right is lacking.
    async fn execute(&self, statements: &str, hint: impl FnOnce() -> String) -> Result<()> {
        self.0.batch_execute(statements).await.map_err(|error| match error.code() {
            Some(&SqlState::INSUFFICIENT_PRIVILEGE) => Error::refused(hint()).with_source(error),
            _ => failed(error),
        })
    }
}

/// A migration that failed; which one is in refinery's words.
fn unmigrated(error: refinery::Error) -> Error {
    let code = error
        .source()
        .and_then(|source| source.downcast_ref::<tokio_postgres::Error>())
        .and_then(tokio_postgres::Error::code);
    let busy = code == Some(&SqlState::LOCK_NOT_AVAILABLE);
    let lost = code.is_none();
    let failure = if busy {
        Error::unavailable("a table is in use for long, the migration gave way: try again later")
    } else if lost {
        Error::unavailable("the connection was lost during the migration")
    } else {
        Error::internal("a migration failed; what it did was undone")
    };
    failure.with_source(error)
}
