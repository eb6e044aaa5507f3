//! The server behind test databases: one that is given, one in Docker, or one started here.

use std::io::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use testcontainers::core::{IntoContainerPort, Mount};
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, GenericImage, ImageExt};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::OnceCell;

use super::local::Cluster;
use super::managed::manage;
use crate::config::{DatabaseConfig, Secret, TlsMode};
use crate::error::{Error, Result};
use crate::repository::{self, Migrations};
use crate::testing::Authority;

/// The image tests run on, the same version as in production.
const IMAGE: (&str, &str) = ("postgres", "17-alpine");

/// The variable that names an existing server.
const URL: &str = "WHC_TEST_DATABASE_URL";

/// The password of every throwaway server; they listen on this machine only and hold nothing.
const PASSWORD: &str = "whc";

/// How many databases were made, on whichever server: one that is given serves as both kinds.
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A server and how its administrator reaches it.
pub(super) struct Server {
    admin: DatabaseConfig,
    kind: Kind,
    /// Who certified it, where it is managed and ours.
    authority: Option<Authority>,
    /// The database that migrated ones are copied from.
    template: OnceCell<String>,
}

enum Kind {
    Given,
    Container(Option<Box<ContainerAsync<GenericImage>>>),
    Local { _cluster: Cluster },
}

impl Server {
    /// The first server that is available.
    pub(super) async fn start() -> Self {
        match given() {
            Some(admin) => Self::theirs(admin).await,
            None => Self::ours().await,
        }
    }

    /// A server as a cloud manages it: the given one, if its URL says `sslmode=verify-full`, else one of ours.
    pub(super) async fn start_managed() -> Self {
        if let Some(admin) = given().filter(|admin| admin.tls == TlsMode::Require) {
            return Self::theirs(admin).await;
        }
        let mut server = Self::ours().await;
        let authority = Authority::new("whc tests");
        server.admin = manage(&server.admin, &authority).await.expect("a managed server");
        server.authority = Some(authority);
        wait_for(&server.admin, "the server, once it is managed,").await;
        server
    }

    async fn theirs(admin: DatabaseConfig) -> Self {
        Self::reached(admin, Kind::Given, "the server of WHC_TEST_DATABASE_URL").await
    }

    async fn ours() -> Self {
        let docker = match container().await {
            Ok((admin, container)) => {
                let kind = Kind::Container(Some(Box::new(container)));
                return Self::reached(admin, kind, "PostgreSQL in Docker").await;
            }
            Err(error) => error,
        };
        match Cluster::start(PASSWORD) {
            Ok(cluster) => {
                let admin = throwaway("127.0.0.1", cluster.port());
                Self::reached(admin, Kind::Local { _cluster: cluster }, "PostgreSQL of this machine").await
            }
            Err(local) => panic!(
                "tests need PostgreSQL, one of three ways: {URL} names a server, with sslmode=verify-full for tests of \
                 logins; Docker runs ({docker}); or its programs are installed ({local})"
            ),
        }
    }

    async fn reached(admin: DatabaseConfig, kind: Kind, what: &str) -> Self {
        wait_for(&admin, what).await;
        announce(what);
        Self { admin, kind, authority: None, template: OnceCell::new() }
    }

    /// A copy of the migrated template, which is made when first needed.
    pub(super) async fn create_migrated(&self) -> Result<DatabaseConfig> {
        let template = self.template.get_or_try_init(|| async {
            let config = self.create("template1").await?;
            Migrations::new(&config).apply().await?;
            Ok::<_, Error>(config.name)
        });
        self.create(template.await?).await
    }

    /// A copy of `template`.
    pub(super) async fn create(&self, template: &str) -> Result<DatabaseConfig> {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("whc_test_{}_{number}", std::process::id());
        repository::execute(&self.admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        Ok(DatabaseConfig { name, ..self.admin.clone() })
    }

    /// Breaks every connection. The server restarts by itself when a process of its own is killed.
    pub(super) async fn restart(&self, database: &DatabaseConfig) {
        let break_all = if self.authority.is_some() || matches!(self.kind, Kind::Given) {
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        } else {
            "COPY (SELECT 1) TO PROGRAM 'kill -KILL $PPID'"
        };
        // Its own connection breaks too.
        let _ = repository::execute(database, break_all).await;
        wait_for(&self.admin, "the server after its restart").await;
    }

    /// Removes a database and its users where the server outlives the tests.
    pub(super) fn discard(&self, database: &DatabaseConfig) {
        if matches!(self.kind, Kind::Given) {
            let (admin, name) = (self.admin.clone(), database.name.clone());
            // A test's runtime may be gone by now, and must not be blocked if it is not.
            let _ = std::thread::spawn(move || runtime().block_on(remove(&admin, &name))).join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let (Kind::Given, Some(template)) = (&self.kind, self.template.get().cloned()) {
            self.discard(&DatabaseConfig { name: template, ..self.admin.clone() });
        }
        if let Kind::Container(container) = &mut self.kind {
            // Removing a container needs a runtime, whichever.
            let substitute = Handle::try_current().is_err().then(runtime);
            let _guard = substitute.as_ref().map(Runtime::enter);
            drop(container.take());
        }
    }
}

/// Waits until the server accepts connections, by trying one.
async fn wait_for(admin: &DatabaseConfig, what: &str) {
    for attempt in 0.. {
        match repository::execute(admin, "SELECT 1").await {
            Ok(()) => break,
            Err(error) if attempt == 600 => panic!("{what} does not answer: {}", error.report()),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

async fn container()
-> Result<(DatabaseConfig, ContainerAsync<GenericImage>), testcontainers::TestcontainersError> {
    let (name, tag) = IMAGE;
    let durability_off =
        ["postgres", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"];
    let image = GenericImage::new(name, tag)
        .with_exposed_port(5432.tcp())
        .with_env_var("POSTGRES_PASSWORD", PASSWORD)
        .with_mount(Mount::tmpfs_mount("/var/lib/postgresql/data"))
        .with_cmd(durability_off);
    let container = image.start().await?;
    let host = container.get_host().await?.to_string();
    let port = container.get_host_port_ipv4(5432.tcp()).await?;
    Ok((throwaway(&host, port), container))
}

fn throwaway(host: &str, port: u16) -> DatabaseConfig {
    DatabaseConfig {
        host: host.to_owned(),
        port,
        name: "postgres".to_owned(),
        user: "postgres".to_owned(),
        password: Some(Secret::new(PASSWORD)),
        tls: TlsMode::Disable,
        ..DatabaseConfig::default()
    }
}

async fn remove(admin: &DatabaseConfig, name: &str) {
    // What is left over only takes space.
    let _ = repository::execute(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    for user in ["stranger", "whc_owner", "whc_writer", "whc_reader", "whc_desk"] {
        let _ = repository::execute(admin, &format!("DROP ROLE IF EXISTS {name}_{user}")).await;
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime to clean up on")
}

#[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the product")]
fn given() -> Option<DatabaseConfig> {
    let url = std::env::var(URL).ok().filter(|url| !url.trim().is_empty())?;
    Some(DatabaseConfig::from_url(&url).unwrap_or_else(|error| panic!("{URL}: {error}")))
}

fn announce(what: &str) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    // Not through `println!`, whose output the test harness captures.
    ONCE.call_once(|| drop(writeln!(std::io::stderr(), "databases of these tests: {what}")));
}
