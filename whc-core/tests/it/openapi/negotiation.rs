//! Which version of the description a client gets.

use std::sync::Arc;

use http::{Request, Response, StatusCode};
use whc_core::config::WebConfig;
use whc_core::web::{Body, handle};
use whc_core::{App, MemorySites};

use super::{app, get, json};

const OLD: &str = "application/vnd.oai.openapi+json;version=3.0";
const NEW: &str = "application/vnd.oai.openapi+json;version=3.1";
const PLAIN: &str = "application/json";

async fn accepting(accept: &str, query: &str) -> Response<Body> {
    let request = Request::get(format!("/api/openapi.json{query}")).header("accept", accept);
    handle(&app(), request.body(bytes::Bytes::new()).unwrap()).await
}

#[tokio::test]
async fn accept_and_f_choose_version_and_media_type() {
    for (accept, query, content_type, version) in [
        ("", "", OLD, "3.0.3"),
        ("*/*", "", OLD, "3.0.3"),
        ("application/*", "", OLD, "3.0.3"),
        (OLD, "", OLD, "3.0.3"),
        (NEW, "", NEW, "3.1.0"),
        (PLAIN, "", PLAIN, "3.0.3"),
        ("application/vnd.oai.openapi+json", "", OLD, "3.0.3"),
        ("application/vnd.oai.openapi+json;q=0.9", "", OLD, "3.0.3"),
        ("application/vnd.oai.openapi+json; version=\"3.1\"", "", NEW, "3.1.0"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "", OLD, "3.0.3"),
        (&format!("{OLD};q=0.5, {NEW}"), "", NEW, "3.1.0"),
        // As GDAL asks.
        (&format!("{OLD}, application/openapi+json;version=3.0, {PLAIN}"), "", OLD, "3.0.3"),
        (NEW, "?f=json", PLAIN, "3.0.3"),
        (NEW, "?f=3.0", OLD, "3.0.3"),
        ("text/html", "?f=3.1", NEW, "3.1.0"),
    ] {
        let response = accepting(accept, query).await;
        assert_eq!(response.headers()["content-type"], content_type, "{accept} {query}");
        assert_eq!(json(response)["openapi"], version, "{accept} {query}");
    }
}

#[tokio::test]
async fn who_accepts_none_of_them_is_told_which_there_are() {
    for accept in ["text/html", "application/vnd.oai.openapi+json;version=2.0", "application/json;q=0"] {
        let response = accepting(accept, "").await;
        assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE, "{accept}");
        let detail = json(response)["detail"].as_str().unwrap().to_owned();
        assert!([OLD, NEW, PLAIN].iter().all(|offer| detail.contains(offer)), "{detail}");
    }
    assert_eq!(get("/api/openapi.json?f=3.2").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(get("/api/openapi.json?lang=fr").await.status(), StatusCode::OK);
    assert_eq!(get("/api/openapi.json?lang=xx").await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn vary_names_what_decided() {
    for (query, vary) in [
        ("", "accept, accept-encoding"),
        ("?lang=fr", "accept, accept-encoding"),
        ("?f=3.1", "accept-encoding"),
    ] {
        assert_eq!(get(&format!("/api/openapi.json{query}")).await.headers()["vary"], vary, "{query}");
    }
}

#[tokio::test]
async fn it_is_written_once_and_is_304_for_a_client_that_has_it() {
    let app = app();
    let send = async |request: http::request::Builder| {
        let request = request.uri("/api/openapi.json").header("accept-encoding", "br");
        handle(&app, request.body(bytes::Bytes::new()).unwrap()).await
    };
    let first = send(Request::builder()).await;
    assert_eq!(
        (&first.headers()["x-cache"], &first.headers()["content-encoding"]),
        (&"miss".parse().unwrap(), &"br".parse().unwrap())
    );
    let head = send(Request::head("/")).await;
    assert_eq!(head.headers()["x-cache"], "hit");
    assert_eq!(head.headers()["content-length"], first.headers()["content-length"]);
    assert!(head.into_body().is_empty());
    let tag = first.headers()["etag"].clone();
    let again = send(Request::builder().header("if-none-match", tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn answers_about_the_data_and_the_description_do_not_push_each_other_out() {
    let app = app();
    for expected in ["miss", "hit"] {
        for path in ["/api/whcsites/1", "/api/openapi.json", "/api/openapi.json?f=3.1"] {
            let response = handle(&app, Request::get(path).body(bytes::Bytes::new()).unwrap()).await;
            assert_eq!(response.headers()["x-cache"], expected, "{path}");
        }
    }
}

#[tokio::test]
async fn its_validator_follows_its_text_and_not_the_data() {
    let tag = async |app: &App, query: &str| {
        let request = Request::get(format!("/api/openapi.json{query}"));
        handle(app, request.body(bytes::Bytes::new()).unwrap()).await.headers()["etag"].clone()
    };
    let empty = App::new(Arc::new(MemorySites::new([])));
    assert_eq!(tag(&app(), "").await, tag(&empty, "").await);
    assert_ne!(tag(&app(), "").await, tag(&app(), "?f=3.1").await);
    let web = WebConfig::at("https://heritage.example/whc").unwrap();
    let elsewhere = App::builder(Arc::new(MemorySites::new([]))).web(web).build();
    assert_ne!(tag(&elsewhere, "").await, tag(&empty, "").await);
}

#[tokio::test]
async fn the_server_is_where_clients_reach_it() {
    assert_eq!(json(get("/api/openapi.json").await)["servers"][0]["url"], "/");
    let web = WebConfig::at("https://heritage.example/whc").unwrap();
    let app = App::builder(Arc::new(MemorySites::new([]))).web(web).build();
    let request = Request::get("/api/openapi.json").body(bytes::Bytes::new()).unwrap();
    assert_eq!(json(handle(&app, request).await)["servers"][0]["url"], "https://heritage.example/whc");
}
