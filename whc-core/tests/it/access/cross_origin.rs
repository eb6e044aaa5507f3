//! Which pages may read answers, per route and method (CORS).

use super::{ask, service, with_origin};

const DESK: &str = "https://desk.example";

#[tokio::test]
async fn what_is_private_is_for_the_configured_origins_only() {
    let app = service().web(with_origin("", DESK)).build();
    for (origin, authorization) in
        [(DESK, "Bearer contacts:read"), ("https://other.example", ""), ("", "Bearer nonsense"), ("null", "")]
    {
        let headers = [("origin", origin), ("authorization", authorization)];
        let response = ask(&app, "GET", "/api/cases/7/contact", &headers, "").await;
        let allowed =
            response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap());
        assert_eq!(allowed, (origin == DESK).then_some(DESK), "{origin}");
        assert_eq!(response.headers()["vary"], "origin");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(!response.headers().contains_key("access-control-allow-credentials"));
    }
}

#[tokio::test]
async fn a_preflight_is_answered_for_the_method_it_names() {
    let app = service().web(with_origin("", DESK)).build();
    for (path, method, origin, allowed) in [
        ("/api/cases/7/contact", "PUT", DESK, Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS")),
        ("/api/cases/7/contact", "GET", DESK, Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS")),
        ("/api/cases/7/contact", "PUT", "https://other.example", None),
        ("/api/cases/7/contact", "GET", "https://other.example", None),
        ("/api/contacts", "POST", DESK, Some("GET, HEAD, POST, OPTIONS")),
        ("/api/contacts", "POST", "null", None),
        ("/api/whcsites", "GET", "https://other.example", Some("GET, HEAD, OPTIONS")),
        ("/api/whcsites", "PUT", "https://other.example", None),
        // Where the list is read only, which it is here.
        ("/api/whcsites", "POST", DESK, Some("GET, HEAD, OPTIONS")),
        ("/api/whcsites/1", "PATCH", DESK, Some("GET, HEAD, OPTIONS")),
    ] {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", method),
            ("access-control-request-headers", "authorization, content-type, if-match"),
        ];
        let response = ask(&app, "OPTIONS", path, &headers, "").await;
        let value = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!(response.status(), 204);
        assert_eq!(value("access-control-allow-methods"), allowed, "{method} {path} from {origin}");
        let headers = allowed.map(|_| "authorization, content-type, if-match");
        assert_eq!(value("access-control-allow-headers"), headers);
        assert_eq!(value("access-control-allow-credentials"), None);
        assert!(value("allow").is_some_and(|allow| allow.contains("GET")));
    }
}

#[tokio::test]
async fn a_list_that_can_be_written_is_so_for_the_configured_origins_only() {
    let store = std::sync::Arc::new(whc_core::MemorySites::embedded().unwrap());
    let app = service().site_store(store).web(with_origin("", DESK)).build();
    for (path, method, origin, allowed) in [
        ("/api/whcsites", "POST", DESK, Some("GET, HEAD, POST, OPTIONS")),
        ("/api/whcsites/1", "PATCH", DESK, Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS")),
        ("/api/whcsites/1", "PATCH", "https://other.example", None),
        ("/api/whcsites/1", "GET", "https://other.example", Some("GET, HEAD, OPTIONS")),
        ("/api/whcsites/1/curated/name_fr", "DELETE", DESK, Some("DELETE, OPTIONS")),
        ("/api/whcsites/1/curated/name_fr", "DELETE", "null", None),
    ] {
        let headers = [("origin", origin), ("access-control-request-method", method)];
        let response = ask(&app, "OPTIONS", path, &headers, "").await;
        let methods = response.headers().get("access-control-allow-methods");
        assert_eq!(methods.map(|value| value.to_str().unwrap()), allowed, "{method} {path} from {origin}");
    }
}

#[tokio::test]
async fn nobody_may_change_anything_by_a_method_that_is_not_there() {
    let app = service().build();
    for method in ["POST", "PUT", "BREW"] {
        let response = ask(&app, method, "/api/whcsites", &[("origin", "https://other.example")], "").await;
        assert_eq!(response.status(), 405);
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{method}");
    }
}
