//! A request with a key has one outcome, however often it is sent.

use serde_json::json;

use super::{NEW, data, desk, send};
use crate::client::json;

#[tokio::test]
async fn the_same_request_has_the_same_outcome() {
    let app = desk();
    let key = [("idempotency-key", "8e03978e")];
    let first = send(&app, "POST", "/api/whcsites", &key, NEW).await;
    let second = send(&app, "POST", "/api/whcsites", &key, NEW).await;
    for name in ["etag", "location", "content-language"] {
        assert_eq!(first.headers().get(name), second.headers().get(name), "{name}");
    }
    assert_eq!((first.status(), second.status()), (http::StatusCode::CREATED, http::StatusCode::CREATED));
    assert_eq!(json(first), json(second));
    assert_eq!(data(&app, "/api/changes").await.as_array().unwrap().len(), 1);
    let other = NEW.replace("Somewhere", "Elsewhere");
    assert_eq!(send(&app, "POST", "/api/whcsites", &key, &other).await.status(), 422);
    assert_eq!(send(&app, "POST", "/api/whcsites", &[("idempotency-key", "a b")], NEW).await.status(), 400);
}

#[tokio::test]
async fn without_a_key_the_second_is_a_conflict() {
    let app = desk();
    assert_eq!(send(&app, "POST", "/api/whcsites", &[], NEW).await.status(), 201);
    let second = send(&app, "POST", "/api/whcsites", &[], NEW).await;
    assert_eq!(second.status(), 409);
    assert_eq!(second.headers()["link"], "</api/whcsites/900001>; rel=\"item\"");
    let taken = NEW.replace("900001", "1");
    assert_eq!(send(&app, "POST", "/api/whcsites", &[], &taken).await.status(), 409);
    assert_eq!(data(&app, "/api/changes").await[0]["fields"], json!([]));
}
