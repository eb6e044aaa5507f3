//! Headers of pages, and that nothing in a page runs, loads from elsewhere or is styled by itself.

use http::{Request, StatusCode};

use super::{APP, PAGES, browse, page, text};
use crate::client::{app, send};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn every_page_says_that_nothing_runs() {
    let errors = ["/sites/99999", "/sites?limit=0", "/nowhere"];
    for path in PAGES.iter().chain(&errors) {
        let response = browse(&APP, path).await;
        assert_eq!(response.headers()["content-security-policy"], POLICY, "{path}");
        assert_eq!(response.headers()["referrer-policy"], "same-origin", "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path}");
        let html = text(response);
        // A data block is no script: browsers do not run it, and the policy does not govern it.
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, html.matches("<script type=\"application/ld+json\">").count(), "{path}");
        for forbidden in
            [" style=", "<style", " onclick", " onload", "javascript:", "<iframe", "<img", "<base"]
        {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[tokio::test]
async fn nothing_is_loaded_from_elsewhere() {
    for path in PAGES {
        let html = page(path).await;
        for tag in html.split("<link ").skip(1).filter_map(|rest| rest.split('>').next()) {
            assert!(tag.contains("href=\"/"), "{path}: {tag}");
        }
    }
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_a_year_under_the_name_of_its_content() {
    let html = page("/").await;
    let name = html.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let path = format!("/assets/{name}");
    let sheet = send(&APP, Request::get(&path)).await;
    assert_eq!(sheet.status(), StatusCode::OK);
    assert_eq!(sheet.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(sheet.headers()["content-type"], "text/css; charset=utf-8");
    // A page of another release gets a style sheet too, but no cache keeps ours under the name of the other.
    let other = send(&APP, Request::get("/assets/site-0123456789abcdef.css")).await;
    assert_eq!(other.headers()["cache-control"], "no-store");
    assert_eq!(text(other), text(sheet));
    assert_eq!(send(&APP, Request::get("/assets/site.css")).await.status(), StatusCode::NOT_FOUND);
}

/// What a phone loads to show the first page: the page with its map, and the style sheet.
#[tokio::test]
async fn the_first_page_and_its_style_sheet_are_small() {
    let loaded = |path: String| async move {
        let request = Request::get(path).header("accept", "text/html").header("accept-encoding", "br");
        let response = send(&APP, request).await;
        assert_eq!(response.headers()["content-encoding"], "br");
        response.into_body().len()
    };
    let html = page("/").await;
    let name = html.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (page, sheet) = (loaded("/".to_owned()).await, loaded(format!("/assets/{name}")).await);
    assert!(page + sheet < 60_000, "{page} and {sheet} bytes");
}

#[tokio::test]
async fn pages_are_cached_validated_and_compressed_like_data() {
    let app = app();
    let request =
        |encoding| Request::get("/").header("accept", "text/html").header("accept-encoding", encoding);
    let first = send(&app, request("br")).await;
    let second = send(&app, request("br")).await;
    assert_eq!([&first, &second].map(|response| &response.headers()["x-cache"]), ["miss", "hit"]);
    assert_eq!(first.headers()["content-encoding"], "br");
    let tag = &first.headers()["etag"];
    let known = send(&app, request("br").header("if-none-match", tag)).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    let plain = send(&app, request("identity")).await;
    assert_ne!(&plain.headers()["etag"], tag);
}
