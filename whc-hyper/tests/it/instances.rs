//! Two instances of `whc` with one PostgreSQL and one Valkey: what happens at one is known at the other.

use std::time::{Duration, Instant};

use http::Version;
use serde_json::{Value, json};
use whc_core::config::{SecretKeys, SessionConfig};
use whc_core::session::{Account, Session, SessionId};
use whc_core::testing::{CuttableProxy, TestDatabase, TestValkey};
use whc_core::{Clock as _, Config, SystemClock, repository};

use crate::binary::{Serving, url};
use crate::outage::fill;
use crate::secrets::client::Client;

const SECRET: &str = "5f2b0c9d7e1a48366f2b0c9d7e1a48365f2b0c9d7e1a48366f2b0c9d7e1a4836";
const SITE: &str = "/api/whcsites/1";
/// What a reader of one instance waits for a write at the other.
const SOON: Duration = Duration::from_secs(1);

/// What the instances share; the way to Valkey can be cut and held.
struct Scene {
    database: TestDatabase,
    reader: String,
    desk: String,
    valkey: TestValkey,
    proxy: CuttableProxy,
}

impl Scene {
    async fn new() -> Self {
        let (database, valkey) = (TestDatabase::new().await, TestValkey::new().await);
        fill(&database).await;
        let [reader, desk] = [database.member_of("whc_reader").await, database.member_of("whc_desk").await]
            .map(|user| url(&user));
        let config = valkey.config();
        let proxy = CuttableProxy::new(&config.host, config.port).await;
        Self { database, reader, desk, valkey, proxy }
    }

    /// An instance that hears of changes, and would ask for them only after an hour.
    fn instance(&self) -> Serving {
        let variables = [
            ("DATABASE_URL", &*self.reader),
            ("DATABASE_WRITE_URL", &self.desk),
            ("DATABASE_LISTEN_URL", &url(&self.database.config())),
            ("SNAPSHOT_POLL_SECONDS", "3600"),
            ("VALKEY_URL", &format!("redis://{}", self.proxy.address())),
            ("VALKEY_PREFIX", &self.valkey.config().prefix),
            ("SECRET_KEY_BASE", SECRET),
            ("OIDC_PROVIDERS", "test"),
            ("OIDC_TEST_ISSUER", "http://127.0.0.1:9"),
            ("OIDC_TEST_CLIENT_ID", "whc"),
            ("OIDC_TEST_CLIENT_SECRET", "a secret"),
            ("PUBLIC_URL", "https://heritage.example"),
            ("LIMIT_WRITES", "off"),
        ];
        let serving = Serving::ready(&variables);
        // Valkey answers whoever asks once it is connected.
        serving.soon(|serving| serving.get("/readyz").1.contains(r#""valkey":{"status":"ok""#));
        serving
    }

    /// The cookie of a curator who has logged in.
    async fn logged_in(&self) -> String {
        let mut config = Config::default();
        config.secret_keys = Some(SecretKeys::parse(SECRET).unwrap());
        config.valkey = Some(self.valkey.config());
        let store = repository::open(&config).unwrap().sessions.unwrap();
        let account = Account { subject: "ada".to_owned(), ..Account::default() };
        let scopes = "sites:write".parse().unwrap();
        let session = Session::begin(account, scopes, SystemClock.now(), &SessionConfig::default());
        let id = SessionId::random().unwrap();
        store.insert(id.fingerprint(), &session).await.unwrap();
        format!("__Host-whc_session={}", id.reveal())
    }
}

/// Somebody's browser at one instance.
struct Browser {
    client: Client,
    cookie: String,
}

impl Browser {
    async fn at(serving: &Serving, cookie: &str) -> Self {
        Self { client: Client::connect(serving.address(), Version::HTTP_11).await, cookie: cookie.to_owned() }
    }

    async fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let own = [("cookie", &*self.cookie), ("sec-fetch-site", "same-origin")];
        let headers = own.iter().chain(headers).map(|(name, value)| (*name, (*value).to_owned()));
        let headers: Vec<_> = headers.collect();
        let (status, body) = self.client.ask(method, path, &headers, body).await;
        (status, serde_json::from_str(&body).unwrap_or_default())
    }

    async fn me(&mut self) -> u16 {
        self.ask("GET", "/api/me", &[], "").await.0
    }

    /// Sets the year of a site, and says what was answered.
    async fn inscribe(&mut self, year: u64) -> (u16, Value) {
        let me = self.ask("GET", "/api/me", &[], "").await.1;
        let token = me["session"]["csrf_token"].as_str().expect("a session");
        let headers =
            [("content-type", "application/merge-patch+json"), ("if-match", "*"), ("x-csrf-token", token)];
        self.ask("PATCH", SITE, &headers, &json!({"date_inscribed": year}).to_string()).await
    }

    async fn inscribed(&mut self) -> u64 {
        let (status, site) = self.ask("GET", SITE, &[], "").await;
        assert_eq!(status, 200, "{site}");
        site["data"]["date_inscribed"].as_u64().unwrap()
    }

    /// Asks until it is so, for a while.
    async fn until(&mut self, expected: u16) {
        for attempt in 0.. {
            let status = self.me().await;
            if status == expected {
                return;
            }
            assert!(attempt < 200, "/api/me says {status}, not {expected}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_at_one_is_read_at_the_other_within_a_second() {
    let scene = Scene::new().await;
    let [one, other] = [scene.instance(), scene.instance()];
    let cookie = scene.logged_in().await;
    let mut browsers = [Browser::at(&one, &cookie).await, Browser::at(&other, &cookie).await];
    for year in 1990..2000 {
        browsers.reverse();
        let [writer, reader] = &mut browsers;
        assert_ne!(reader.inscribed().await, year);
        let (status, said) = writer.inscribe(year).await;
        let written = now();
        assert_eq!(status, 200, "{said}");
        assert_eq!(writer.inscribed().await, year, "who writes reads it at once");
        while reader.inscribed().await != year {
            assert!(written.elapsed() < SOON, "{year} is not there after {SOON:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_of_both_and_work_again_when_valkey_is_back() {
    let mut scene = Scene::new().await;
    let [one, other] = [scene.instance(), scene.instance()];
    let cookie = scene.logged_in().await;
    let mut browsers = [Browser::at(&one, &cookie).await, Browser::at(&other, &cookie).await];
    for browser in &mut browsers {
        assert_eq!(browser.me().await, 200);
    }
    for held in [false, true] {
        if held {
            scene.proxy.hold();
        } else {
            scene.proxy.cut().await;
        }
        for browser in &mut browsers {
            browser.until(401).await;
            browser.inscribed().await;
            let (status, problem) = browser.ask("POST", "/auth/logout", &[], "").await;
            assert_eq!((status, &problem["code"]), (503, &json!("login-unavailable")));
        }
        if held {
            scene.proxy.release();
        } else {
            scene.proxy.restore().await;
        }
        for browser in &mut browsers {
            browser.until(200).await;
        }
    }
    let me = browsers[0].ask("GET", "/api/me", &[], "").await.1;
    let token = me["session"]["csrf_token"].as_str().unwrap();
    let (status, _) = browsers[0].ask("POST", "/auth/logout", &[("x-csrf-token", token)], "").await;
    assert!((200..400).contains(&status), "{status}");
    for browser in &mut browsers {
        assert_eq!(browser.me().await, 401, "who leaves one has left both");
    }
}

#[expect(clippy::disallowed_methods, reason = "a test measures real time")]
fn now() -> Instant {
    Instant::now()
}
