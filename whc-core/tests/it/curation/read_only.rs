//! A list that cannot be written says so before it asks who somebody is, and how one gets a list that can.

use http::Request;

use crate::client::{app, json, send};

#[tokio::test]
async fn a_list_that_is_read_only_says_so_and_how_it_could_be_written() {
    let app = app();
    for (method, path, allow) in [
        ("POST", "/api/whcsites", "GET, HEAD, OPTIONS"),
        ("PUT", "/api/whcsites/1", "GET, HEAD, OPTIONS"),
        ("PATCH", "/api/whcsites/1", "GET, HEAD, OPTIONS"),
        ("DELETE", "/api/whcsites/1?year=2020", "GET, HEAD, OPTIONS"),
        ("DELETE", "/api/whcsites/1/curated/name_fr", "OPTIONS"),
    ] {
        let response = send(&app, Request::builder().method(method).uri(path)).await;
        assert_eq!(response.status(), 405, "{method} {path}");
        assert_eq!(response.headers()["allow"], allow);
        assert!(!response.headers().contains_key("www-authenticate"));
        let detail = json(response)["detail"].to_string();
        for way_out in ["DATABASE_WRITE_URL", "DB_WRITE_USER", "DISABLE_AUTH"] {
            assert!(detail.contains(way_out), "{detail}");
        }
        let preflight = send(&app, Request::builder().method("OPTIONS").uri(path)).await;
        assert_eq!(preflight.headers()["allow"], allow, "{path}");
    }
}

#[tokio::test]
async fn a_list_that_can_be_written_asks_who_somebody_is() {
    let app = super::desk();
    let nobody = [("authorization", ""), ("sec-fetch-site", "same-origin")];
    for (method, path) in [("POST", "/api/whcsites"), ("PATCH", "/api/whcsites/1")] {
        assert_eq!(super::send(&app, method, path, &nobody, "{}").await.status(), 401);
        let preflight =
            super::send(&app, "OPTIONS", path, &[("access-control-request-method", method)], "").await;
        assert!(preflight.headers()["allow"].to_str().unwrap().contains(method));
    }
}
