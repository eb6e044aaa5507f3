//! `/api/countries` and `/api/criteria`: their counts are those of the list.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use whc_core::site::fold;
use whc_core::web::handle;
use whc_core::{App, Category, MemorySites, Names, Site, SiteId, StateParty, Year};

use super::json;

#[tokio::test]
async fn every_row_counts_the_sites_it_links_to() {
    for path in ["/api/countries", "/api/criteria"] {
        let overview = json(path).await;
        let rows = overview["data"].as_array().unwrap();
        assert_eq!(overview["meta"]["total"], rows.len());
        for row in rows.iter().step_by(3) {
            let list = json(&format!("{}&limit=1", row["links"]["sites"].as_str().unwrap())).await;
            assert_eq!(row["sites"], list["meta"]["total"], "{row}");
        }
    }
}

#[tokio::test]
async fn countries_come_by_name_and_their_parts_add_up() {
    let countries = json("/api/countries").await;
    let rows = countries["data"].as_array().unwrap();
    let number = |row: &serde_json::Value, key: &str| row[key].as_u64().unwrap();
    assert!(rows.iter().map(|row| fold(row["name"].as_str().unwrap())).is_sorted());
    for row in rows {
        let kinds: u64 = ["cultural", "natural", "mixed"].map(|kind| number(row, kind)).iter().sum();
        assert_eq!(kinds, number(row, "sites"), "{row}");
    }
    let italy = rows.iter().find(|row| row["iso_code"] == "IT").unwrap();
    assert_eq!((italy["first_inscribed"].as_u64(), italy["name"].as_str()), (Some(1979), Some("Italy")));
    for (key, filter) in [("in_danger", "danger"), ("transboundary", "transboundary")] {
        let list = json(&format!("/api/whcsites?country=cd&{filter}=true&limit=1")).await;
        let congo = rows.iter().find(|row| row["iso_code"] == "CD").unwrap();
        assert_eq!(congo[key], list["meta"]["total"], "{key}");
    }
}

#[tokio::test]
async fn a_country_nobody_knows_has_the_name_its_sites_give_it() {
    let state = |name: &str| StateParty { iso: Some("XK".parse().unwrap()), name: name.into() };
    let names = Names::new("Somewhere").unwrap();
    let site = Site::new(SiteId::new(1).unwrap(), names, Category::Mixed, Year::new(1999).unwrap());
    let site = Site { states: vec![state("=1+1"), state("=1+1")], ..site };
    let app = App::new(Arc::new(MemorySites::new([site])));
    let request = Request::get("/api/countries?f=csv").body(Bytes::new()).unwrap();
    let table = handle(&app, request).await.into_body().into_bytes();
    let rows = std::str::from_utf8(&table).unwrap().split("\r\n").skip(1).collect::<Vec<_>>();
    assert_eq!(rows, ["XK,'=1+1,1,0,0,1,0,0,1999", ""]);
}
