//! Logins through every event source: cookies come and go in the place that each has for them.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use whc_core::config::{SessionConfig, Variables, WebConfig};
use whc_core::session::{Account, MemorySessions, Session, SessionId, SessionStore};
use whc_core::{App, Clock, Login, MemorySites, SystemClock};
use whc_lambda::{Config, Function};

use crate::support::{Asked, EVENT_SOURCES, EventSource, Got, invoke};

/// A provider that says where it is, whatever it is asked.
pub(crate) async fn provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let address = |name: &str| format!("{issuer}/{name}");
    let body = json!({
        "issuer": issuer, "authorization_endpoint": address("authorize"), "token_endpoint": address("token"),
        "jwks_uri": address("jwks")
    })
    .to_string();
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    issuer
}

/// A function with logins, and the cookie of a session.
async fn function() -> (Function, String) {
    let issuer = provider().await;
    let lookup = |name: &str| {
        let set = match name {
            "OIDC_PROVIDERS" => "test",
            "OIDC_TEST_ISSUER" => &issuer,
            "OIDC_TEST_CLIENT_ID" | "OIDC_TEST_CLIENT_SECRET" => "a",
            "PUBLIC_URL" => "https://heritage.example",
            "SECRET_KEY_BASE" => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            _ => return None,
        };
        Some(set.to_owned())
    };
    let config = Config::from_variables(&Variables::new(lookup)).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = Arc::new(MemorySessions::new(Arc::clone(&clock)));
    let account = Account { subject: "42".to_owned(), ..Account::default() };
    let session =
        Session::begin(account, "sites:write".parse().unwrap(), clock.now(), &SessionConfig::default());
    let id = SessionId::random().unwrap();
    store.insert(id.fingerprint(), &session).await.unwrap();
    let login = Login::new(&config.core, store, clock).unwrap();
    let web = WebConfig::at("https://heritage.example").unwrap();
    let app = App::builder(Arc::new(MemorySites::new([]))).web(web).login(login).build();
    (Function::new(app, None, config), format!("__Host-whc_session={}", id.reveal()))
}

/// The event of a request with cookies, which come in two places.
fn event(source: EventSource, target: &str, cookies: &[String]) -> Value {
    if [EventSource::Http, EventSource::Url].contains(&source) {
        let mut event = Asked::get(target).event(source);
        event["cookies"] = json!(cookies);
        return event;
    }
    Asked::get(target).with("cookie", cookies.join("; ")).event(source)
}

/// The cookies that a client gets from a reply.
fn set_cookies(reply: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().into_iter().flatten().map(text).collect::<Vec<_>>();
    let single = reply["headers"].as_object().into_iter().flatten();
    let single =
        single.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).map(|(_, value)| text(value));
    let several = list(&reply["multiValueHeaders"]["set-cookie"]);
    list(&reply["cookies"]).into_iter().chain(several).chain(single).collect()
}

#[tokio::test]
async fn a_session_is_known_through_every_door() {
    let (function, session) = function().await;
    for source in EVENT_SOURCES {
        let other = "lang=fr".to_owned();
        let reply = invoke(&function, &event(source, "/api/me", &[other.clone(), session.clone()])).await;
        let got = Got::from_reply(&reply);
        assert_eq!(got.status, 200, "{source:?}");
        assert_eq!(got.json()["user"]["provider_uid"], "42", "{source:?}");
        let nobody = invoke(&function, &event(source, "/api/me", &[other])).await;
        assert_eq!(nobody["statusCode"], 401, "{source:?}");
    }
}

#[tokio::test]
async fn several_cookies_are_set_at_once() {
    let (function, _) = function().await;
    let in_flight: Vec<_> = (0..9).map(|number| format!("__Host-whc_login_{number}=x")).collect();
    for source in EVENT_SOURCES {
        let reply = invoke(&function, &event(source, "/auth/test", &in_flight)).await;
        assert_eq!(reply["statusCode"], 303, "{source:?}: {reply}");
        let set = set_cookies(&reply);
        assert_eq!(set.len(), 10, "{source:?}: {reply}");
        assert_eq!(set.iter().filter(|cookie| cookie.contains("Max-Age=0")).count(), 9, "{source:?}");
        assert!(
            set.iter().all(|cookie| cookie.starts_with("__Host-whc_login_") && cookie.ends_with("Secure")
                || cookie.contains("; Secure;")),
            "{set:?}"
        );
        // What a browser makes of it, each cookie has a name of its own.
        let mut names: Vec<_> = set.iter().map(|cookie| cookie.split('=').next().unwrap()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 10, "{source:?}");
    }
}
