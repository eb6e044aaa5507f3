//! Answers that processes share.

use http::{Request, Response};
use whc_core::App;
use whc_core::testing::TestValkey;
use whc_core::web::Body;

use super::{process, valkey};
use crate::client::send;

const MAP: &str = "/api/whcsites?f=svg";

async fn get(app: &App, path: &str) -> (String, Vec<u8>, Vec<(String, String)>) {
    let response = send(
        app,
        Request::get(path).header("accept", "text/html, */*;q=0.5").header("accept-encoding", "br"),
    )
    .await;
    parts(response)
}

fn parts(response: Response<Body>) -> (String, Vec<u8>, Vec<(String, String)>) {
    assert_eq!(response.status(), 200);
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    let cache = response.headers().get("x-cache").map(text).unwrap_or_default();
    let others = response.headers().iter().filter(|(name, _)| *name != "x-cache");
    let mut others: Vec<_> = others.map(|(name, value)| (name.to_string(), text(value))).collect();
    others.sort();
    (cache, response.into_body().into_bytes().to_vec(), others)
}

/// A process that has the connection.
async fn connected(server: &TestValkey) -> App {
    let valkey = valkey(&server.config());
    valkey.ready().await.unwrap();
    process(&valkey)
}

#[tokio::test]
async fn what_one_process_wrote_another_need_not_write() {
    let server = TestValkey::new().await;
    let (one, other) = (connected(&server).await, connected(&server).await);
    for path in [MAP, "/api/downloads/whcsites.csv", "/api/openapi.json", "/"] {
        let (first, body, headers) = get(&one, path).await;
        let (again, ..) = get(&one, path).await;
        let (elsewhere, same, alike) = get(&other, path).await;
        let (memory, ..) = get(&other, path).await;
        let outcomes = [first, again, elsewhere, memory];
        assert_eq!(outcomes.each_ref().map(String::as_str), ["miss", "hit", "shared", "hit"], "{path}");
        assert_eq!(same, body, "{path}");
        assert_eq!(alike, headers, "{path}");
    }
}

#[tokio::test]
async fn what_is_written_in_no_time_is_not_shared() {
    let server = TestValkey::new().await;
    let (one, other) = (connected(&server).await, connected(&server).await);
    for path in ["/api/whcsites/1", "/api/whcsites", "/api/countries"] {
        get(&one, path).await;
        assert_eq!(get(&other, path).await.0, "miss", "{path}");
    }
    assert!(server.keys().await.is_empty());
}

#[tokio::test]
async fn whoever_has_another_secret_is_not_believed() {
    let server = TestValkey::new().await;
    let (one, other) = (connected(&server).await, connected(&server).await);
    let (_, body, _) = get(&one, MAP).await;
    let keys = server.keys().await;
    let key = format!("{}:{}", server.config().prefix, keys[0]);
    assert_eq!(keys.len(), 1);
    let stored: Vec<u8> = server.execute(redis::cmd("GET").arg(&key)).await.unwrap();

    let mut changed = stored.clone();
    *changed.last_mut().unwrap() ^= 1;
    for forged in [changed, stored[1..].to_vec(), b"hello".to_vec(), Vec::new()] {
        server.execute::<()>(redis::cmd("SET").arg(&key).arg(forged)).await.unwrap();
        let third = connected(&server).await;
        let (outcome, same, _) = get(&third, MAP).await;
        assert_eq!((outcome.as_str(), same), ("miss", body.clone()));
        let replaced: Vec<u8> = server.execute(redis::cmd("GET").arg(&key)).await.unwrap();
        assert_eq!(replaced, stored, "a wrong entry is replaced");
    }

    // A true one in the place of another does not count either.
    get(&one, "/api/openapi.json").await;
    let keys = server.keys().await;
    let openapi = keys.iter().find(|other| !key.ends_with(other.as_str())).unwrap();
    let openapi = format!("{}:{openapi}", server.config().prefix);
    server.execute::<()>(redis::cmd("SET").arg(&openapi).arg(&stored)).await.unwrap();
    let (outcome, ..) = get(&other, "/api/openapi.json").await;
    assert_eq!(outcome, "miss");
}

#[tokio::test]
async fn an_answer_is_gone_after_a_day() {
    let server = TestValkey::new().await;
    get(&connected(&server).await, MAP).await;
    let key = format!("{}:{}", server.config().prefix, server.keys().await[0]);
    let seconds: u64 = server.execute(redis::cmd("TTL").arg(key)).await.unwrap();
    assert!((86_000..=86_400).contains(&seconds), "{seconds}");
}
