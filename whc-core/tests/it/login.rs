//! Logins in the browser: with a provider of our own, from the first click to the last session.

mod attacks;
mod back_channel;
mod browser;
mod config;
mod cookies;
mod desk;
mod flow;
mod form_post;
mod limits;
mod outage;
mod provider;
mod rights;
mod sessions;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use whc_core::config::{Variables, WebConfig};
use whc_core::session::{MemorySessions, SessionStore};
use whc_core::testing::MockClock;
use whc_core::{App, Clock, Config, Login, MemoryContacts, MemorySites};

use self::browser::{Browser, HERE, location};
use self::provider::{CLIENT, Provider, SECRET};

/// When the tests take place, in seconds since 1970.
const NOW: u64 = 1_800_000_000;
const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A service, its provider and its clock.
struct Service {
    app: App,
    provider: Provider,
    clock: Arc<MockClock>,
    store: Arc<MemorySessions>,
}

impl Service {
    async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With these settings beside the usual ones.
    async fn with(settings: &[(&str, &str)]) -> Self {
        let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)));
        let store = Arc::new(MemorySessions::new(Arc::clone(&clock) as _));
        let provider = Provider::start().await;
        let app = app(&provider, Arc::clone(&store) as _, &clock, settings);
        Self { app, provider, clock, store }
    }

    fn browser(&self) -> Browser {
        Browser::new(&self.app, "Lynx")
    }

    /// Logs in as somebody of whom the provider says this.
    async fn log_in(&self, browser: &mut Browser, claims: &Value) {
        let (path, _) = self.answered(browser, claims).await;
        assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/account"));
    }

    /// Begins a login, and lets the provider answer: the path that the browser comes back to, and its state.
    async fn answered(&self, browser: &mut Browser, claims: &Value) -> (String, String) {
        let query = self.provider.query(&location(&browser.get("/auth/test").await));
        let code = self.provider.code(&query, claims);
        (format!("/auth/test/callback?code={code}&state={}", query["state"]), query["state"].clone())
    }

    async fn logged_in(&self) -> Browser {
        let mut browser = self.browser();
        self.log_in(&mut browser, &ada()).await;
        browser
    }
}

fn app(
    provider: &Provider,
    store: Arc<dyn SessionStore>,
    clock: &Arc<MockClock>,
    settings: &[(&str, &str)],
) -> App {
    let config = config_of(provider.issuer(), settings).unwrap();
    let clock: Arc<dyn Clock> = Arc::clone(clock) as _;
    let login = Login::new(&config, store, Arc::clone(&clock)).unwrap();
    let contacts = MemoryContacts::new();
    let sites = Arc::new(MemorySites::embedded().unwrap().with_audit(contacts.audit()));
    let web = WebConfig::at(HERE).unwrap();
    let builder = App::builder(Arc::clone(&sites) as _).site_store(sites).web(web).clock(clock);
    builder.limits(config.limits).contacts(Arc::new(contacts)).login(login).build()
}

/// The same service where nothing says which host it is at.
fn local_app(service: &Service, is_production: bool) -> App {
    let mut config = config_of(service.provider.issuer(), &[("PUBLIC_URL", "")]).unwrap();
    config.development.is_production = is_production;
    let clock: Arc<dyn Clock> = Arc::clone(&service.clock) as _;
    let login = Login::new(&config, Arc::clone(&service.store) as _, Arc::clone(&clock)).unwrap();
    App::builder(Arc::new(MemorySites::new([]))).clock(clock).login(login).build()
}

fn config_of(issuer: &str, settings: &[(&str, &str)]) -> whc_core::Result<Config> {
    let usual = [
        ("OIDC_PROVIDERS", "test"),
        ("OIDC_TEST_ISSUER", issuer),
        ("OIDC_TEST_CLIENT_ID", CLIENT),
        ("OIDC_TEST_CLIENT_SECRET", SECRET),
        ("OIDC_TEST_GROUPS", "curators=sites:write; *=contacts:read"),
        ("SECRET_KEY_BASE", KEY),
        ("PUBLIC_URL", HERE),
        ("LIMIT_LOGINS", "off"),
    ];
    let lookup = |name: &str| {
        let set = settings.iter().chain(&usual).find(|(known, _)| *known == name);
        set.map(|(_, value)| (*value).to_owned())
    };
    Config::from_variables(&Variables::new(lookup))
}

/// What the provider says of somebody.
fn ada() -> Value {
    json!({
        "sub": "42", "email": "ada@heritage.example", "email_verified": true, "name": "Ada <Lovelace>",
        "given_name": "Ada", "family_name": "<Lovelace>", "picture": "https://login.example/ada.png",
        "groups": ["staff", "curators"], "sid": "session-of-provider"
    })
}
