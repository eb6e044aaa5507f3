//! The history: differences between two sites, their storage in the database, and `/api/changes`.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use whc_core::site::difference;
use whc_core::testing::{MockClock, TestDatabase, conformance, execute};
use whc_core::web::{Body, handle};
use whc_core::{
    App, ChangeKind, ChangeQuery, Danger, InDanger, MemorySites, Names, PostgresSites, RevisionOrigin, Site,
    SiteId, SiteQuery, SiteRepository, SiteStore, Year,
};

use crate::client::send;
use crate::golden;

#[test]
fn only_equal_sites_have_no_difference() {
    let id = SiteId::new(1).unwrap();
    let sites: Vec<_> = conformance::fixture().into_iter().map(|site| Site { id, ..site }).collect();
    for (one, other) in sites.iter().flat_map(|one| sites.iter().map(move |other| (one, other))) {
        let fields = difference(one, other);
        assert_eq!(fields.is_empty(), one == other, "{one:?} and {other:?}: {fields:?}");
    }
}

#[tokio::test]
async fn a_deletion_by_hand_is_told_too() {
    let database = TestDatabase::new().await;
    let sites = PostgresSites::new(&database.config()).unwrap();
    sites.revise(&mut |_| Ok(conformance::fixture())).await.unwrap();
    let before = sites.version().await.unwrap();
    database.execute("DELETE FROM whc.site WHERE id = 2").await.unwrap();
    let latest = sites.changes(&ChangeQuery::LATEST).await.unwrap().items.swap_remove(0);
    assert_eq!((latest.site.get(), latest.kind), (2, ChangeKind::Removed));
    assert_eq!((latest.name.as_deref(), &latest.source), (Some("Site 2"), &None));
    assert_ne!(sites.version().await.unwrap(), before);
}

#[tokio::test]
async fn nobody_but_the_owner_rewrites_history() {
    let database = TestDatabase::new().await;
    let writer = database.member_of("whc_writer").await;
    let sites = PostgresSites::new(&writer).unwrap();
    sites
        .revise_from(&RevisionOrigin::file("list.xml"), &mut |_| Ok(conformance::fixture().into()))
        .await
        .unwrap();
    // So many that the statistics are renewed too.
    let list = MemorySites::embedded().unwrap().list(&SiteQuery::ALL).await.unwrap();
    let all = || list.items.iter().map(|site| Site::clone(site)).collect::<Vec<_>>();
    sites.revise_from(&RevisionOrigin::file("list.xml"), &mut |_| Ok(all().into())).await.unwrap();
    assert!(sites.changes(&ChangeQuery::default()).await.unwrap().total > 0);
    let reader = PostgresSites::new(&database.member_of("whc_reader").await).unwrap();
    assert!(reader.changes(&ChangeQuery::default()).await.unwrap().total > 0);
    for statement in ["UPDATE whc.site_change SET source = 'me'", "DELETE FROM whc.site_change"] {
        execute(&writer, statement).await.unwrap_err();
    }
    let error =
        sites.revise_from(&RevisionOrigin::file("a\0b"), &mut |_| Ok(renamed().into())).await.unwrap_err();
    assert!(error.is_invalid(), "{}", error.report());
}

fn renamed() -> Vec<Site> {
    let mut site = conformance::fixture().swap_remove(1);
    site.names = Names::new("Renamed").unwrap();
    vec![site]
}

#[tokio::test]
async fn memory_tells_states_apart_that_have_the_same_sites() {
    let sites = MemorySites::embedded().unwrap();
    let before = sites.version().await.unwrap();
    let galapagos = sites.get(SiteId::new(1).unwrap()).await.unwrap().unwrap();
    let other = Site { transboundary: !galapagos.transboundary, ..Site::clone(&galapagos) };
    for site in [other, Site::clone(&galapagos)] {
        sites.revise(&mut |_| Ok(vec![site.clone()])).await.unwrap();
    }
    assert_ne!(sites.version().await.unwrap(), before);
    let list = sites.list(&SiteQuery::ALL).await.unwrap();
    assert_eq!(list, MemorySites::embedded().unwrap().list(&SiteQuery::ALL).await.unwrap());
    let told = sites.changes(&ChangeQuery::LATEST).await.unwrap();
    assert!(told.total == 2 && told.items.iter().all(|change| change.fields == ["transboundary"]));
}

/// Three sites of an hour ago, of which one has changed since.
async fn app() -> App {
    let clock = Arc::new(MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(498_682)));
    let sites = MemorySites::new([]).with_clock(clock.clone());
    let embedded = MemorySites::embedded().unwrap();
    let known: Vec<_> = [1, 2, 32].map(|id| SiteId::new(id).unwrap()).into();
    let ids = known.iter().copied().collect();
    let found = embedded.list(&SiteQuery::ALL.with(|query| query.ids = ids)).await.unwrap();
    let found = || found.items.iter().map(|site| Site::clone(site)).collect::<Vec<_>>();
    sites.revise_from(&RevisionOrigin::file("=list.xml"), &mut |_| Ok(found().into())).await.unwrap();
    clock.advance(Duration::from_millis(3_600_125));
    let mut quito = found().swap_remove(1);
    quito.names = Names::new("Quito, \"the city\"").unwrap();
    quito.danger = Danger::new(InDanger::Yes { since: Some(Year::new(2026).unwrap()) }, []);
    sites.revise(&mut |_| Ok(vec![quito.clone()])).await.unwrap();
    App::builder(Arc::new(sites)).clock(clock).build()
}

async fn get(app: &App, path: &str) -> Response<Body> {
    send(app, Request::get(path)).await
}

#[tokio::test]
async fn golden_changes() {
    let app = app().await;
    for (name, query) in [
        ("changes.json", "?limit=2"),
        ("changes-in-french.json", "?lang=fr&id=1,2&id=1999"),
        ("changes-since.json", "?since=2026-11-21T11:00:00.1%2B00:00&lang=en&f=json"),
        ("changes.csv", "?f=csv"),
        ("changes.ndjson", "?f=ndjson&limit=2&offset=1"),
        ("changes-wrong.json", "?since=yesterday&id=0&limit=0&f=geojson&sort=at"),
    ] {
        golden::check(&format!("changes/{name}"), get(&app, &format!("/api/changes{query}")).await);
    }
}

#[tokio::test]
async fn a_time_may_be_written_in_several_ways() {
    let app = app().await;
    for (since, total) in [
        ("2026-11-21", 4),
        ("2026-11-22", 0),
        ("2026-11-21T11:00:00Z", 1),
        ("2026-11-21t12:00:00%2b01:00", 1),
        ("2026-11-21T11:00:00+00:00", 1),
        ("2026-11-21T11:00:00.125Z", 1),
        ("2026-11-21T11:00:00.126Z", 0),
        ("0000-01-01", 4),
        ("9999-12-31T23:59:60Z", 0),
    ] {
        let response = get(&app, &format!("/api/changes?since={since}")).await;
        let body: serde_json::Value = serde_json::from_slice(&response.into_body().into_bytes()).unwrap();
        assert_eq!(body["meta"]["total"], total, "{since}: {body}");
    }
    for since in ["2026", "2026-11-21T11:00:00", "2026-02-30", "now", "12026-01-01"] {
        assert_eq!(get(&app, &format!("/api/changes?since={since}")).await.status(), 400, "{since}");
    }
}

#[tokio::test]
async fn answers_are_cached_and_have_validators() {
    let app = app().await;
    let first = get(&app, "/api/changes").await;
    assert_eq!(first.headers()["x-cache"], "miss");
    assert_eq!(get(&app, "/api/changes").await.headers()["x-cache"], "hit");
    let request = Request::get("/api/changes").header("if-none-match", &first.headers()["etag"]);
    assert_eq!(handle(&app, request.body(Bytes::new()).unwrap()).await.status(), 304);
}
