//! Logging in to PostgreSQL while passwords change.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use whc_core::config::{Credentials, CredentialsProvider, DatabaseConfig, Secret};
use whc_core::testing::TestDatabase;
use whc_core::{PostgresSites, Result, SiteRepository};

/// Keeps what it told first until that is refused, as whoever asks a far service does.
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

/// Every connection but the administrator's own ends, as those of a pool do in time.
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

/// Two users that take turns: the one before is good until the next rotation.
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
