//! A Valkey for one test, on a server that all tests of the process share.

mod local;
mod server;

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};

use redis::{Cmd, FromRedisValue};
use tokio::sync::Mutex;

use self::server::Server;
use crate::config::{Secret, SecretKeys, ValkeyConfig};
use crate::error::Result;
use crate::valkey::Valkey;

/// A server, shared while any test uses it. It is stopped and removed after the last one: a static would never be dropped.
type Shared = Mutex<Weak<Server>>;

static SERVER: Shared = Shared::const_new(Weak::new());
static PROTECTED: Shared = Shared::const_new(Weak::new());

/// How many tests have asked for keys of their own.
static TESTS: AtomicU32 = AtomicU32::new(0);

/// Keys in a Valkey that belong to one test.
///
/// The server is the one `WHC_TEST_VALKEY_URL` names (with a user who may do everything), else Valkey in Docker, else
/// `valkey-server` or `redis-server` of this machine.
///
/// ```no_run
/// # async fn example() -> whc_core::Result<()> {
/// use whc_core::{Valkey, config::SecretKeys, testing::TestValkey};
/// let server = TestValkey::new().await;
/// Valkey::new(&server.config(), &SecretKeys::for_development())?.ready().await
/// # }
/// ```
pub struct TestValkey {
    config: ValkeyConfig,
    server: Arc<Server>,
}

impl TestValkey {
    /// Keys of its own on a server without passwords.
    ///
    /// # Panics
    /// No server can be found or started; the message says how to get one.
    pub async fn new() -> Self {
        Self::on(shared(&SERVER, Server::start).await)
    }

    /// The same on a server as a cloud manages it: the one of `WHC_TEST_VALKEY_URL` if that begins with `rediss:`, else a second
    /// one of ours. It takes encrypted connections only, certified by an authority of its own, and the user may do everything
    /// to keys of this test, and nothing else.
    ///
    /// # Panics
    /// As [`new`](Self::new).
    pub async fn protected() -> Self {
        let mut test = Self::on(shared(&PROTECTED, Server::start_protected).await);
        let user = format!("{}-app", test.config.prefix);
        test.set_user(&user, "first").await;
        (test.config.user, test.config.password) = (user, Some(Secret::new("first")));
        test
    }

    fn on(server: Arc<Server>) -> Self {
        let number = TESTS.fetch_add(1, Ordering::Relaxed);
        let prefix = format!("whc-test-{}-{number}", std::process::id());
        Self { config: ValkeyConfig { prefix, ..server.admin().clone() }, server }
    }

    /// How to reach it, with a prefix of this test.
    #[must_use]
    pub fn config(&self) -> ValkeyConfig {
        self.config.clone()
    }

    /// Makes a user whose password this is from now on, and who may use keys of this test.
    ///
    /// # Panics
    /// The server refuses.
    pub async fn set_user(&self, user: &str, password: &str) {
        let mut command = redis::cmd("ACL");
        command.arg("SETUSER").arg(user).arg(&["reset", "on", "+@all", "-@admin", "-@dangerous"]);
        command.arg(format!("~{}:*", self.config.prefix)).arg(format!(">{password}"));
        self.execute::<()>(&command).await.expect("a user");
    }

    /// Gives a user these passwords, each of which is accepted, and no others.
    ///
    /// # Panics
    /// The server refuses.
    pub async fn set_passwords(&self, user: &str, passwords: &[String]) {
        let mut command = redis::cmd("ACL");
        command.arg("SETUSER").arg(user).arg("resetpass");
        for password in passwords {
            command.arg(format!(">{password}"));
        }
        self.execute::<()>(&command).await.expect("passwords");
    }

    /// Ends the connections of a user, as a server does where a password was taken back.
    ///
    /// # Panics
    /// The server refuses.
    pub async fn disconnect(&self, user: &str) {
        let mut command = redis::cmd("CLIENT");
        command.arg(&["KILL", "USER", user]);
        self.execute::<i64>(&command).await.expect("an end of connections");
    }

    /// Runs a command as the server's administrator.
    ///
    /// # Errors
    /// The error of the server.
    pub async fn execute<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        Valkey::new(self.server.admin(), &SecretKeys::for_development())?.ask(command).await
    }

    /// The keys of this test, without its prefix, in their order.
    ///
    /// # Panics
    /// The server does not answer.
    pub async fn keys(&self) -> Vec<String> {
        let mut command = redis::cmd("KEYS");
        command.arg(format!("{}:*", self.config.prefix));
        let mut keys = self.execute::<Vec<String>>(&command).await.expect("keys");
        for key in &mut keys {
            drop(key.drain(..=self.config.prefix.len()));
        }
        keys.sort();
        keys
    }
}

async fn shared(shared: &Shared, start: impl AsyncFnOnce() -> Server) -> Arc<Server> {
    let mut shared = shared.lock().await;
    if let Some(server) = shared.upgrade() {
        return server;
    }
    let server = Arc::new(start().await);
    *shared = Arc::downgrade(&server);
    server
}

impl fmt::Debug for TestValkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestValkey").field(&self.config.to_string()).finish()
    }
}
