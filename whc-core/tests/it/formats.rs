//! The same sites as JSON, GeoJSON and CSV.

mod features;
mod images;
mod tables;

use std::sync::Arc;

use http::Request;
use whc_core::{App, MemorySites, Site, SiteId};

use crate::client::{app, get, send};
use crate::golden;

#[tokio::test]
async fn every_format_says_the_same() {
    for (name, path) in [
        ("list.geojson", "/api/whcsites?limit=2&offset=1018&f=geojson"),
        ("list.csv", "/api/whcsites?limit=3&offset=3&f=csv&lang=fr"),
        ("list.ndjson", "/api/whcsites?limit=2&f=ndjson"),
        ("list.geojsonseq", "/api/whcsites?limit=2&f=geojsonseq"),
        ("show.geojson", "/api/whcsites/1567?f=geojson"),
        ("show-not-as-csv.json", "/api/whcsites/1?f=csv"),
    ] {
        golden::check(name, get(path).await);
    }
    for (accept, content_type) in [
        ("application/geo+json", "application/geo+json"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/geo+json-seq", "application/geo+json-seq"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8; header=present"),
        ("application/*", "application/json"),
    ] {
        let response = send(&app(), Request::get("/api/whcsites?limit=1").header("accept", accept)).await;
        assert_eq!(response.headers()["content-type"], content_type, "{accept}");
    }
}

#[tokio::test]
async fn a_spreadsheet_is_given_no_formula() {
    let id = SiteId::new(1).unwrap();
    let names = whc_core::Names::new("=HYPERLINK(\"http://evil.example\")").unwrap();
    let mut site = Site::new(id, names, whc_core::Category::Mixed, whc_core::Year::new(1999).unwrap());
    site.states = vec![whc_core::StateParty { iso: None, name: "@SUM(A1)".into() }];
    let app = App::new(Arc::new(MemorySites::new([site])));
    for (query, row) in
        [("f=csv", "\r\n1,\"'=HYPERLINK(\"\"http"), ("f=csv&fields=states", "\r\n1,'@SUM(A1)\r\n")]
    {
        let table = send(&app, Request::get(format!("/api/whcsites?{query}"))).await.into_body().into_bytes();
        let table = std::str::from_utf8(&table).unwrap();
        assert!(table.contains(row), "{table}");
    }
}
