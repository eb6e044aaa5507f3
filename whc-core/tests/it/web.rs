//! Responses of `handle`, over the embedded list and over stores that fail.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use whc_core::config::WebConfig;
use whc_core::web::handle;
use whc_core::{App, Error, MemorySites, Page, Result, Site, SiteId, SiteQuery, SiteRepository, Version};

use crate::client::{app, get, json, send};
use crate::golden;

#[tokio::test]
async fn golden_responses() {
    for (name, path) in [
        ("show.json", "/api/whcsites/1"),
        ("show-in-arabic.json", "/api/whcsites/72?lang=ar"),
        ("show-missing-translation.json", "/api/whcsites/32?lang=zh"),
        ("show-without-iso-code.json", "/api/whcsites/148"),
        ("show-without-point.json", "/api/whcsites/1567?lang=fr"),
        ("show-delisted.json", "/api/whcsites/1150"),
        ("show-superseded.json", "/api/whcsites/790"),
        ("list.json", "/api/whcsites?limit=2&offset=3"),
        ("list-past-the-end.json", "/api/whcsites?limit=2&offset=5000&lang=es"),
        ("unknown-site.json", "/api/whcsites/1811"),
        ("unreadable-id.json", "/api/whcsites/quito"),
        ("unknown-path.json", "/api/whcsite"),
        ("wrong-parameters.json", "/api/whcsites?limit=ten&ofset=3&lang=fr&lang=es&f=xml"),
        ("wrong-language.json", "/api/whcsites?lang=fe"),
        ("limit-zero.json", "/api/whcsites?limit=0"),
        ("healthz.txt", "/healthz"),
        ("livez.json", "/livez"),
        ("readyz.json", "/readyz"),
        ("status.json", "/status"),
        ("heartbeat.txt", "/api/heartbeat"),
        ("metrics-without-snapshot.txt", "/metrics"),
    ] {
        golden::check(name, get(path).await);
    }
}

#[tokio::test]
async fn one_request_can_fetch_the_whole_list() {
    let list = json(get("/api/whcsites?limit=2000").await);
    let ids: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|site| site["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), 1273);
    assert!(ids.is_sorted());
    assert_eq!(list["meta"]["total"], 1273);
    assert_eq!(list["links"].get("next"), None);
}

#[tokio::test]
async fn a_limit_over_the_maximum_is_lowered() {
    for limit in ["10001", "4000000000", "4294967296", "100000000000000000000"] {
        let path = format!("/api/whcsites?limit={limit}&fields=id");
        assert_eq!(json(get(&path).await)["meta"]["limit"], 10_000);
    }
    let past = json(get("/api/whcsites?offset=100000000000000000000").await);
    assert_eq!((past["data"].as_array().unwrap().len(), &past["meta"]["total"]), (0, &1273.into()));
}

#[tokio::test]
async fn following_next_visits_every_site_once() {
    let app = app();
    let mut next = Some("/api/whcsites?limit=300&lang=fr".to_owned());
    let mut seen = Vec::new();
    while let Some(path) = next {
        let page = json(send(&app, Request::get(&path)).await);
        seen.extend(page["data"].as_array().unwrap().iter().map(|site| site["id"].as_u64().unwrap()));
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (1273, 1273));
}

#[tokio::test]
async fn links_start_with_the_public_url() {
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let web = WebConfig::at("https://heritage.example/whc/").unwrap();
    let app = App::builder(sites).web(web).build();
    let page = json(send(&app, Request::get("/api/whcsites?limit=5")).await);
    assert_eq!(page["links"]["next"], "https://heritage.example/whc/api/whcsites?limit=5&offset=5");
}

#[tokio::test]
async fn a_request_is_for_one_host() {
    for host in ["heritage.example", "192.0.2.1:4000", "[2001:db8::1]:80", "a_b.example", ""] {
        let response = send(&app(), Request::get("/healthz").header("host", host)).await;
        assert_eq!(response.status(), StatusCode::OK, "{host}");
    }
    for host in ["a b", "a/b", "a@b", "<script>", "a\t", "a?b", "a#b", "\\"] {
        let response = send(&app(), Request::get("/healthz").header("host", host)).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{host}");
    }
    let two = Request::get("/healthz").header("host", "a").header("host", "b");
    assert_eq!(send(&app(), two).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    for path in ["/api/whcsites/1", "/api/whcsites?limit=3", "/healthz", "/nowhere", "/api/whcsites?x=1"] {
        let (get, head) = (get(path).await, send(&app(), Request::head(path)).await);
        assert_eq!((get.status(), get.headers()), (head.status(), head.headers()), "{path}");
        assert!(head.into_body().is_empty() && !get.into_body().is_empty());
    }
}

#[tokio::test]
async fn answers_tell_how_long_they_took_where_they_are_asked_to() {
    assert!(!get("/api/whcsites/1").await.headers().contains_key("server-timing"));
    let mut web = WebConfig::default();
    web.server_timing = true;
    let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
    for path in ["/api/whcsites/1", "/api/whcsites/1", "/livez", "/nowhere"] {
        let response = send(&app, Request::get(path)).await;
        let timing = response.headers()["server-timing"].to_str().unwrap();
        let duration = timing.strip_prefix("app;dur=").unwrap();
        assert!(duration.parse::<f64>().unwrap() >= 0.0, "{timing}");
    }
}

#[tokio::test]
async fn options_answers_a_preflight_everywhere() {
    for path in [
        "/api/whcsites",
        "/api/whcsites/1",
        "/api/whcsites/1/nearby",
        "/api/whcsites/facets",
        "/api/whcsites/random",
        "/api/countries",
        "/api/criteria",
        "/healthz",
        "/readyz",
        "/status",
        "/api/heartbeat",
        "*",
    ] {
        let response = send(&app(), Request::options(path)).await;
        assert_eq!(response.status(), StatusCode::NO_CONTENT, "{path}");
        let all = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
        assert_eq!(response.headers()["allow"], if path == "*" { all } else { "GET, HEAD, OPTIONS" });
        assert_eq!(response.headers()["access-control-allow-methods"], "GET, HEAD, OPTIONS");
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
    }
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let response = send(&app(), Request::builder().method(method).uri("/api/whcsites")).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "GET, HEAD, OPTIONS");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn accept_decides_what_is_acceptable() {
    let status = async |accept: &str, path: &str| {
        send(&app(), Request::get(path).header("accept", accept)).await.status()
    };
    for accept in
        ["*/*", "", "application/json", "application/*;q=0.1", "text/html, */*;q=0.1", "no media type"]
    {
        assert_eq!(status(accept, "/api/whcsites/1").await, StatusCode::OK, "{accept}");
    }
    for accept in ["text/html", "application/json;q=0", "image/*, text/csv"] {
        assert_eq!(status(accept, "/api/whcsites/1").await, StatusCode::NOT_ACCEPTABLE, "{accept}");
        assert_eq!(status(accept, "/api/whcsites/1?f=json").await, StatusCode::OK, "f= wins over {accept}");
        assert_eq!(status(accept, "/healthz").await, StatusCode::OK, "probes send anything");
    }
}

#[tokio::test]
async fn the_language_is_negotiated() {
    for (header, language) in [
        ("fr", "fr"),
        ("fr-CA, en;q=0.5", "fr"),
        ("de, es;q=0.3, ru;q=0.8", "ru"),
        ("fr;q=0", "en"),
        ("de", "en"),
        ("*", "en"),
        ("ZH-hant;q=1.0", "zh"),
        ("q=;;;,", "en"),
    ] {
        let response = send(&app(), Request::get("/api/whcsites/1").header("accept-language", header)).await;
        assert_eq!(response.headers()["content-language"], language, "{header}");
        assert_eq!(response.headers()["vary"], "accept, accept-language, accept-encoding");
    }
    let response =
        send(&app(), Request::get("/api/whcsites/1?lang=es").header("accept-language", "fr")).await;
    assert_eq!(json(response)["data"]["name"], "Islas Galápagos");
}

#[tokio::test]
async fn a_request_too_large_is_told_so() {
    let long = format!("/api/whcsites?q={}", "x".repeat(9000));
    assert_eq!(get(&long).await.status(), StatusCode::URI_TOO_LONG);
    let large = send(&app(), Request::get("/api/whcsites").header("x-filler", "x".repeat(17_000))).await;
    assert_eq!(large.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[tokio::test]
async fn a_harmless_request_id_is_kept_and_a_hostile_one_replaced() {
    assert_eq!(get("/healthz").await.headers()["x-request-id"], "test-1");
    for hostile in ["", "a b", "<script>", &"x".repeat(200)] {
        let request = Request::get("/healthz").header("x-request-id", hostile).body(Bytes::new()).unwrap();
        let response = handle(&app(), request).await;
        assert_ne!(response.headers()["x-request-id"], hostile);
    }
}

#[tokio::test]
async fn draining_is_seen_on_readyz_only() {
    let app = app();
    app.drain();
    golden::check("readyz-draining.json", send(&app, Request::get("/readyz")).await);
    for path in ["/healthz", "/livez", "/api/whcsites/1"] {
        assert_eq!(send(&app, Request::get(path)).await.status(), StatusCode::OK, "{path}");
    }
}

/// A store that always fails the same way.
pub(crate) struct Broken(pub(crate) fn(&'static str) -> Error);

#[async_trait]
impl SiteRepository for Broken {
    async fn get(&self, _: SiteId) -> Result<Option<Arc<Site>>> {
        Err((self.0)("the store said: password is hunter2"))
    }

    async fn list(&self, _: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Err((self.0)("the store said: password is hunter2"))
    }

    async fn version(&self) -> Result<Version> {
        Err((self.0)("the store does not answer").with_source("password is hunter2"))
    }
}

#[tokio::test]
async fn a_failing_store_costs_its_own_answers_only() {
    let app = App::new(Arc::new(Broken(Error::unavailable)));
    golden::check("store-unavailable.json", send(&app, Request::get("/api/whcsites")).await);
    golden::check("readyz-unavailable.json", send(&app, Request::get("/readyz")).await);
    for path in ["/healthz", "/livez", "/status"] {
        assert_eq!(send(&app, Request::get(path)).await.status(), StatusCode::OK);
    }
    let app = App::new(Arc::new(Broken(Error::internal)));
    golden::check("store-broken.json", send(&app, Request::get("/api/whcsites/1")).await);
}

#[tokio::test]
async fn hostile_queries_never_do_harm() {
    for query in [
        "%",
        "limit=%ff%fe",
        "limit=-1",
        "limit=1e3",
        "offset=99999999999999999999",
        "&&&=",
        "lang=%00",
        "f=%3Cscript%3E",
    ] {
        let response = get(&format!("/api/whcsites?{query}")).await;
        assert!(response.status().is_client_error() || response.status().is_success(), "{query}");
        assert!(response.headers()["content-type"].to_str().unwrap().contains("json"), "{query}");
    }
}
