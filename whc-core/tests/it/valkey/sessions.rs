//! Sessions in a real Valkey.

use std::sync::Arc;
use std::time::Duration;

use whc_core::auth::Scopes;
use whc_core::config::{SecretKeys, SessionConfig, ValkeyConfig};
use whc_core::session::{Account, Session, SessionId, SessionStore};
use whc_core::testing::{TestValkey, conformance};
use whc_core::{Clock as _, Config, SystemClock, repository};

use super::{SECRET, behind_proxy};

/// The store that a program opens.
fn store(valkey: &ValkeyConfig, secret: &str) -> Arc<dyn SessionStore> {
    let mut config = Config::default();
    config.secret_keys = Some(SecretKeys::parse(secret).unwrap());
    config.valkey = Some(valkey.clone());
    repository::open(&config).unwrap().sessions.unwrap()
}

fn session() -> Session {
    let account = Account {
        provider: "ours".to_owned(),
        issuer: "https://login.example".to_owned(),
        subject: "ada".to_owned(),
        email: None,
        name: None,
        first_name: None,
        last_name: None,
        image: None,
    };
    Session::begin(account, Scopes::default(), SystemClock.now(), &SessionConfig::default())
}

#[tokio::test]
async fn it_keeps_the_promises_of_stores() {
    let server = TestValkey::protected().await;
    conformance::check_sessions(&*store(&server.config(), SECRET), &SystemClock).await;
}

#[tokio::test]
async fn nothing_outlives_its_time_and_no_id_is_there() {
    let server = TestValkey::new().await;
    let store = store(&server.config(), SECRET);
    let id = SessionId::random().unwrap();
    store.insert(id.fingerprint(), &session().within(Some("sid".to_owned()))).await.unwrap();
    store.use_once(id.fingerprint(), SystemClock.now() + Duration::from_mins(1)).await.unwrap();
    let keys = server.keys().await;
    assert_eq!(keys.len(), 4, "{keys:?}");
    for key in keys {
        let whole = format!("{}:{key}", server.config().prefix);
        let seconds: i64 = server.execute(redis::cmd("TTL").arg(&whole)).await.unwrap();
        let most = if key.starts_with("used:") {
            60
        } else if key.starts_with("session:") {
            12 * 3600
        } else {
            7 * 86_400
        };
        assert!(seconds > 0 && seconds <= most, "{key} {seconds}");
        let dump: Vec<u8> = server.execute(redis::cmd("DUMP").arg(&whole)).await.unwrap();
        let dump = String::from_utf8_lossy(&dump);
        assert!(!dump.contains(id.reveal()) && !key.contains(id.reveal()), "{key}");
    }
}

/// Whoever can write to Valkey cannot log in: neither with a session of their own making nor with that of another.
#[tokio::test]
async fn what_none_of_ours_has_signed_is_no_session() {
    let server = TestValkey::new().await;
    let store_of = |secret: &str| store(&server.config(), secret);
    let (ours, other) = (store_of(SECRET), store_of(&SECRET.chars().rev().collect::<String>()));
    let [one, two] = [0, 1].map(|_| SessionId::random().unwrap().fingerprint());
    other.insert(one, &session()).await.unwrap();
    assert_eq!(ours.find(one).await.unwrap(), None);
    ours.insert(one, &session()).await.unwrap();
    let key = |id| format!("{}:session:{id}", server.config().prefix);
    let copied: i64 = server.execute(redis::cmd("COPY").arg(key(one)).arg(key(two))).await.unwrap();
    assert_eq!((copied, ours.find(two).await.unwrap()), (1, None));
    assert!(ours.find(one).await.unwrap().is_some());
    let both = store_of(&format!("{},{SECRET}", SECRET.chars().rev().collect::<String>()));
    assert!(both.find(one).await.unwrap().is_some(), "while secrets are replaced nobody is logged out");
}

#[tokio::test]
async fn without_valkey_a_store_says_so_and_goes_on_when_it_is_back() {
    let server = TestValkey::new().await;
    let (config, mut proxy) = behind_proxy(server.config()).await;
    let store = store(&config, SECRET);
    let id = SessionId::random().unwrap().fingerprint();
    store.insert(id, &session()).await.unwrap();
    proxy.cut().await;
    for _ in 0..3 {
        assert!(store.find(id).await.unwrap_err().is_unavailable());
    }
    proxy.restore().await;
    for attempt in 0.. {
        match store.find(id).await {
            Ok(found) => {
                assert!(found.is_some());
                break;
            }
            Err(error) => assert!(attempt < 200, "{}", error.report()),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
