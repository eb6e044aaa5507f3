//! Changes of the list over HTTP, on the store in memory.

mod described;
mod editors;
mod preconditions;
mod read_only;
mod refusals;
mod repeated;
mod round_trip;
mod stores;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use whc_core::config::DatabaseConfig;
use whc_core::repository::WriteThrough;
use whc_core::testing::MockClock;
use whc_core::web::{Body, handle};
use whc_core::{
    App, Clock, MemoryContacts, MemorySites, PostgresContacts, PostgresSites, ReplicatedSites,
    SiteRepository, SiteStore, SystemClock,
};

use crate::access::ScopesAsToken;
use crate::client::json;
use crate::golden;

const SITE: &str = "/api/whcsites/1";
const NEW: &str = r#"{"id":900001,"names":{"en":"Somewhere"},"category":"Natural","date_inscribed":2026,"reason":"Inscribed"}"#;

/// The embedded list, to be written, at a fixed time.
fn desk() -> App {
    let clock: Arc<dyn Clock> =
        Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(498_682)));
    let contacts = MemoryContacts::new();
    let sites = MemorySites::embedded().unwrap().with_audit(contacts.audit()).with_clock(Arc::clone(&clock));
    let sites = Arc::new(sites);
    let store: Arc<dyn SiteStore> = Arc::<MemorySites>::clone(&sites);
    App::builder(sites)
        .site_store(store)
        .contacts(Arc::new(contacts))
        .authenticator(Arc::new(ScopesAsToken))
        .clock(clock)
        .build()
}

/// An instance on this database.
async fn instance(login: &DatabaseConfig) -> App {
    instance_at(login, Arc::new(SystemClock)).await
}

/// An instance on this database, with this clock.
async fn instance_at(login: &DatabaseConfig, clock: Arc<dyn Clock>) -> App {
    let store: Arc<dyn SiteStore> = Arc::new(PostgresSites::new(login).unwrap());
    let source: Arc<dyn SiteRepository> = Arc::<dyn SiteStore>::clone(&store);
    let replica = Arc::new(ReplicatedSites::new(source));
    replica.refresh().await.unwrap();
    let store = WriteThrough::new(store, Arc::clone(&replica), tokio::time::sleep);
    let contacts = PostgresContacts::new(login).unwrap();
    App::builder(replica)
        .site_store(Arc::new(store))
        .contacts(Arc::new(contacts))
        .authenticator(Arc::new(ScopesAsToken))
        .clock(clock)
        .build()
}

/// A request of a curator, with JSON where there is a body.
async fn send(app: &App, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path).header("x-request-id", "test-1");
    let named = |name: &str| headers.iter().any(|(other, _)| *other == name);
    let token = if named("authorization") { "" } else { "Bearer sites:write,audit:read" };
    let typed = if body.is_empty() || named("content-type") { "" } else { "application/json" };
    let added = [("authorization", token), ("content-type", typed)];
    for (name, value) in added.iter().chain(headers).filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    handle(app, request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()).await
}

fn etag(response: &Response<Body>) -> String {
    response.headers()["etag"].to_str().unwrap().to_owned()
}

/// The tag of what `GET` shows now.
async fn tag(app: &App) -> String {
    etag(&send(app, "GET", SITE, &[], "").await)
}

async fn data(app: &App, path: &str) -> Value {
    json(send(app, "GET", path, &[], "").await)["data"].take()
}

#[tokio::test]
async fn golden_life_of_a_site() {
    let app = desk();
    let check = |name: &str, response| golden::check(&format!("curation/{name}"), response);
    let any = ("if-match", "*");
    check("created.json", send(&app, "POST", "/api/whcsites", &[], NEW).await);
    check("exists.json", send(&app, "POST", "/api/whcsites", &[], NEW).await);
    let place = "/api/whcsites/900001";
    check("shown.json", send(&app, "GET", place, &[], "").await);
    check(
        "rehearsed.json",
        send(&app, "PATCH", &format!("{place}?dry_run=true"), &[any], r#"{"date_inscribed":2025}"#).await,
    );
    let why = ("x-change-reason", "The year was that of the nomination");
    check("patched.json", send(&app, "PATCH", place, &[any, why], r#"{"date_inscribed":2025}"#).await);
    check("stale.json", send(&app, "PATCH", place, &[("if-match", "\"0000000000000000\"")], "{}").await);
    check("required.json", send(&app, "PATCH", place, &[], "{}").await);
    check(
        "invalid.json",
        send(&app, "PATCH", place, &[any], r#"{"date_inscribed":1,"critera":["x"],"url":"x"}"#).await,
    );
    check("incomplete.json", send(&app, "PUT", place, &[any], r#"{"date_inscribed":2025}"#).await);
    check("delisted.json", send(&app, "DELETE", &format!("{place}?year=2026&reason=Lost"), &[any], "").await);
    check("delist-without.json", send(&app, "DELETE", place, &[any], "").await);
    check("marks.json", send(&app, "GET", &format!("{place}?fields=curated"), &[], "").await);
    check(
        "handed-back.json",
        send(&app, "DELETE", &format!("{place}/curated/date_inscribed"), &[any], "").await,
    );
    check(
        "not-curated.json",
        send(&app, "DELETE", &format!("{place}/curated/date_inscribed"), &[any], "").await,
    );
    check("no-field.json", send(&app, "DELETE", &format!("{place}/curated/date_inscribd"), &[any], "").await);
    check("taken-back.json", send(&app, "PATCH", place, &[any], r#"{"status":"inscribed"}"#).await);
    check("changes.json", send(&app, "GET", "/api/changes", &[], "").await);
    check("audit.json", send(&app, "GET", "/api/audit?site_id=900001", &[], "").await);
}

#[tokio::test]
async fn the_writer_reads_what_it_wrote() {
    let app = desk();
    let before = tag(&app).await;
    let response = send(&app, "PATCH", SITE, &[("if-match", &before)], r#"{"date_inscribed":1979}"#).await;
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("x-snapshot"));
    let shown = send(&app, "GET", SITE, &[], "").await;
    assert!(etag(&shown).starts_with(etag(&response).trim_end_matches('"')));
    assert_eq!(json(shown)["data"]["date_inscribed"], 1979);
    let filtered = "/api/whcsites?id=1&inscribed=1979..1979&fields=id";
    assert_eq!(data(&app, filtered).await, json!([{"id": 1}]));
    let lost = send(&app, "PATCH", SITE, &[("if-match", &before)], r#"{"date_inscribed":1980}"#).await;
    assert_eq!(lost.status(), 412);
}

#[tokio::test]
async fn a_rehearsal_changes_nothing() {
    let app = desk();
    let before = (tag(&app).await, data(&app, SITE).await);
    for (method, path, body) in [
        ("POST", "/api/whcsites", NEW),
        ("PATCH", SITE, r#"{"date_inscribed":1979}"#),
        ("DELETE", "/api/whcsites/1?year=2020&reason=x", ""),
    ] {
        let path = format!("{path}{}dry_run=true", if path.contains('?') { "&" } else { "?" });
        let response = send(&app, method, &path, &[("if-match", "*")], body).await;
        assert_eq!(response.status(), 200, "{method}");
        assert!(!response.headers().contains_key("etag") && !response.headers().contains_key("location"));
        let answer = json(response);
        assert_eq!(answer["meta"]["dry_run"], true);
        assert!(!answer["changes"].as_array().unwrap().is_empty(), "{answer}");
    }
    assert_eq!((tag(&app).await, data(&app, SITE).await), before);
    assert_eq!(data(&app, "/api/changes").await, json!([]));
    assert_eq!(data(&app, "/api/audit").await, json!([]));
}

#[tokio::test]
async fn texts_are_in_the_language_that_is_named() {
    let app = desk();
    let any = [("if-match", "*"), ("accept-language", "zh")];
    send(&app, "PATCH", &format!("{SITE}?lang=fr"), &any, r#"{"short_description":"Des îles"}"#).await;
    send(&app, "PATCH", SITE, &any, r#"{"short_description":"Islands"}"#).await;
    for (language, text) in [("fr", "Des îles"), ("en", "Islands"), ("zh", "Islands")] {
        let shown = data(&app, &format!("{SITE}?lang={language}")).await;
        assert_eq!(shown["short_description"], text, "{language}");
    }
    let marks = data(&app, &format!("{SITE}?fields=curated")).await;
    assert_eq!(marks["curated"], json!(["short_description_en", "short_description_fr"]));
    assert!(data(&app, SITE).await.get("curated").is_none(), "there on demand only");
}

#[tokio::test]
async fn the_history_names_nobody_and_the_audit_does() {
    let app = desk();
    let why = ("x-change-reason", "Année corrigée");
    send(&app, "PATCH", SITE, &[("if-match", "*"), why], r#"{"date_inscribed":1979}"#).await;
    let changes = data(&app, "/api/changes").await;
    assert_eq!(changes[0]["reason"], "Année corrigée");
    assert_eq!(changes[0]["fields"], json!(["date_inscribed"]));
    assert!(!changes.to_string().contains("42"), "{changes}");
    let event = &data(&app, "/api/audit").await[0];
    assert_eq!(
        (&event["actor"], &event["action"], &event["subject_id"]),
        (&json!("42"), &json!("update"), &json!(1))
    );
    let values = json!([{"field": "date_inscribed", "before": 1978, "after": 1979}]);
    assert_eq!(event["values"], values);
}
