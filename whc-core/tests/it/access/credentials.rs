//! Credentials in, challenges out (RFC 6750).

use std::sync::Arc;

use http::Response;
use whc_core::web::Body;
use whc_core::{App, MemorySites};

use super::{ask, service};
use crate::client::json;
use crate::golden;

const PATH: &str = "/api/cases/7/contact";

async fn with(app: &App, authorization: &str) -> Response<Body> {
    ask(app, "GET", PATH, &[("authorization", authorization)], "").await
}

#[tokio::test]
async fn golden_refusals() {
    let app = service().build();
    for (name, authorization) in [
        ("no-token", ""),
        ("expired-token", "Bearer nonsense"),
        ("no-bearer", "Basic YTpi"),
        ("missing-scope", "Bearer contacts:write"),
        ("other-case", "Bearer contacts:read;8"),
        ("keys-away", "Bearer down"),
        ("no-database", "Bearer contacts:read"),
    ] {
        golden::check(&format!("access/{name}.json"), with(&app, authorization).await);
    }
    let cross_site = ask(&app, "PUT", PATH, &[("sec-fetch-site", "cross-site")], "{}").await;
    golden::check("access/cross-site.json", cross_site);
    let program = ask(&app, "PUT", PATH, &[], "{}").await;
    golden::check("access/cross-site-unsaid.json", program);
}

#[tokio::test]
async fn a_token_in_the_query_is_refused_with_any_other() {
    let app = service().build();
    for query in ["access_token=x", "f=json&token=x", "%61ccess_token=x"] {
        let path = format!("{PATH}?{query}");
        let response = ask(&app, "GET", &path, &[("authorization", "Bearer contacts:read")], "").await;
        assert_eq!(response.status(), 400, "{query}");
        let challenge = response.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(challenge.contains("error=\"invalid_request\""), "{challenge}");
    }
}

#[tokio::test]
async fn without_keys_nobody_is_a_caller() {
    let app = App::new(Arc::new(MemorySites::embedded().unwrap()));
    assert_eq!(with(&app, "").await.status(), 401);
    let response = with(&app, "Bearer contacts:read").await;
    assert_eq!(response.status(), 401);
    assert!(json(response)["detail"].as_str().unwrap().contains("no key"));
}

#[tokio::test]
async fn without_authentication_a_token_is_checked_all_the_same() {
    let app = service().without_authentication().build();
    for (authorization, host, status) in [
        ("", "localhost:4000", 503),
        ("", "127.0.0.1", 503),
        ("", "[::1]:4000", 503),
        ("", "rebound.example", 403),
        ("", "localhost.evil.example", 403),
        ("", "", 403),
        ("Bearer contacts:read", "localhost", 503),
        ("Bearer audit:read", "localhost", 403),
        ("Bearer nonsense", "localhost", 401),
    ] {
        let headers = [("authorization", authorization), ("host", host)];
        let response = ask(&app, "GET", PATH, &headers, "").await;
        assert_eq!(response.status(), status, "{authorization} at {host}");
    }
}

#[tokio::test]
async fn what_is_open_ignores_credentials_and_cookies() {
    let app = service().build();
    let mut answers = Vec::new();
    for (authorization, cookie) in
        [("", ""), ("Bearer nonsense", "session=1"), ("Basic YTpi", ""), ("Bearer down", "")]
    {
        for path in ["/api/whcsites/1", "/api/countries", "/healthz", "/api/openapi.json"] {
            let headers = [("authorization", authorization), ("cookie", cookie)];
            let response = ask(&app, "GET", path, &headers, "").await;
            assert_eq!(response.headers()["access-control-allow-origin"], "*");
            let mut headers = response.headers().clone();
            headers.remove("x-cache");
            answers.push((path, headers, response.into_body().into_bytes()));
        }
    }
    for answer in &answers[4..] {
        assert!(answers[..4].contains(answer), "{}", answer.0);
    }
}
