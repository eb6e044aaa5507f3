//! Validators, encodings and cached responses.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;

use http::{Request, Response, StatusCode};
use whc_core::config::WebConfig;
use whc_core::web::Body;
use whc_core::{App, KnownSites, MemorySites, Site, SiteStore};

use crate::client::{app, get, send};

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_client_that_has_the_representation_gets_304() {
    let app = app();
    for path in ["/api/whcsites", "/api/whcsites?f=csv", "/api/whcsites/1", "/api/whcsites/1?lang=fr"] {
        let first = send(&app, Request::get(path)).await;
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        for tags in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
            let again = send(&app, Request::get(path).header("if-none-match", tags)).await;
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(again.headers()["etag"], etag);
            assert_eq!(again.headers().get("content-length"), None);
            assert!(again.headers().contains_key("cache-control") && again.body().is_empty());
        }
        let other = send(&app, Request::get(path).header("if-none-match", "\"other\"")).await;
        assert_eq!(other.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_validator_names_format_language_and_data() {
    let app = app();
    let mut seen = std::collections::BTreeSet::new();
    for query in ["", "?lang=fr", "?f=geojson", "?f=csv", "?f=ndjson", "?f=geojsonseq", "?f=csv&lang=ar"] {
        let response = send(&app, Request::get(format!("/api/whcsites{query}"))).await;
        assert!(seen.insert(response.headers()["etag"].clone()), "{query}");
    }
    let other = App::new(Arc::new(MemorySites::new([])));
    assert!(seen.insert(send(&other, Request::get("/api/whcsites")).await.headers()["etag"].clone()));
}

#[tokio::test]
async fn vary_names_what_was_negotiated_and_nothing_else() {
    for (query, vary) in [
        ("", Some("accept, accept-language, accept-encoding")),
        ("?f=csv", Some("accept-language, accept-encoding")),
        ("?lang=fr", Some("accept, accept-encoding")),
        ("?f=json&lang=en", Some("accept-encoding")),
    ] {
        let response = get(&format!("/api/whcsites{query}")).await;
        assert_eq!(response.headers().get("vary").map(|vary| vary.to_str().unwrap()), vary);
    }
}

#[tokio::test]
async fn bodies_are_compressed_as_the_client_likes_best() {
    let app = app();
    let plain = send(&app, Request::get("/api/whcsites")).await;
    assert_eq!(header(&plain, "content-encoding"), None);
    let mut etags = BTreeSet::from([header(&plain, "etag").unwrap().to_owned()]);
    let plain = plain.into_body().into_bytes();
    for (accepted, encoding) in [
        ("gzip", Some("gzip")),
        ("gzip, deflate, br, zstd", Some("br")),
        ("br;q=0.5, zstd", Some("zstd")),
        ("*", Some("br")),
        ("br;q=0, *;q=0.5", Some("zstd")),
        ("identity", None),
        ("gzip;q=0", None),
    ] {
        let response = send(&app, Request::get("/api/whcsites").header("accept-encoding", accepted)).await;
        assert_eq!(header(&response, "content-encoding"), encoding, "{accepted}");
        assert!(header(&response, "vary").unwrap().contains("accept-encoding"));
        etags.insert(header(&response, "etag").unwrap().to_owned());
        assert_eq!(decoded(encoding, &response.into_body().into_bytes()), plain, "{accepted}");
    }
    assert_eq!(etags.len(), 4, "one validator for each encoding and one for none");
}

fn decoded(encoding: Option<&str>, body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match encoding {
        Some("br") => drop(brotli::Decompressor::new(body, 4096).read_to_end(&mut plain).unwrap()),
        Some("zstd") => plain = zstd::decode_all(body).unwrap(),
        Some("gzip") => drop(flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap()),
        _ => plain = body.to_vec(),
    }
    plain
}

#[tokio::test]
async fn a_small_body_is_sent_as_it_is() {
    let sites = Arc::new(MemorySites::new([]));
    let request = Request::get("/api/whcsites").header("accept-encoding", "br");
    assert_eq!(header(&send(&App::new(sites), request).await, "content-encoding"), None);
}

#[tokio::test]
async fn the_second_of_two_equal_requests_is_a_hit() {
    let app = app();
    for path in ["/api/whcsites?limit=5", "/api/whcsites/1"] {
        let first = send(&app, Request::get(path)).await;
        let second = send(&app, Request::get(path)).await;
        assert_eq!((header(&first, "x-cache"), header(&second, "x-cache")), (Some("miss"), Some("hit")));
        assert_eq!(first.into_body().into_bytes(), second.into_body().into_bytes());
        let other = send(&app, Request::get(path).header("accept-language", "fr")).await;
        assert_eq!(
            (header(&other, "x-cache"), header(&other, "content-language")),
            (Some("miss"), Some("fr"))
        );
    }
    let missing = send(&app, Request::get("/api/whcsites/1811")).await;
    assert_eq!((missing.status(), header(&missing, "x-cache")), (StatusCode::NOT_FOUND, None));
}

#[tokio::test]
async fn nothing_cached_outlives_a_change() {
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let app = App::new(Arc::clone(&sites) as _);
    let before = send(&app, Request::get("/api/whcsites/1")).await;
    let rename = |current: &KnownSites<'_>| {
        let names = whc_core::Names::new("Renamed").unwrap();
        Ok(vec![Site { names, ..Site::clone(&current[0]) }])
    };
    sites.revise(&mut { rename }).await.unwrap();
    let tag = header(&before, "etag").unwrap().to_owned();
    let after = send(&app, Request::get("/api/whcsites/1").header("if-none-match", tag)).await;
    assert_eq!((after.status(), header(&after, "x-cache")), (StatusCode::OK, Some("miss")));
    assert!(String::from_utf8_lossy(&after.into_body().into_bytes()).contains("Renamed"));
}

#[tokio::test]
async fn without_memory_for_it_nothing_is_cached() {
    let mut web = WebConfig::default();
    web.cache_bytes = 0;
    let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    for _ in 0..2 {
        let response = send(&app, Request::get("/api/whcsites/1")).await;
        assert_eq!((response.status(), header(&response, "x-cache")), (StatusCode::OK, Some("miss")));
    }
}

#[tokio::test]
async fn marks_of_trackers_make_no_answer_another() {
    let app = app();
    let many = "&utm_id=x".repeat(300);
    for (path, state) in [
        ("/api/whcsites?limit=3", "miss"),
        ("/api/whcsites?utm_source=a&limit=3", "hit"),
        ("/api/whcsites?limit=3&fbclid=b&_=1", "hit"),
        (&format!("/api/whcsites?limit=3{many}"), "hit"),
        (&format!("/api/whcsites?limit=4{many}"), "miss"),
        ("/api/whcsites?limit=4", "hit"),
    ] {
        let response = send(&app, Request::get(path)).await;
        assert_eq!(response.headers()["x-cache"], state, "{path:.60}");
    }
}
