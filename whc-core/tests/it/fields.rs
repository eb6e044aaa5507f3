//! `fields=`: the group `summary`, alone and with other keys, and that texts made ready are those written one by one.

use std::cell::Cell;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Request};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json as value};
use tokio::runtime::Runtime;
use whc_core::site::Notes;
use whc_core::{App, MemorySites, Page, Result, Site, SiteId, SiteQuery, SiteRepository, Version};

use crate::client::{app, get, json, send};
use crate::golden;
use crate::query::strategy;

/// The keys of a site in the first version of this API, without the two long texts.
const SEED: [&str; 9] = [
    "id",
    "name",
    "date_inscribed",
    "danger",
    "danger_list",
    "longitude",
    "latitude",
    "states_name",
    "region",
];

const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ru", "ar", "zh"];

#[tokio::test]
async fn notes_are_there_where_they_are_asked_for() {
    let site = whc_core::site::embedded().unwrap().swap_remove(1);
    let note = ("danger".parse().unwrap(), "the press".to_owned());
    let noted = Site { notes: Notes::new([note]).unwrap(), ..site };
    let app = App::new(Arc::new(MemorySites::new([noted])));
    let data = async |path: &str| json(send(&app, Request::get(path)).await)["data"].clone();
    assert_eq!(data("/api/whcsites/2").await.get("notes"), None);
    assert_eq!(data("/api/whcsites/2?fields=curated").await.get("notes"), None);
    let both = data("/api/whcsites/2?fields=notes,curated").await;
    assert_eq!((&both["notes"], &both["curated"]), (&value!({"danger": "the press"}), &value!([])));
}

#[tokio::test]
async fn a_summary_in_every_format() {
    for (name, path) in [
        ("summary.json", "/api/whcsites?limit=2&offset=1018&fields=summary"),
        ("summary.geojson", "/api/whcsites?limit=1&fields=summary&f=geojson"),
        ("summary.csv", "/api/whcsites?limit=3&offset=3&fields=summary&f=csv&lang=fr"),
        ("summary.ndjson", "/api/whcsites?limit=2&fields=summary&f=ndjson"),
        ("summary.geojsonseq", "/api/whcsites?limit=2&fields=summary&f=geojsonseq"),
        ("summary-nearby.json", "/api/whcsites/174/nearby?limit=1&fields=summary"),
        ("summary-and-components.json", "/api/whcsites?limit=1&fields=summary,components"),
    ] {
        golden::check(&format!("fields/{name}"), get(path).await);
    }
}

#[tokio::test]
async fn a_summary_is_the_seed_without_long_texts_and_what_a_list_shows() {
    let list = json(get("/api/whcsites?limit=1&fields=summary").await);
    let keys: Vec<_> = list["data"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys[..9], SEED);
    let whole = json(get("/api/whcsites?limit=1").await);
    for key in &keys {
        assert_eq!(list["data"][0][key], whole["data"][0][key], "{key}");
    }
    let spelled = json(get(&format!("/api/whcsites?limit=1&fields={}", keys.join(","))).await);
    assert_eq!(spelled["data"].to_string(), list["data"].to_string());
}

#[tokio::test]
async fn a_summary_takes_other_keys_beside_it() {
    let keys = async |fields: &str| -> Vec<String> {
        let list = json(get(&format!("/api/whcsites?limit=1&fields={fields}")).await);
        list["data"][0].as_object().unwrap().keys().cloned().collect()
    };
    let summary = keys("summary").await;
    assert_eq!(keys("SUMMARY,name").await, summary, "a key of it adds nothing");
    assert_eq!(keys("summary&fields=distance_km").await, summary, "nor does one that is not there");
    let more = keys("components,area_hectares,summary").await;
    let added: Vec<_> = more.iter().filter(|key| !summary.contains(key)).collect();
    assert_eq!(added, ["area_hectares", "components"]);
    assert!(summary.iter().all(|key| more.contains(key)));
}

#[tokio::test]
async fn a_page_of_summaries_is_small() {
    let app = app();
    let (mut bytes, mut sites) = (0, 0);
    for language in LANGUAGES {
        for offset in (0..1273).step_by(100) {
            let path = format!("/api/whcsites?fields=summary&offset={offset}&lang={language}");
            let body = send(&app, Request::get(&path)).await.into_body().into_bytes();
            assert!(body.len() <= 45_000, "{path}: {} bytes", body.len());
            let page: Value = serde_json::from_slice(&body).unwrap();
            (bytes, sites) = (bytes + body.len(), sites + page["data"].as_array().unwrap().len());
        }
    }
    let mean = bytes / sites;
    assert!((350..450).contains(&mean), "{mean} bytes a site");
}

/// A store that has no snapshot, so that every text is written for the request.
struct Plain(MemorySites);

#[async_trait]
impl SiteRepository for Plain {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        self.0.get(id).await
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        self.0.list(query).await
    }

    async fn version(&self) -> Result<Version> {
        self.0.version().await
    }
}

fn paths() -> impl Strategy<Value = String> {
    let list = (0_u32..40, 1_u32..50, select(&["id", "-id", "name", "-inscribed"])).prop_map(
        |(offset, limit, sort)| {
            format!("/api/whcsites?status=all&offset={offset}&limit={limit}&sort={sort}&f=")
        },
    );
    let path = prop_oneof![
        4 => list,
        1 => Just("/api/whcsites?near=0,0&f=".to_owned()),
        1 => Just("/api/whcsites?criterion=i,x&f=".to_owned()),
    ];
    let format = select(&["json", "geojson", "csv", "ndjson", "geojsonseq"]);
    let fields = select(&["", "summary", "summary,components", "summary,category", "names"]);
    (path, format, fields, select(&LANGUAGES)).prop_map(|(path, format, fields, language)| {
        format!("{path}{format}&fields={fields}&lang={language}")
    })
}

#[test]
fn what_is_ready_is_what_would_be_written() {
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let sites = strategy::sites().new_tree(&mut runner).unwrap().current();
    let runtime = Runtime::new().unwrap();
    let apps = [
        App::new(Arc::new(MemorySites::new(sites.clone()))),
        App::new(Arc::new(Plain(MemorySites::new(sites)))),
    ];
    let answer = |app: &App, path: &str| -> (HeaderMap, Bytes) {
        let response = runtime.block_on(send(app, Request::get(path)));
        let (mut parts, body) = response.into_parts();
        parts.headers.remove("server-timing");
        parts.headers.remove("x-cache");
        (parts.headers, body.into_bytes())
    };
    // Asked for all sites once, the first has the texts of each kind ready.
    for format in ["json", "geojson"] {
        for fields in ["", "summary"] {
            for language in LANGUAGES {
                let path = format!("/api/whcsites?status=all&f={format}&fields={fields}&lang={language}");
                assert_eq!(answer(&apps[0], &path), answer(&apps[1], &path), "{path}");
            }
        }
    }
    let found = Cell::new(0);
    let outcome = runner.run(&paths(), |path| {
        let [ready, plain] = apps.each_ref().map(|app| answer(app, &path));
        found.set(found.get() + u32::from(ready.1.len() > 500));
        prop_assert_eq!(ready, plain, "{}", path);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    assert!(found.get() > 200, "only {} answers have something in them", found.get());
}
