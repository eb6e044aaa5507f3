//! Logging in to PostgreSQL while passwords change.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use whc_core::config::{Credentials, CredentialsProvider, DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;
use whc_core::{Error, PostgresSites, Result, SiteRepository};

/// Caches its first credentials until they are refused, as a provider with a remote service does.
#[derive(Debug)]
struct Keeping {
    kept: Mutex<Credentials>,
    current: Mutex<Credentials>,
    asked: AtomicUsize,
    refused: AtomicUsize,
}

impl Keeping {
    fn new(credentials: &Credentials) -> Arc<Self> {
        let (kept, current) = (Mutex::new(credentials.clone()), Mutex::new(credentials.clone()));
        Arc::new(Self { kept, current, asked: AtomicUsize::new(0), refused: AtomicUsize::new(0) })
    }

    fn rotate(&self, credentials: Credentials) {
        *self.current.lock().unwrap() = credentials;
    }

    fn counts(&self) -> (usize, usize) {
        (self.asked.load(Ordering::SeqCst), self.refused.load(Ordering::SeqCst))
    }
}

#[async_trait]
impl CredentialsProvider for Keeping {
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut kept = self.kept.lock().unwrap();
        if refused == Some(&*kept) {
            self.refused.fetch_add(1, Ordering::SeqCst);
            *kept = self.current.lock().unwrap().clone();
        }
        Ok(kept.clone())
    }
}

fn login(config: &DatabaseConfig, password: &str) -> Credentials {
    Credentials::new(config.user.clone(), Secret::new(password))
}

/// Ends every connection but the administrator's own.
async fn close_all(database: &TestDatabase) {
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.execute(others).await.unwrap();
}

async fn change_password(database: &TestDatabase, user: &str, password: &str) {
    database.execute(&format!("ALTER ROLE {user} PASSWORD '{password}'")).await.unwrap();
}

#[tokio::test]
async fn a_password_that_was_rotated_is_asked_for_once_more() {
    let database = TestDatabase::new().await;
    let mut config = database.member_of("whc_reader").await;
    let provider = Keeping::new(&login(&config, "test"));
    config.provider = Some(Arc::clone(&provider) as _);
    let sites = PostgresSites::new(&config).unwrap();
    sites.version().await.unwrap();
    assert_eq!(provider.counts(), (1, 0));

    change_password(&database, &config.user, "rotated").await;
    provider.rotate(login(&config, "rotated"));
    sites.version().await.unwrap();
    assert_eq!(provider.counts(), (1, 0), "an open connection logs in no more");
    close_all(&database).await;
    sites.version().await.unwrap();
    assert_eq!(provider.counts(), (3, 1));
}

/// Two alternating users: the previous one is valid until the next rotation.
#[tokio::test]
async fn the_user_may_change_with_the_password() {
    let database = TestDatabase::new().await;
    let mut config = database.member_of("whc_reader").await;
    let next = database.member_of("whc_writer").await;
    let provider = Keeping::new(&login(&config, "test"));
    config.provider = Some(Arc::clone(&provider) as _);
    let sites = PostgresSites::new(&config).unwrap();
    sites.version().await.unwrap();
    provider.rotate(login(&next, "test"));
    database.execute(&format!("ALTER ROLE {} NOLOGIN", config.user)).await.unwrap();
    close_all(&database).await;
    sites.version().await.unwrap();
    assert_eq!(provider.counts(), (3, 1));
}

#[tokio::test]
async fn what_is_refused_and_told_again_is_not_tried_again() {
    let database = TestDatabase::new().await;
    let mut config = database.member_of("whc_reader").await;
    let provider = Keeping::new(&login(&config, "wrong"));
    config.provider = Some(Arc::clone(&provider) as _);
    let error = PostgresSites::new(&config).unwrap().version().await.unwrap_err();
    assert!(error.is_unavailable(), "{}", error.report());
    assert!(error.to_string().contains("refuses the user or the password"), "{error}");
    assert_eq!(provider.counts(), (2, 1));
}

#[tokio::test]
async fn a_password_in_a_file_is_read_for_every_connection() {
    let database = TestDatabase::new().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "test\n").unwrap();
    let mut config = database.member_of("whc_reader").await;
    config.password_file = Some(file.path().into());
    let sites = PostgresSites::new(&config).unwrap();
    sites.version().await.unwrap();

    change_password(&database, &config.user, "rotated").await;
    std::fs::write(file.path(), "rotated").unwrap();
    close_all(&database).await;
    sites.version().await.unwrap();

    std::fs::remove_file(file.path()).unwrap();
    close_all(&database).await;
    let error = sites.version().await.unwrap_err();
    assert!(error.is_unavailable() && error.report().contains("DB_PASSWORD_FILE"), "{}", error.report());
}

/// Fails each time with a number of its own.
#[derive(Debug, Default)]
struct Failing(AtomicUsize);

#[async_trait]
impl CredentialsProvider for Failing {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        // All of them are in progress before the first fails.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(Error::unavailable(format!("failure {number}")).with_source("what only the log may say"))
    }
}

/// The pool passes on errors of tokio-postgres only: ours must come through it unchanged, each to its own caller.
#[tokio::test]
async fn a_failure_of_the_provider_reaches_the_caller_it_belongs_to() {
    let database = TestDatabase::new().await;
    let mut config = database.member_of("whc_reader").await;
    config.provider = Some(Arc::new(Failing::default()));
    let sites = PostgresSites::new(&config).unwrap();
    let (first, second, third) = tokio::join!(sites.version(), sites.version(), sites.version());
    let mut messages = Vec::new();
    for outcome in [first, second, third] {
        let error = outcome.unwrap_err();
        assert!(error.is_unavailable(), "{}", error.report());
        assert!(error.report().ends_with(": what only the log may say"), "{}", error.report());
        messages.push(error.to_string());
    }
    messages.sort();
    assert_eq!(messages, ["failure 0", "failure 1", "failure 2"]);
}

/// Takes longer for the credentials than a connection may take.
#[derive(Debug)]
struct Slow(Credentials);

#[async_trait]
impl CredentialsProvider for Slow {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        Ok(self.0.clone())
    }
}

#[tokio::test]
async fn a_slow_provider_is_not_taken_for_a_dead_database() {
    let database = TestDatabase::new().await;
    let mut config = database.member_of("whc_reader").await;
    config.provider = Some(Arc::new(Slow(login(&config, "test"))));
    config.connect_timeout = Duration::from_secs(1);
    PostgresSites::new(&config).unwrap().version().await.unwrap();
}

/// Never answers.
#[derive(Debug)]
struct Hanging;

#[async_trait]
impl CredentialsProvider for Hanging {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_given_up() {
    let mut config = DatabaseConfig::from_url("postgres://whc@localhost/whc").unwrap();
    config.provider = Some(Arc::new(Hanging));
    let error = PostgresSites::new(&config).unwrap().version().await.unwrap_err();
    assert!(error.is_unavailable() && error.to_string().contains("credentials"), "{}", error.report());
    assert!(error.report().contains("Hanging gave none within 30s"), "{}", error.report());
}
