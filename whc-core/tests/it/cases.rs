//! Contacts, cases and the audit over HTTP, on the store in memory.

mod audit;
mod bodies;
mod described;
mod preconditions;
mod repeated;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;
use whc_core::testing::MockClock;
use whc_core::web::{Body, handle};
use whc_core::{App, MemoryContacts};

use crate::access::service;
use crate::client::json;
use crate::golden;

const EVERYTHING: &str = "contacts:read,contacts:write,contacts:erase,audit:read";
const CONTACT: &str = "/api/cases/7/contact";

/// A service with no contact yet, at a fixed time.
fn desk() -> App {
    let clock = MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(498_682));
    service().contacts(Arc::new(MemoryContacts::new())).clock(Arc::new(clock)).build()
}

/// A request of a caller who may do everything, with JSON where there is a body.
async fn send(app: &App, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path).header("x-request-id", "test-1");
    let token = format!("Bearer {EVERYTHING}");
    let named = |name: &str| headers.iter().any(|(other, _)| *other == name);
    let mut all = vec![("authorization", if named("authorization") { "" } else { &token })];
    if !body.is_empty() && !named("content-type") {
        all.push(("content-type", "application/json"));
    }
    for (name, value) in all.iter().chain(headers).filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    handle(app, request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()).await
}

fn etag(response: &Response<Body>) -> String {
    response.headers()["etag"].to_str().unwrap().to_owned()
}

async fn put(app: &App, body: &str) -> String {
    let response = send(app, "PUT", CONTACT, &[("if-none-match", "*")], body).await;
    assert_eq!(response.status(), 201);
    etag(&response)
}

async fn contact(app: &App) -> Value {
    json(send(app, "GET", CONTACT, &[], "").await)["data"].clone()
}

const ADA: &str = r#"{"title":"Ms","first_name":"Ada","last_name":"King","site_id":1}"#;

#[tokio::test]
async fn golden_life_of_a_contact() {
    let app = desk();
    let check = |name: &str, mut response: Response<Body>| {
        // Every process has others.
        if let Some(etag) = response.headers_mut().get_mut("etag") {
            *etag = "\"state\"".parse().unwrap();
        }
        golden::check(&format!("cases/{name}"), response);
    };
    check("missing.json", send(&app, "GET", CONTACT, &[], "").await);
    check("created.json", send(&app, "PUT", CONTACT, &[], ADA).await);
    check("shown.json", send(&app, "GET", CONTACT, &[], "").await);
    check("stale.json", send(&app, "PATCH", CONTACT, &[("if-match", "\"old\"")], r#"{"title":null}"#).await);
    check("required.json", send(&app, "PUT", CONTACT, &[], ADA).await);
    let phone = r#"{"title":null,"phone_no":"+44 (0)20 ext 5"}"#;
    check("changed.json", send(&app, "PATCH", CONTACT, &[("if-match", "*")], phone).await);
    check(
        "invalid.json",
        send(&app, "PATCH", CONTACT, &[("if-match", "*")], r#"{"name":"x","title":1}"#).await,
    );
    check(
        "posted.json",
        send(&app, "POST", "/api/contacts", &[], r#"{"case_id":8,"first_name":"first"}"#).await,
    );
    check(
        "exists.json",
        send(&app, "POST", "/api/contacts", &[], r#"{"case_id":8,"first_name":"first"}"#).await,
    );
    check(
        "form.json",
        send(&app, "POST", "/api/contacts", &[("content-type", "text/plain")], "case_id=9").await,
    );
    check("list.json", send(&app, "GET", "/api/contacts?limit=1", &[], "").await);
    check("audit.json", send(&app, "GET", "/api/audit", &[], "").await);
    check("audit.csv", send(&app, "GET", "/api/audit?f=csv&action=update", &[], "").await);
    check("audit.ndjson", send(&app, "GET", "/api/audit?f=ndjson&case_id=8", &[], "").await);
    check("export.json", send(&app, "GET", "/api/cases/7/export", &[], "").await);
    check("deleted.txt", send(&app, "DELETE", CONTACT, &[("if-match", "*")], "").await);
    check("erased.txt", send(&app, "DELETE", "/api/cases/8", &[], "").await);
    check("nothing-to-erase.json", send(&app, "DELETE", "/api/cases/9", &[], "").await);
}

#[tokio::test]
async fn a_caller_for_some_cases_sees_and_lists_those_only() {
    let app = desk();
    for case in [7, 8] {
        let body = format!(r#"{{"case_id":{case},"first_name":"first"}}"#);
        assert_eq!(send(&app, "POST", "/api/contacts", &[], &body).await.status(), 201);
    }
    let narrow = format!("Bearer {EVERYTHING};8");
    let ask = async |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path).header("authorization", &narrow);
        handle(&app, request.body(Bytes::from_static(b"{\"case_id\":7,\"first_name\":\"x\"}")).unwrap()).await
    };
    assert_eq!(json(ask("GET", "/api/contacts").await)["meta"]["total"], 1);
    let events = json(ask("GET", "/api/audit").await);
    assert!(events["meta"]["total"] == 1 && events["data"][0]["subject_id"] == 8, "{events}");
    for (method, path) in [
        ("GET", "/api/cases/7/contact"),
        ("GET", "/api/cases/9/contact"),
        ("POST", "/api/contacts"),
        ("DELETE", "/api/cases/7"),
    ] {
        assert_eq!(ask(method, path).await.status(), 403, "{method} {path}");
    }
}

#[tokio::test]
async fn the_list_is_of_one_site_and_in_pages() {
    let app = desk();
    for case in 1..=5 {
        let body = format!(
            r#"{{"case_id":{case},"first_name":"first","site_id":{}}}"#,
            if case < 4 { 1 } else { 2 }
        );
        assert_eq!(send(&app, "POST", "/api/contacts", &[], &body).await.status(), 201);
    }
    let page = json(send(&app, "GET", "/api/contacts?site_id=1&limit=2", &[], "").await);
    let cases = |page: &Value| -> Vec<_> {
        page["data"].as_array().unwrap().iter().map(|contact| contact["case_id"].as_u64().unwrap()).collect()
    };
    assert_eq!((cases(&page), &page["meta"]["total"]), (vec![1, 2], &3.into()));
    let next = page["links"]["next"].as_str().unwrap();
    assert_eq!(cases(&json(send(&app, "GET", next, &[], "").await)), [3]);
}

#[tokio::test]
async fn erasing_a_case_leaves_nothing_but_its_audit() {
    let app = desk();
    put(&app, ADA).await;
    assert_eq!(send(&app, "DELETE", "/api/cases/7", &[], "").await.status(), 204);
    assert_eq!(send(&app, "GET", CONTACT, &[], "").await.status(), 404);
    let export = json(send(&app, "GET", "/api/cases/7/export", &[], "").await);
    assert!(export["data"]["contact"].is_null());
    let actions: Vec<_> =
        export["data"]["events"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
    assert_eq!(actions, ["erase", "create"]);
    assert!(!export.to_string().contains("Ada"), "{export}");
    assert_eq!(send(&app, "DELETE", "/api/cases/7", &[], "").await.status(), 404);
}
