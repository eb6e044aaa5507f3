//! Twenty rotations of the token of Valkey and of the keys of sessions, while people go on using two processes that are replaced
//! one after the other: nobody is logged out, and no request fails.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use lambda_runtime::{Context, LambdaEvent};
use serde_json::Value;
use whc_aws::SecretLogin;
use whc_core::config::{SessionConfig, Variables};
use whc_core::session::{Account, Session, SessionId, SessionStore};
use whc_core::web::{Body, handle};
use whc_core::{App, Clock as _, SystemClock, repository};
use whc_lambda::rotation::{Order, Rotation};

use super::STEPS;
use super::cache::{Cache, TOKEN};
use super::session_keys::{FIRST, KEYS, config};
use crate::login::provider;

const ROTATIONS: usize = 20;
const PEOPLE: usize = 4;

/// A process that runs, and where it keeps sessions.
#[derive(Clone)]
struct Process {
    app: App,
    sessions: Arc<dyn SessionStore>,
}

/// Starts a process, which takes its keys from the secret as it is now, and its token whenever it connects.
async fn start(cache: &Cache, issuer: &str) -> Process {
    let names = [
        ("OIDC_PROVIDERS", "test"),
        ("OIDC_TEST_ISSUER", issuer),
        ("OIDC_TEST_CLIENT_ID", "a"),
        ("OIDC_TEST_CLIENT_SECRET", "a"),
        ("PUBLIC_URL", "https://heritage.example"),
        ("LIMIT_WRITES", "off"),
        ("SECRET_KEY_BASE_ARN", KEYS),
    ];
    let lookup =
        |name: &str| names.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let variables = Variables::new(lookup).among(names.map(|(name, _)| name.to_owned()));
    let variables = whc_aws::with_secrets_of(&variables, async || cache.aws.settings()).await.unwrap();
    let mut config = whc_core::Config::from_variables(&variables).unwrap();
    let mut valkey = cache.place();
    valkey.provider = Some(Arc::new(SecretLogin::with_settings(TOKEN, &cache.aws.settings())));
    config.valkey = Some(valkey);
    let opened = repository::open(&config).unwrap();
    let app = App::configured(&config, &opened).unwrap().build();
    Process { app, sessions: opened.sessions.unwrap() }
}

/// Somebody who logged in at a process, two minutes ago: their next request notes that they are still there.
async fn log_in(process: &Process, name: usize) -> String {
    let account = Account { subject: format!("person-{name}"), ..Account::default() };
    let then = SystemClock.now() - Duration::from_mins(2);
    let session = Session::begin(account, "sites:write".parse().unwrap(), then, &SessionConfig::default());
    let id = SessionId::random().unwrap();
    process.sessions.insert(id.fingerprint(), &session).await.unwrap();
    format!("__Host-whc_session={}", id.reveal())
}

async fn ask(process: &Process, method: &str, path: &str, cookie: &str, form: &str) -> http::Response<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "heritage.example");
    let request = request.header("cookie", cookie).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    handle(&process.app, request.body(Bytes::copy_from_slice(form.as_bytes())).unwrap()).await
}

/// Asks who they are at one process, and sends a form that it made to the other; what went wrong.
async fn use_both(one: &Process, other: &Process, cookie: &str) -> Result<(), String> {
    let me = ask(one, "GET", "/api/me", cookie, "").await;
    let (status, body) = (me.status(), me.into_body().into_bytes());
    if status != 200 {
        return Err(format!("/api/me {status}: {}", String::from_utf8_lossy(&body)));
    }
    let me: Value = serde_json::from_slice(&body).unwrap();
    let token = me["session"]["csrf_token"].as_str().unwrap();
    let nobody = SessionId::random().unwrap().fingerprint();
    let sent = ask(other, "POST", "/account/sessions", cookie, &format!("_csrf={token}&end={nobody}")).await;
    let status = sent.status();
    if status != 303 {
        let body = sent.into_body().into_bytes();
        return Err(format!("/account/sessions {status}: {}", String::from_utf8_lossy(&body)));
    }
    Ok(())
}

async fn rotate(rotation: &Rotation, cache: &Cache, secret: &str, version: &str) {
    cache.aws.begin(secret, version);
    for step in STEPS {
        let (secret_id, client_request_token) = (secret.to_owned(), version.to_owned());
        let order = Order { step, secret_id, client_request_token };
        let done = rotation.invoke(LambdaEvent::new(order, Context::default())).await;
        done.unwrap_or_else(|error| panic!("{secret} {version} {step:?}: {}", error.error_message));
    }
}

/// The two processes that answer, and everybody who has logged in.
struct Service {
    running: RwLock<[Process; 2]>,
    cookies: RwLock<Vec<String>>,
    asked: AtomicUsize,
    over: AtomicBool,
}

impl Service {
    async fn start(cache: &Cache, issuer: &str) -> Arc<Self> {
        let running = [start(cache, issuer).await, start(cache, issuer).await];
        let mut cookies = Vec::new();
        for person in 0..PEOPLE {
            cookies.push(log_in(&running[person % 2], person).await);
        }
        let (running, cookies) = (RwLock::new(running), RwLock::new(cookies));
        Arc::new(Self { running, cookies, asked: AtomicUsize::new(0), over: AtomicBool::new(false) })
    }

    /// Somebody whose requests go to one process and the other until it is over; what went wrong.
    async fn be_used(self: Arc<Self>, person: usize) -> Vec<String> {
        let mut failures = Vec::new();
        for turn in person.. {
            if self.over.load(Ordering::Relaxed) {
                break;
            }
            let [one, other] = self.running.read().unwrap().clone();
            let (one, other) = if turn % 2 == 0 { (one, other) } else { (other, one) };
            let cookies = self.cookies.read().unwrap().clone();
            self.asked.fetch_add(2, Ordering::Relaxed);
            failures.extend(use_both(&one, &other, &cookies[turn % cookies.len()]).await.err());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        failures
    }

    /// A deployment: for a while an old process and a new one answer, and people log in at either.
    async fn deploy(&self, cache: &Cache, issuer: &str, number: usize) {
        for place in [0, 1] {
            let new = start(cache, issuer).await;
            self.running.write().unwrap()[place] = new.clone();
            let cookie = log_in(&new, number).await;
            self.cookies.write().unwrap().push(cookie);
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_logged_out_and_no_request_fails() {
    let (cache, issuer) = (Cache::new().await, provider().await);
    cache.aws.add(KEYS, FIRST);
    let service = Service::start(&cache, &issuer).await;
    let people = (0..PEOPLE).map(|person| tokio::spawn(Arc::clone(&service).be_used(person)));
    let people: Vec<_> = people.collect();

    let mut config = config();
    config.keys_settle = Duration::ZERO;
    let rotation = cache.rotation(&config);
    for number in 1..=ROTATIONS {
        rotate(&rotation, &cache, TOKEN, &format!("token-{number}")).await;
        rotate(&rotation, &cache, KEYS, &format!("keys-{number}")).await;
        service.deploy(&cache, &issuer, number).await;
    }
    service.over.store(true, Ordering::Relaxed);
    let mut failures = Vec::new();
    for person in people {
        failures.extend(person.await.unwrap());
    }
    let asked = service.asked.load(Ordering::Relaxed);
    assert!(failures.is_empty(), "{} of {asked}: {:#?}", failures.len(), &failures[..failures.len().min(5)]);
    assert!(asked > 20 * ROTATIONS, "{asked} requests are no load");

    let [one, other] = service.running.read().unwrap().clone();
    let cookies = service.cookies.read().unwrap().clone();
    for cookie in &cookies {
        use_both(&one, &other, cookie).await.unwrap();
    }
    let keys = cache.aws.value(KEYS, "AWSCURRENT").unwrap();
    assert_eq!(keys.split(',').count(), ROTATIONS + 1, "none is dropped that a session was made with");
    assert!(!keys.starts_with(FIRST));
}
