//! Links on a developer's machine have its address, so that tools which do not resolve links can follow them. Nobody
//! else's `Host` gets into an answer.

use std::sync::Arc;

use http::request::Builder;
use http::{Request, Version};
use whc_core::config::WebConfig;
use whc_core::{App, MemorySites};

use crate::client::{app, json, send};

const PATH: &str = "/api/whcsites?limit=1";

fn request_to(host: &str) -> Builder {
    Request::get(PATH).header("host", host)
}

/// What the links of the answer begin with; that of its `Link` header and of its body agree.
async fn base(app: &App, request: Builder) -> String {
    let response = send(app, request).await;
    let header = response.headers()["link"].to_str().unwrap().to_owned();
    let body = json(response);
    let next = body["links"]["next"].as_str().unwrap();
    assert_eq!(header, format!("<{next}>; rel=\"next\""));
    next.strip_suffix("/api/whcsites?limit=1&offset=1").unwrap().to_owned()
}

#[tokio::test]
async fn links_are_absolute_where_the_client_is_on_this_machine() {
    let app = app();
    for host in
        ["localhost", "localhost:4000", "LocalHost:80", "127.0.0.1:4000", "127.1.2.3", "[::1]:4000", "[::1]"]
    {
        assert_eq!(base(&app, request_to(host)).await, format!("http://{host}"));
    }
    let http2 = Request::get(format!("http://localhost:4000{PATH}")).version(Version::HTTP_2);
    assert_eq!(base(&app, http2).await, "http://localhost:4000");
}

#[tokio::test]
async fn the_host_of_a_stranger_is_in_no_link() {
    let app = app();
    for host in [
        "heritage.example",
        "localhost.evil.com",
        "localhost.",
        "127.0.0.1.evil",
        "127.0.0.1.evil:4000",
        "evil.localhost",
        "xlocalhost",
        "localhost:",
        "localhost:0",
        "localhost:99999",
        "127.1",
        "127.0.0.01",
        "2130706433",
        "0.0.0.0:4000",
        "128.0.0.1",
        "[::]",
        "[::2]:4000",
        "[::ffff:127.0.0.1]",
        "%6cocalhost",
        "",
    ] {
        assert_eq!(base(&app, request_to(host)).await, "", "{host}");
    }
    assert_eq!(base(&app, Request::get(PATH)).await, "", "nobody is named");
    let both = Request::get(format!("http://evil.example{PATH}")).header("host", "localhost");
    assert_eq!(base(&app, both).await, "", "the target wins");
    for host in ["localhost@evil.example", "evil@localhost", "localhost:80@evil.example", "localhost, evil"] {
        assert_eq!(send(&app, request_to(host)).await.status(), 400, "{host}");
    }
}

#[tokio::test]
async fn behind_a_proxy_the_host_is_none_of_the_clients() {
    let app = app();
    for (name, value) in [
        ("via", "1.1 proxy"),
        ("forwarded", "for=192.0.2.1"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-host", "localhost"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-anything", ""),
        ("x-real-ip", "192.0.2.1"),
    ] {
        assert_eq!(base(&app, request_to("127.0.0.1:4000").header(name, value)).await, "", "{name}");
    }
    assert_eq!(base(&app, request_to("127.0.0.1:4000").version(Version::HTTP_10)).await, "");
}

#[tokio::test]
async fn the_address_of_the_operator_wins() {
    for (public_url, base_of_links) in [
        ("https://heritage.example/whc", "https://heritage.example/whc"),
        ("http://heritage.example", "http://heritage.example"),
        ("/whc", "http://localhost:4000/whc"),
    ] {
        let web = WebConfig::at(public_url).unwrap();
        let app = App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build();
        assert_eq!(base(&app, request_to("localhost:4000")).await, base_of_links);
    }
}

#[tokio::test]
async fn what_is_cached_for_one_host_is_not_for_another() {
    let app = app();
    let requests = || {
        [
            ("http://localhost:4000", request_to("localhost:4000")),
            ("http://localhost:5000", request_to("localhost:5000")),
            ("", request_to("localhost.evil.com")),
            ("", request_to("localhost:4000").header("via", "1.1 proxy")),
        ]
    };
    for (expected, request) in requests().into_iter().chain(requests()) {
        assert_eq!(base(&app, request).await, expected);
    }
    let mut tags = Vec::new();
    for (_, request) in requests() {
        let response = send(&app, request).await;
        assert_eq!(response.headers()["x-cache"], "hit");
        tags.push(response.headers()["etag"].clone());
    }
    assert_eq!(tags[2], tags[3], "the same bytes");
    assert!(tags[0] != tags[1] && tags[0] != tags[3], "{tags:?}: other bytes of one URL");
    let known = request_to("localhost:4000").header("if-none-match", tags[3].clone());
    assert_eq!(send(&app, known).await.status(), 200);
}

#[tokio::test]
async fn every_link_has_the_same_base() {
    let app = app();
    let mut links = Vec::new();
    for path in [
        "/api/whcsites/1",
        "/api/whcsites/1/nearby?limit=1",
        "/api/whcsites/random",
        "/api/whcsites/facets",
        "/api/countries",
        "/api/criteria",
        "/api/downloads/whcsites.json",
        "/api/whcsites?f=geojson&limit=1",
        "/api/openapi.json",
        "/nowhere",
    ] {
        let response = send(&app, Request::get(path).header("host", "[::1]:4000")).await;
        let locations =
            response.headers().get("content-location").map(|value| value.to_str().unwrap().to_owned());
        links.extend(locations);
        let text = String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap();
        let own = text.split('"').filter(|word| word.contains("/api/") || word.contains("/problems/"));
        let own: Vec<_> = own
            .filter(|word| word.contains("://[") || (path != "/api/openapi.json" && word.starts_with('/')))
            .collect();
        assert!(!own.is_empty() || text.contains("\"http://[::1]:4000\""), "{path}: {text:.300}");
        links.extend(own.into_iter().map(str::to_owned));
    }
    assert!(links.len() > 100);
    for link in links {
        assert!(link.starts_with("http://[::1]:4000/"), "{link}");
    }
}
