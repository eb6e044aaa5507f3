//! One service in several scopes: prefixes of links, and size limits.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;
use whc_core::config::WebConfig;
use whc_core::web::{Body, handle};
use whc_core::{App, MemorySites};

use crate::client::{self, app, send};

const KIBIBYTE: usize = 1024;

async fn get(app: &App, path: &str) -> Response<Body> {
    let response = send(app, Request::get(path)).await;
    assert_eq!(response.headers()["content-length"], response.body().len().to_string(), "{path}");
    response
}

async fn json(app: &App, path: &str) -> Value {
    let response = get(app, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    client::json(response)
}

#[tokio::test]
async fn links_begin_with_the_prefix_of_the_request() {
    let app = app();
    let (prod, test) = (app.mounted_at("/prod").unwrap(), app.mounted_at("/heritage/test/").unwrap());
    let path = "/api/whcsites?limit=1";
    for (app, prefix) in
        [(&app, ""), (&prod, "/prod"), (&test, "/heritage/test"), (&prod, "/prod"), (&app, "")]
    {
        let page = json(app, path).await;
        assert_eq!(page["links"]["next"], format!("{prefix}/api/whcsites?limit=1&offset=1"));
        let link = get(app, path).await.headers()["link"].to_str().unwrap().to_owned();
        assert!(link.starts_with(&format!("<{prefix}/api/whcsites?")), "{link}");
    }
    let web = WebConfig::at("https://heritage.example/whc").unwrap();
    let public = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    let site = json(&public.mounted_at("/v1").unwrap(), "/api/whcsites/2").await;
    assert_eq!(site["links"]["self"], "https://heritage.example/whc/v1/api/whcsites/2");
    for wrong in ["prod", "/a b", "/a?b", "/<"] {
        assert!(app.mounted_at(wrong).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn scopes_share_the_cache_and_the_metrics_but_no_answer() {
    let app = app();
    let prod = app.mounted_at("/prod").unwrap();
    let tags: BTreeSet<_> = [
        get(&app, "/api/whcsites/1").await,
        get(&prod, "/api/whcsites/1").await,
        get(&app.with_size_limit(KIBIBYTE * KIBIBYTE), "/api/whcsites/1").await,
    ]
    .iter()
    .map(|response| {
        assert_eq!(response.headers()["x-cache"], "miss");
        response.headers()["etag"].clone()
    })
    .collect();
    assert_eq!(tags.len(), 2, "the same bytes have the same name, whatever would have fitted");
    assert_eq!(get(&app.mounted_at("/prod").unwrap(), "/api/whcsites/1").await.headers()["x-cache"], "hit");
    prod.drain();
    assert!(app.is_draining());
}

#[tokio::test]
async fn a_page_that_is_too_long_is_cut_down_and_leads_on() {
    let most = 64 * KIBIBYTE;
    let app = app().with_size_limit(most);
    let (mut next, mut seen, mut pages) = (Some("/api/whcsites?limit=2000&status=all".to_owned()), vec![], 0);
    while let Some(path) = next {
        let response = get(&app, &path).await;
        assert!(response.body().len() <= most, "{} bytes", response.body().len());
        let page: Value = serde_json::from_slice(&response.into_body().into_bytes()).unwrap();
        let ids = page["data"].as_array().unwrap().iter().map(|site| site["id"].as_u64().unwrap());
        seen.extend(ids);
        assert_eq!(page["meta"]["total"], 1277);
        assert!(page["meta"]["returned"].as_u64() <= page["meta"]["limit"].as_u64());
        next = page["links"]["next"].as_str().map(str::to_owned);
        pages += 1;
    }
    assert_eq!(seen.len(), 1277);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 1277);
    assert!((8..30).contains(&pages), "{pages} pages");
}

#[tokio::test]
async fn what_was_cut_down_has_a_name_of_its_own() {
    let app = app();
    let small = app.with_size_limit(64 * KIBIBYTE);
    let path = "/api/whcsites?limit=500";
    let whole = get(&app, path).await.headers()["etag"].clone();
    let cut = get(&small, path).await.headers()["etag"].clone();
    assert_ne!(whole, cut);
    for (tag, status) in [(&whole, 304), (&cut, 304), (&"\"other\"".parse().unwrap(), 200)] {
        let request = Request::get(path).header("if-none-match", tag).body(Bytes::new()).unwrap();
        let response = handle(&small, request).await;
        assert_eq!(
            (response.status().as_u16(), response.body().is_empty()),
            (status, status == 304),
            "{tag:?}"
        );
    }
}

#[tokio::test]
async fn every_format_of_a_list_is_cut_down() {
    let most = 32 * KIBIBYTE;
    let app = app().with_size_limit(most);
    for path in [
        "/api/whcsites?limit=10000&f=geojson",
        "/api/whcsites?limit=10000&f=csv&lang=ar",
        "/api/whcsites?limit=10000&f=ndjson&country=it,fr,cn",
        "/api/whcsites?limit=10000&f=geojsonseq",
        "/api/whcsites/1/nearby?limit=1000",
    ] {
        let response = get(&app, path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let bytes = response.body().len();
        assert!(bytes <= most && bytes > most / 2, "{path}: {bytes} bytes");
        assert!(response.headers()["link"].to_str().unwrap().contains("rel=\"next\""), "{path}");
    }
}

#[tokio::test]
async fn what_fits_compressed_is_whole() {
    let app = app().with_size_limit(512 * KIBIBYTE);
    let path = "/api/whcsites?limit=2000";
    let request = Request::get(path).header("accept-encoding", "gzip").body(Bytes::new()).unwrap();
    let whole = handle(&app, request).await;
    assert_eq!(whole.headers()["content-encoding"], "gzip");
    assert!(whole.headers().get("link").is_none(), "there is no next page");
    let etag = whole.headers()["etag"].clone();
    let request = Request::get(path).header("accept-encoding", "gzip").header("if-none-match", etag);
    assert_eq!(handle(&app, request.body(Bytes::new()).unwrap()).await.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_cannot_be_cut_down_says_what_can_be_done() {
    let most = 64 * KIBIBYTE;
    let app = app().mounted_at("/prod").unwrap().with_size_limit(most);
    let response = get(&app, "/api/downloads/whcsites.geojson").await;
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
    let problem: Value = serde_json::from_slice(&response.into_body().into_bytes()).unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("and 65536 pass") && detail.contains("Accept-Encoding: gzip"), "{detail}");
    let (_, page) = detail.split_once("with /prod").unwrap();
    let page = get(&app, &format!("{page}&f=geojson")).await;
    assert!(page.status().is_success() && page.body().len() <= most);

    let range = Request::get("/api/downloads/whcsites.geojson").header("range", "bytes=0-65535");
    let part = handle(&app, range.body(Bytes::new()).unwrap()).await;
    assert_eq!((part.status(), part.body().len()), (StatusCode::PARTIAL_CONTENT, most));
    let head = handle(&app, Request::head("/api/whcsites?limit=2000").body(Bytes::new()).unwrap()).await;
    assert_eq!(head.status(), StatusCode::OK);
}
