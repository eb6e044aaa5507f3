//! Logins while the store of sessions, or the provider, is away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use whc_core::session::{Fingerprint, MemorySessions, Session, SessionStore};
use whc_core::testing::MockClock;
use whc_core::{Error, Result, async_trait};

use super::browser::{Browser, From, HERE, location, text};
use super::provider::Provider;
use super::{NOW, Service, ada, app};
use crate::client::json as body;

/// A store that can be away.
#[derive(Debug)]
struct Away(MemorySessions, AtomicBool);

impl Away {
    fn store(&self) -> Result<&MemorySessions> {
        let is_away = self.1.load(Ordering::Relaxed);
        if is_away {
            Err(Error::unavailable("the store is away").with_source("secret address"))
        } else {
            Ok(&self.0)
        }
    }
}

#[async_trait]
impl SessionStore for Away {
    async fn insert(&self, id: Fingerprint, session: &Session) -> Result<()> {
        self.store()?.insert(id, session).await
    }
    async fn find(&self, id: Fingerprint) -> Result<Option<Session>> {
        self.store()?.find(id).await
    }
    async fn update(&self, id: Fingerprint, session: &Session) -> Result<bool> {
        self.store()?.update(id, session).await
    }
    async fn remove(&self, id: Fingerprint) -> Result<bool> {
        self.store()?.remove(id).await
    }
    async fn of_account(&self, account: Fingerprint) -> Result<Vec<(Fingerprint, Session)>> {
        self.store()?.of_account(account).await
    }
    async fn remove_account(&self, account: Fingerprint) -> Result<usize> {
        self.store()?.remove_account(account).await
    }
    async fn remove_provider_session(&self, session: Fingerprint) -> Result<usize> {
        self.store()?.remove_provider_session(session).await
    }
    async fn use_once(&self, what: Fingerprint, expires: SystemTime) -> Result<bool> {
        self.store()?.use_once(what, expires).await
    }
}

#[tokio::test]
async fn without_the_store_nobody_is_logged_in_and_everybody_reads() {
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)));
    let away = Arc::new(Away(MemorySessions::new(Arc::clone(&clock) as _), AtomicBool::new(false)));
    let provider = Provider::start().await;
    let app = app(&provider, Arc::clone(&away) as _, &clock, &[]);
    let mut browser = Browser::new(&app, "Lynx");
    let query = provider.query(&location(&browser.get("/auth/test").await));
    let code = provider.code(&query, &ada());
    let path = format!("/auth/test/callback?code={code}&state={}", query["state"]);
    browser.arrive(&path).await;
    let token = browser.form_token().await;

    away.1.store(true, Ordering::Relaxed);
    for path in ["/", "/sites/1", "/api/whcsites/1", "/login"] {
        assert_eq!(browser.get(path).await.status(), 200, "{path}");
    }
    assert_eq!(browser.me().await, 401);
    let page = browser.get("/account").await;
    assert_eq!(location(&page), format!("{HERE}/login?return_to=%2Faccount"));
    for (method, path) in [("GET", "/auth/test"), ("POST", "/auth/logout"), ("PATCH", "/api/whcsites/1")] {
        let headers = [("x-csrf-token", &*token), ("accept", "application/json")];
        let response = browser.send(From::Here, method, path, &headers, "").await;
        assert_eq!(response.status(), 503, "{method} {path}");
        assert!(response.headers().contains_key("retry-after"));
        let problem = body(response);
        assert_eq!(problem["code"], "login-unavailable");
        assert!(!problem.to_string().contains("secret address"), "{problem}");
    }
    assert!(text(browser.get("/auth/test").await).contains("try again in a few seconds"));

    away.1.store(false, Ordering::Relaxed);
    assert_eq!(browser.me().await, 200);
}

#[tokio::test]
async fn without_the_provider_a_login_says_try_again() {
    let service = Service::start().await;
    service.provider.set_down(true);
    let mut browser = service.browser();
    assert_eq!(browser.get("/auth/test").await.status(), 503);
    service.provider.set_down(false);
    service.clock.advance(Duration::from_secs(30));
    let (path, _) = service.answered(&mut browser, &ada()).await;
    service.provider.set_down(true);
    assert_eq!(browser.arrive(&path).await.status(), 503);
    assert!(service.store.is_empty());
}

#[tokio::test]
async fn metadata_of_another_issuer_or_without_encryption_are_not_believed() {
    for (name, value) in [
        ("issuer", "https://evil.example"),
        ("token_endpoint", "ftp://127.0.0.1/token"),
        ("token_endpoint", "http://evil.example/token"),
        ("jwks_uri", "http://me@127.0.0.1/jwks"),
    ] {
        let service = Service::start().await;
        service.provider.publish(serde_json::json!({name: value}));
        assert_eq!(service.browser().get("/auth/test").await.status(), 503, "{name} {value}");
    }
}
