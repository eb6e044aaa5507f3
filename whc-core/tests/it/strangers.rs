//! Requests of unknown clients and their tools: they cost little, get clear messages, and are understood where possible.

use std::io::Read as _;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::Value;
use whc_core::config::WebConfig;
use whc_core::{App, MemorySites};

use crate::client::{app, get, json, send};

#[tokio::test]
async fn a_query_of_nothing_but_names_is_told_in_few_words() {
    let escapes = "%00".repeat(110);
    for query in [
        "a&".repeat(4000),
        "categroy=x&".repeat(700),
        "limit=1&".repeat(900),
        "category=x&".repeat(700),
        // Six bytes each in JSON.
        format!("{escapes}&").repeat(24),
        format!("fields={}", format!("{escapes},").repeat(24)),
    ] {
        let response = get(&format!("/api/whcsites?{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(response.body().len() < 20_000, "{} bytes for {query:.20}", response.body().len());
        let problem = json(response);
        assert!(problem["errors"].as_array().map_or(0, Vec::len) <= 20, "{problem}");
    }
    let many: Vec<_> = (0..101).map(|number| format!("id={number}")).collect();
    let problem = json(get(&format!("/api/whcsites?{}", many.join("&"))).await);
    assert!(problem["detail"].as_str().unwrap().contains("100 parameters"), "{problem}");
}

#[tokio::test]
async fn the_hint_of_a_lost_client_has_the_prefix() {
    let app = app().mounted_at("/heritage").unwrap();
    let near = json(send(&app, Request::get("/api/whcsite")).await);
    assert!(near["detail"].as_str().unwrap().ends_with("did you mean /heritage/api/whcsites?"), "{near}");
    let far = json(send(&app, Request::get("/nowhere-near-anything")).await);
    assert!(
        far["detail"].as_str().unwrap().contains("there are /heritage/api/whcsites, /heritage/api"),
        "{far}"
    );
}

#[tokio::test]
async fn a_preflight_is_allowed_the_headers_it_asks_for() {
    let asked = "sentry-trace, traceparent, x-requested-with, authorization";
    let preflight = Request::options("/api/whcsites")
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", asked);
    let response = send(&app(), preflight).await;
    assert_eq!(response.headers()["access-control-allow-headers"], asked);
    let plain = send(&app(), Request::options("/api/whcsites")).await;
    assert!(plain.headers()["access-control-allow-headers"].to_str().unwrap().contains("if-none-match"));
    for hostile in ["a b", "x, <script>", &"x".repeat(5000)] {
        let preflight = Request::options("/api/whcsites").header("access-control-request-headers", hostile);
        let response = send(&app(), preflight).await;
        assert_ne!(response.headers()["access-control-allow-headers"], hostile);
    }
    let exposed = get("/api/downloads/whcsites.csv").await;
    // All: content-disposition, etag, link, x-request-id and what may come.
    assert_eq!(exposed.headers()["access-control-expose-headers"], "*");
    assert!(exposed.headers().contains_key("content-disposition"));
}

#[tokio::test]
async fn the_server_as_a_whole_knows_options_only() {
    assert_eq!(send(&app(), Request::options("*")).await.status(), StatusCode::NO_CONTENT);
    for method in [Method::GET, Method::HEAD, Method::POST] {
        let response = send(&app(), Request::builder().method(method).uri("*")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn no_encoding_is_one_that_a_client_can_prefer() {
    for (accepted, encoding) in [
        ("identity;q=1, gzip;q=0.5", None),
        ("gzip;q=0.5, identity", None),
        ("gzip, identity;q=0.5", Some("gzip")),
        ("identity;q=0, gzip;q=0.1", Some("gzip")),
        ("*;q=0.5, identity;q=0.9", None),
        ("gzip", Some("gzip")),
        ("gzip;q=0.3", Some("gzip")),
    ] {
        let response = send(&app(), Request::get("/api/whcsites").header("accept-encoding", accepted)).await;
        let found = response.headers().get("content-encoding").map(|value| value.to_str().unwrap());
        assert_eq!(found, encoding, "{accepted}");
    }
}

#[tokio::test]
async fn an_empty_value_is_none_and_marks_of_trackers_are_no_parameters() {
    let app = app();
    let whole = json(send(&app, Request::get("/api/whcsites?limit=2")).await);
    for query in [
        "country=&limit=2",
        "limit=2&q=&bbox=&near=",
        "limit=2&_=123",
        "limit=2&utm_source=x&utm_medium=y&fbclid=z&gclid=1",
    ] {
        let page = json(send(&app, Request::get(format!("/api/whcsites?{query}"))).await);
        assert_eq!(page, whole, "{query}");
    }
    assert_eq!(get("/api/whcsites?utm=x").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(get("/api/whcsites?categroy=").await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_paths_the_first_systems_had_are_there() {
    assert_eq!(json(get("/ping").await)["info"], "pong");
    let plain = get("/healthz").await;
    assert_eq!(plain.into_body().into_bytes(), "OK");
    let detailed = get("/healthz?detailed=true").await;
    assert_eq!(detailed.status(), StatusCode::OK);
    let detailed = json(detailed);
    assert_eq!(
        (&detailed["status"], &detailed["checks"]["shutdown"]["status"]),
        (&"ok".into(), &"ok".into())
    );
    let draining = app();
    draining.drain();
    let detailed = send(&draining, Request::get("/healthz?detailed=true")).await;
    assert_eq!(detailed.status(), StatusCode::OK, "a process that drains is alive");
    assert_eq!(json(detailed)["checks"]["shutdown"]["status"], "unavailable");
}

#[tokio::test]
async fn a_range_is_one_of_the_plain_bytes() {
    let app = app();
    let path = "/api/downloads/whcsites.csv";
    let whole = send(&app, Request::get(path)).await.into_body().into_bytes();
    let range = Request::get(path).header("accept-encoding", "gzip, br").header("range", "bytes=1000-1999");
    let part = send(&app, range).await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers().get("content-encoding"), None);
    assert_eq!(part.into_body().into_bytes(), whole[1000..2000]);

    let zipped = send(&app, Request::get(path).header("accept-encoding", "gzip")).await;
    let etag = zipped.headers()["etag"].clone();
    let zipped = zipped.into_body().into_bytes();
    let rest = Request::get(path)
        .header("accept-encoding", "gzip")
        .header("if-range", etag)
        .header("range", "bytes=100-");
    let rest = send(&app, rest).await;
    assert_eq!(
        (rest.status(), &rest.headers()["content-encoding"]),
        (StatusCode::PARTIAL_CONTENT, &"gzip".parse().unwrap())
    );
    let joined = [&zipped[..100], &rest.into_body().into_bytes()].concat();
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&joined[..]).read_to_end(&mut plain).unwrap();
    assert_eq!(plain, whole);
}

#[tokio::test]
async fn a_date_alone_does_not_say_that_a_client_has_the_answer() {
    let app = app();
    let first = send(&app, Request::get("/api/whcsites/1")).await;
    let date = first.headers()["last-modified"].clone();
    let again = send(&app, Request::get("/api/whcsites/1").header("if-modified-since", date)).await;
    assert_eq!(again.status(), StatusCode::OK, "another release may write the same data otherwise");
}

#[tokio::test]
async fn a_problem_has_a_type_and_a_code_of_its_kind() {
    for (path, kind) in [
        ("/api/whcsites?x=1", "invalid-parameters"),
        ("/api/whcsites/1811", "not-found"),
        ("/nowhere", "no-such-path"),
    ] {
        let problem = json(get(path).await);
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{problem}");
        assert_eq!(problem["code"], kind);
    }
    let web = WebConfig::at("https://heritage.example/whc").unwrap();
    let app = App::builder(Arc::new(MemorySites::new([]))).web(web).build();
    let problem: Value = json(send(&app, Request::get("/nowhere")).await);
    assert_eq!(problem["type"], "https://heritage.example/whc/problems/no-such-path");
    let post = handle_post(&app).await;
    assert_eq!(post["code"], "method-not-allowed");
}

#[tokio::test]
async fn the_parts_of_many_sites_come_in_one_request() {
    let one = json(get("/api/whcsites/9").await);
    for path in
        ["/api/whcsites?id=9&fields=name,components", "/api/whcsites?id=9&fields=components&f=geojson"]
    {
        let list = json(get(path).await);
        let site = list["data"].get(0).unwrap_or(&list["features"][0]["properties"]).clone();
        assert_eq!(site["components"], one["data"]["components"], "{list}");
    }
    let plain = json(get("/api/whcsites?id=9").await);
    assert_eq!(plain["data"][0].get("components"), None, "only where they are selected");
}

#[tokio::test]
async fn coordinates_have_six_decimals_at_most() {
    for path in ["/api/downloads/whcsites.geojson", "/api/downloads/whcsites.csv", "/api/whcsites/1150"] {
        let text = String::from_utf8(get(path).await.into_body().into_bytes().to_vec()).unwrap();
        let long = |word: &&str| {
            word.split_once('.').is_some_and(|(degrees, rest)| {
                degrees.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
                    && rest.len() > 6
                    && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '-');
        assert_eq!(words.filter(long).count(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_formula_in_full_width_is_text_too() {
    let site = |id, name: &str| {
        let names = whc_core::Names::new(name).unwrap();
        let (id, year) = (whc_core::SiteId::new(id).unwrap(), whc_core::Year::new(2000).unwrap());
        whc_core::Site::new(id, names, whc_core::Category::Cultural, year)
    };
    let names = ["＝1+1", "＋1", "－1", "＠SUM", "=1+1", "plain"];
    let app = App::new(Arc::new(MemorySites::new((1..).zip(names).map(|(id, name)| site(id, name)))));
    let table = send(&app, Request::get("/api/whcsites?f=csv&fields=name")).await;
    let table = String::from_utf8(table.into_body().into_bytes().to_vec()).unwrap();
    for name in &names[..5] {
        assert!(table.contains(&format!(",'{name}\r\n")), "{table}");
    }
    assert!(table.contains(",plain\r\n"));
}

async fn handle_post(app: &App) -> Value {
    let request = Request::post("/api/whcsites").body(Bytes::new()).unwrap();
    json(whc_core::web::handle(app, request).await)
}
