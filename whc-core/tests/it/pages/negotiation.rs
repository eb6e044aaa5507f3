//! Who gets pages, and who gets data at the same path.

use http::{Request, StatusCode};

use super::{APP, BROWSER, text};
use crate::client::send;

/// The paths with data and a page.
const BOTH: [&str; 6] = ["/", "/sites", "/sites/1", "/countries", "/criteria", "/changes"];

async fn media_type(path: &str, accept: Option<&str>) -> String {
    let request =
        accept.into_iter().fold(Request::get(path), |request, accept| request.header("accept", accept));
    let response = send(&APP, request).await;
    let media_type = response.headers()["content-type"].to_str().unwrap();
    media_type.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn only_who_names_pages_gets_them() {
    for path in BOTH {
        for accept in [None, Some("*/*"), Some("application/json"), Some("application/json, text/html")] {
            assert_eq!(media_type(path, accept).await, "application/json", "{path} {accept:?}");
        }
        for accept in [
            "text/html;q=0.5, application/json",
            "text/html;q=0.1, */*;q=0.8",
            "text/html, application/json",
            "text/html;q=0, */*",
        ] {
            assert_eq!(media_type(path, Some(accept)).await, "application/json", "{path} {accept}");
        }
        for accept in
            [BROWSER, "text/html", "text/html, */*", "TEXT/HTML;charset=utf-8, application/json;q=0.9"]
        {
            assert_eq!(media_type(path, Some(accept)).await, "text/html", "{path} {accept}");
        }
    }
}

#[tokio::test]
async fn f_wins_over_accept() {
    for path in BOTH {
        assert_eq!(media_type(&format!("{path}?f=json"), Some(BROWSER)).await, "application/json", "{path}");
        assert_eq!(media_type(&format!("{path}?f=HTML"), None).await, "text/html", "{path}");
        // As a form sends what was left empty.
        assert_eq!(media_type(&format!("{path}?f="), Some(BROWSER)).await, "text/html", "{path}");
    }
    assert_eq!(media_type("/sites?f=csv", Some(BROWSER)).await, "text/csv");
}

#[tokio::test]
async fn vary_names_what_decided() {
    for (path, accept, vary) in [
        ("/sites", BROWSER, "accept, accept-language, accept-encoding"),
        ("/sites", "*/*", "accept, accept-language, accept-encoding"),
        ("/sites?f=html", BROWSER, "accept-language, accept-encoding"),
        ("/sites?f=html&lang=fr", BROWSER, "accept-encoding"),
        ("/sites?lang=fr", BROWSER, "accept, accept-encoding"),
        ("/about", BROWSER, "accept, accept-language, accept-encoding"),
        ("/robots.txt", BROWSER, "accept-encoding"),
    ] {
        let response = send(&APP, Request::get(path).header("accept", accept)).await;
        assert_eq!(response.headers()["vary"], vary, "{path}");
    }
}

#[tokio::test]
async fn what_is_a_page_only_is_a_page_for_everybody() {
    for path in ["/about", "/danger", "/countries/it", "/problems/not-found"] {
        assert_eq!(media_type(path, None).await, "text/html", "{path}");
        assert_eq!(media_type(path, Some("*/*")).await, "text/html", "{path}");
        let response = send(&APP, Request::get(path).header("accept", "application/json")).await;
        assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE, "{path}");
        assert!(text(response).contains("text/html"), "{path}");
    }
}

#[tokio::test]
async fn errors_are_pages_for_browsers_and_problems_for_programs() {
    for (path, status) in [("/sites/99999", 404), ("/countries?limit=0", 400), ("/nowhere", 404)] {
        let page = send(&APP, Request::get(path).header("accept", BROWSER)).await;
        assert_eq!(
            (page.status().as_u16(), &page.headers()["content-type"]),
            (status, &"text/html; charset=utf-8".parse().unwrap())
        );
        assert_eq!(page.headers()["cache-control"], "no-store");
        assert!(page.headers()["vary"].to_str().unwrap().contains("accept"), "{path}");
        assert!(text(page).contains("test-1"), "{path}: the number of the request is on the page");
        let problem = send(&APP, Request::get(path)).await;
        assert_eq!(
            (problem.status().as_u16(), &problem.headers()["content-type"]),
            (status, &"application/problem+json".parse().unwrap())
        );
    }
    // Programs that say they accept pages are still programs.
    assert_eq!(media_type("/api/whcsites?limit=0", Some(BROWSER)).await, "application/problem+json");
}

#[tokio::test]
async fn whoever_asks_for_what_is_not_there_hears_of_the_page() {
    let wrong = text(send(&APP, Request::get("/sites?f=xml")).await);
    assert!(wrong.contains("svg, html"), "{wrong}");
    let none = text(send(&APP, Request::get("/countries").header("accept", "image/png")).await);
    assert!(none.contains("text/csv, text/html"), "{none}");
    let api = text(send(&APP, Request::get("/api/whcsites?f=xml")).await);
    assert!(!api.contains("html"), "{api}");
}
