//! Requests that are sent again, by their `Idempotency-Key`.

use super::{desk, etag, send};
use crate::client::json;

const PATH: &str = "/api/contacts";
const BODY: &str = r#"{"case_id":7,"first_name":"Ada"}"#;

#[tokio::test]
async fn the_same_request_has_the_same_outcome() {
    let app = desk();
    let key = [("idempotency-key", "\"8e03978e-40d5\"")];
    let first = send(&app, "POST", PATH, &key, BODY).await;
    let again = send(&app, "POST", PATH, &[("idempotency-key", "8e03978e-40d5")], BODY).await;
    assert_eq!((first.status(), first.headers()), (again.status(), again.headers()));
    assert_eq!(first.status(), 201);
    assert_eq!(first.body().clone().into_bytes(), again.body().clone().into_bytes());
    assert_eq!(json(send(&app, "GET", "/api/audit", &[], "").await)["meta"]["total"], 1);

    // What somebody changed since does not matter to what the request did.
    let change =
        send(&app, "PATCH", "/api/cases/7/contact", &[("if-match", "*")], r#"{"title":"Dr."}"#).await;
    assert_ne!(etag(&change), etag(&first));
    let later = send(&app, "POST", PATH, &key, BODY).await;
    assert_eq!((later.status(), etag(&later)), (first.status(), etag(&first)));
    assert_eq!(later.into_body().into_bytes(), first.into_body().into_bytes());
}

#[tokio::test]
async fn a_key_is_for_one_body_and_an_outcome_may_be_a_refusal() {
    let app = desk();
    let key = [("idempotency-key", "k1")];
    assert_eq!(send(&app, "POST", PATH, &key, BODY).await.status(), 201);
    let other = send(&app, "POST", PATH, &key, r#"{"case_id":8,"first_name":"Ada"}"#).await;
    assert_eq!(other.status(), 422);
    assert!(json(other)["detail"].as_str().unwrap().contains("new key"));
    for _ in 0..2 {
        let exists = send(&app, "POST", PATH, &[("idempotency-key", "k2")], BODY).await;
        assert_eq!(exists.status(), 409);
        assert_eq!(exists.headers()["link"], "</api/cases/7/contact>; rel=\"item\"");
    }
    assert_eq!(send(&app, "POST", PATH, &[], BODY).await.status(), 409);
}

#[tokio::test]
async fn a_key_that_is_none_is_told() {
    let app = desk();
    let long = "x".repeat(256);
    for keys in [&["a b"][..], &["\"\""], &[&long], &["a\"b"], &["a", "b"], &["a,b"]] {
        let headers: Vec<_> = keys.iter().map(|key| ("idempotency-key", *key)).collect();
        let response = send(&app, "POST", PATH, &headers, BODY).await;
        assert_eq!(response.status(), 400, "{keys:?}");
    }
    assert_eq!(send(&app, "GET", "/api/cases/7/contact", &[], "").await.status(), 404);
}

#[tokio::test]
async fn erasing_a_case_forgets_its_requests() {
    let app = desk();
    let key = [("idempotency-key", "k1")];
    assert_eq!(send(&app, "POST", PATH, &key, BODY).await.status(), 201);
    assert_eq!(send(&app, "DELETE", "/api/cases/7", &[], "").await.status(), 204);
    assert_eq!(send(&app, "POST", PATH, &key, BODY).await.status(), 201);
    assert_eq!(json(send(&app, "GET", "/api/audit", &[], "").await)["meta"]["total"], 3);
}
