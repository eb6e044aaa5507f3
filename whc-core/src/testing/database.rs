//! A PostgreSQL database for one test, on a server that all tests of the process share.

mod local;
mod managed;
mod server;

use std::fmt;
use std::sync::{Arc, Weak};

use tokio::sync::Mutex;

use self::server::Server;
use crate::config::DatabaseConfig;
use crate::config::Secret;
use crate::error::Result;
use crate::repository;

/// A server, shared while any test uses it. It is stopped and removed after the last one: a static would never be dropped.
type Shared = Mutex<Weak<Server>>;

static SERVER: Shared = Shared::const_new(Weak::new());
static MANAGED: Shared = Shared::const_new(Weak::new());

/// A database that belongs to one test.
///
/// The server is the one `WHC_TEST_DATABASE_URL` names (with a user who may create databases and roles), else
/// PostgreSQL in Docker, else a throwaway cluster from PostgreSQL's programs on this machine.
///
/// ```no_run
/// # async fn example() -> whc_core::Result<()> {
/// use whc_core::{PostgresSites, SiteRepository, testing::TestDatabase};
/// let database = TestDatabase::new().await;
/// let sites = PostgresSites::new(&database.config())?;
/// sites.ready().await
/// # }
/// ```
pub struct TestDatabase {
    config: DatabaseConfig,
    server: Arc<Server>,
}

impl TestDatabase {
    /// A database with whc's schema and no site in it.
    ///
    /// # Panics
    /// No server can be found or started; the message says how to get one.
    pub async fn new() -> Self {
        Self::migrated(Self::server(&SERVER, Server::start).await).await
    }

    /// The same on a server as a cloud manages it: the one of `WHC_TEST_DATABASE_URL` if that says `sslmode=verify-full`,
    /// else a second one of ours. It takes encrypted connections only, certified by an authority of its own, and the
    /// administrator is as the master user of RDS: no superuser, but may make databases and users. What the schema needs
    /// was made by that user.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    pub async fn managed() -> Self {
        Self::migrated(Self::server(&MANAGED, Server::start_managed).await).await
    }

    /// A database with nothing in it, not even the schema.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    pub async fn empty() -> Self {
        let server = Self::server(&SERVER, Server::start).await;
        let config = server.create("template1").await.expect("an empty database");
        Self { config, server }
    }

    async fn migrated(server: Arc<Server>) -> Self {
        let config = server.create_migrated().await.expect("a migrated database");
        Self { config, server }
    }

    async fn server(shared: &Shared, start: impl AsyncFnOnce() -> Server) -> Arc<Server> {
        let mut shared = shared.lock().await;
        if let Some(server) = shared.upgrade() {
            return server;
        }
        let server = Arc::new(start().await);
        *shared = Arc::downgrade(&server);
        server
    }

    /// The configuration of its administrator, a superuser unless the server is a [`managed`](Self::managed) one.
    #[must_use]
    pub fn config(&self) -> DatabaseConfig {
        self.config.clone()
    }

    /// The configuration of a new user who is a member of `group`: `whc_reader`, `whc_writer`, `whc_desk` or `whc_owner`.
    ///
    /// # Panics
    /// The user cannot be made.
    pub async fn member_of(&self, group: &str) -> DatabaseConfig {
        let member = self.user(group).await;
        let grant = format!("GRANT {group} TO {}", member.user);
        self.execute(&grant).await.expect("a member of a group");
        member
    }

    /// The configuration of a new user who may do nothing but connect.
    ///
    /// # Panics
    /// The user cannot be made.
    pub async fn stranger(&self) -> DatabaseConfig {
        self.user("stranger").await
    }

    async fn user(&self, suffix: &str) -> DatabaseConfig {
        let user = format!("{}_{suffix}", self.config.name);
        // Only a member may end the user's sessions when the database is removed.
        let create = format!("CREATE ROLE {user} LOGIN PASSWORD 'test'; GRANT {user} TO CURRENT_USER");
        self.execute(&create).await.expect("a new user");
        DatabaseConfig { user, password: Some(Secret::new("test")), ..self.config() }
    }

    /// Restarts the server as a crash would: every connection breaks, and for a short time none can be opened. On a server
    /// that is managed, or not started by these tests, only the connections to this database break.
    ///
    /// # Panics
    /// The server does not come back.
    pub async fn restart(&self) {
        self.server.restart(&self.config).await;
    }

    /// Runs SQL as its administrator.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn execute(&self, sql: &str) -> Result<()> {
        execute(&self.config, sql).await
    }
}

/// Runs SQL on a database as the user the configuration names.
///
/// # Errors
/// The error of the database.
pub async fn execute(config: &DatabaseConfig, sql: &str) -> Result<()> {
    repository::execute(config, sql).await
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.server.discard(&self.config);
    }
}

impl fmt::Debug for TestDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestDatabase").field(&self.config.to_string()).finish()
    }
}
