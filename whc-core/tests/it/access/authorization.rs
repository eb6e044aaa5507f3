//! Every route against callers without a token, with other scopes, for other cases, and the right ones.

use std::sync::Arc;

use http::StatusCode;
use whc_core::{App, MemorySites};

use super::{ask, filled, routes, service};

/// What each route that is not open wants. A route that is in no line here must be open, and is asked without credentials.
const WANTED: [(&str, &str, &[&str]); 16] = [
    ("post", "/api/whcsites", &["sites:write"]),
    ("put", "/api/whcsites/{id}", &["sites:write"]),
    ("patch", "/api/whcsites/{id}", &["sites:write"]),
    ("delete", "/api/whcsites/{id}", &["sites:write"]),
    ("delete", "/api/whcsites/{id}/curated/{field}", &["sites:write"]),
    ("get", "/api/cases/{case_id}/contact", &["contacts:read"]),
    ("put", "/api/cases/{case_id}/contact", &["contacts:write"]),
    ("patch", "/api/cases/{case_id}/contact", &["contacts:write"]),
    ("delete", "/api/cases/{case_id}/contact", &["contacts:write"]),
    ("get", "/api/cases/{case_id}/export", &["contacts:read", "audit:read"]),
    ("delete", "/api/cases/{case_id}", &["contacts:erase"]),
    ("get", "/api/contacts", &["contacts:read"]),
    ("post", "/api/contacts", &["contacts:write"]),
    ("get", "/api/audit", &["audit:read"]),
    ("get", "/api/me", &[]),
    ("get", "/api/profile", &[]),
];

const SCOPES: [&str; 5] = ["contacts:read", "contacts:write", "contacts:erase", "sites:write", "audit:read"];
const BODY: &str = r#"{"case_id":7,"first_name":"first"}"#;

async fn status(app: &App, method: &str, path: &str, token: &str) -> StatusCode {
    let path = filled(path);
    let token = if token.is_empty() { String::new() } else { format!("Bearer {token}") };
    let headers = [("authorization", &*token), ("sec-fetch-site", "same-origin")];
    ask(app, &method.to_uppercase(), &path, &headers, BODY).await.status()
}

#[tokio::test]
async fn every_route_says_what_it_wants_and_gives_it_to_nobody_else() {
    let app = service().site_store(Arc::new(MemorySites::embedded().unwrap())).build();
    let routes = routes(&app).await;
    for (method, path, operation) in &routes {
        let Some((_, _, wanted)) = WANTED.iter().find(|(m, p, _)| m == method && p == path) else {
            assert_eq!(method, "get", "{path}: who may {method} it?");
            assert!(operation.get("security").is_none(), "{path} wants something: say in WANTED what");
            assert!(status(&app, method, path, "").await.is_success(), "{path} is not open");
            continue;
        };
        assert_eq!(operation["security"][0]["bearer"], serde_json::json!(wanted), "{method} {path}");
        check(&app, (method, path), wanted).await;
    }
    let described =
        |(method, path, _): &&(&str, &str, _)| routes.iter().any(|(m, p, _)| m == method && p == path);
    assert_eq!(WANTED.iter().filter(described).count(), WANTED.len(), "a line of WANTED is about no route");
}

async fn check(app: &App, (method, path): (&str, &str), wanted: &[&str]) {
    let about_a_case = path.contains("{case_id}") || path == "/api/contacts" && method == "post";
    assert_eq!(status(app, method, path, "").await, 401, "{method} {path} without a token");
    assert_eq!(status(app, method, path, "nonsense").await, 401, "{method} {path} with a bad token");
    if wanted.is_empty() {
        assert_eq!(status(app, method, path, "contacts:read").await, 200, "{method} {path} for anybody");
        return;
    }
    for missing in wanted {
        let others: Vec<_> = SCOPES.into_iter().filter(|scope| scope != missing).collect();
        let response = status(app, method, path, &others.join(",")).await;
        assert_eq!(response, 403, "{method} {path} without {missing}");
    }
    let right = wanted.join(",");
    let other = status(app, method, path, &format!("{right};8")).await;
    assert_eq!(other == 403, about_a_case, "{method} {path} for another case: {other}");
    // Whoever may not is told nothing else of the request.
    let wrong = format!("{path}?qwerty=1");
    let others = if wanted == ["sites:write"] { "contacts:read" } else { "sites:write" };
    let scopeless = status(app, method, &wrong, others).await;
    assert_eq!(scopeless, 403, "{method} {path} without a scope");
    if path.contains("{case_id}") {
        let other = status(app, method, &wrong, &format!("{right};8")).await;
        assert_eq!(other, 403, "{method} {path} for another case");
    }
    for token in [right.clone(), format!("{right};7")] {
        let passed = status(app, method, path, &token).await;
        // No contact is stored here: whoever may ask is told that, or which state to name, or that this is no site.
        assert!(passed == 503 || passed == 428 || passed == 422, "{method} {path} with {token}: {passed}");
    }
}

#[tokio::test]
async fn a_case_that_is_none_is_told_after_the_scope() {
    let app = service().build();
    for case in ["0", "x", "07", "9007199254740992"] {
        let path = format!("/api/cases/{case}/contact");
        assert_eq!(status(&app, "get", &path, "audit:read").await, 403);
        assert_eq!(status(&app, "get", &path, "contacts:read").await, 400);
    }
}
