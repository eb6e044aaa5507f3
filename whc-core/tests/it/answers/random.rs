//! `/api/whcsites/random`: every site is about as likely as any other.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::Request;
use serde_json::Value;
use whc_core::config::WebConfig;
use whc_core::{App, MemorySites};

use super::{app, get, send};

#[tokio::test]
async fn every_site_that_passes_comes_up_about_as_often() {
    let app = app();
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    for _ in 0..400 {
        let response = send(&app, Request::get("/api/whcsites/random?id=1,2,3,4,9&status=all")).await;
        let site: Value = serde_json::from_slice(&response.into_body().into_bytes()).unwrap();
        *seen.entry(site["data"]["id"].as_u64().unwrap()).or_default() += 1;
    }
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 9]);
    // 80 each, give or take: 35 would be more than five standard deviations off.
    assert!(seen.values().all(|times| (35..=125).contains(times)), "{seen:?}");
}

#[tokio::test]
async fn it_says_which_site_it_is_and_is_not_cached() {
    let web = WebConfig::at("https://heritage.example").unwrap();
    let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    for _ in 0..3 {
        let response = send(&app, Request::get("/api/whcsites/random?category=natural&lang=fr")).await;
        let headers = response.headers().clone();
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("etag") && !headers.contains_key("x-cache"));
        let site: Value = serde_json::from_slice(&response.into_body().into_bytes()).unwrap();
        assert_eq!(headers["content-location"].to_str().unwrap(), site["links"]["self"].as_str().unwrap());
        assert_eq!(site["data"]["category"], "Natural");
        let address =
            site["links"]["self"].as_str().unwrap().strip_prefix("https://heritage.example").unwrap();
        let shown = send(&app, Request::get(format!("{address}?lang=fr"))).await;
        assert_eq!(serde_json::from_slice::<Value>(&shown.into_body().into_bytes()).unwrap(), site);
    }
}

#[tokio::test]
async fn it_may_be_a_feature_and_is_compressed_for_who_likes() {
    let response = get("/api/whcsites/random?f=geojson").await;
    assert_eq!(response.headers()["content-type"], "application/geo+json");
    let request = Request::get("/api/whcsites/random?id=1133").header("accept-encoding", "gzip");
    assert_eq!(send(&app(), request).await.headers()["content-encoding"], "gzip");
}
