//! The audit over HTTP: filters, formats, and no personal value.

use super::{ADA, CONTACT, desk, put, send};
use crate::client::json;

#[tokio::test]
async fn an_actor_is_a_name_that_a_store_can_look_for() {
    let long = "x".repeat(256);
    for actor in ["a%00b", "a%0Ab", "a%E2%80%AEb", "%E2%80%8B", "%EF%BB%BF", &long] {
        let response = send(&desk(), "GET", &format!("/api/audit?actor={actor}"), &[], "").await;
        assert_eq!(response.status(), 400, "{actor}");
        assert_eq!(json(response)["errors"][0]["parameter"], "actor");
    }
}

#[tokio::test]
async fn filters_find_events() {
    let app = desk();
    put(&app, ADA).await;
    send(&app, "PATCH", CONTACT, &[("if-match", "*")], r#"{"title":"Dr."}"#).await;
    send(&app, "POST", "/api/contacts", &[], r#"{"case_id":8,"first_name":"first"}"#).await;
    for (query, total) in [
        ("", 3),
        ("case_id=7", 2),
        ("case_id=9", 0),
        ("site_id=1", 0),
        ("actor=42", 3),
        ("actor=43", 0),
        ("action=update", 1),
        ("action=create&case_id=8", 1),
        ("since=2020-01-01", 3),
        ("until=2020-01-01", 0),
        ("since=2026-11-21T10:00:00Z&until=2026-11-21T10:00:00.000001Z", 3),
    ] {
        let page = json(send(&app, "GET", &format!("/api/audit?{query}"), &[], "").await);
        assert_eq!(page["meta"]["total"], total, "{query}: {page}");
    }
    for query in ["action=creat", "case_id=0", "case_id=7&site_id=1", "since=x", "fields=title", "limit=0"] {
        let response = send(&app, "GET", &format!("/api/audit?{query}"), &[], "").await;
        assert_eq!(response.status(), 400, "{query}");
    }
    let slip = json(send(&app, "GET", "/api/audit?action=updat", &[], "").await);
    assert_eq!(slip["errors"][0]["nearest"], "update");
}

#[tokio::test]
async fn no_value_of_a_contact_is_in_the_audit_in_any_format() {
    let app = desk();
    put(&app, r#"{"first_name":"SECRET1","address":"SECRET2","phone_no":"+999 999"}"#).await;
    send(&app, "PATCH", CONTACT, &[("if-match", "*")], r#"{"last_name":"SECRET3","address":null}"#).await;
    send(&app, "DELETE", "/api/cases/7", &[], "").await;
    for query in ["f=json", "f=csv", "f=ndjson", "f=csv&bom=true"] {
        let body = send(&app, "GET", &format!("/api/audit?{query}"), &[], "").await.into_body().into_bytes();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("SECRET") && !text.contains("999"), "{text}");
        assert!(text.contains("address") && text.contains("erase"), "{text}");
    }
}
