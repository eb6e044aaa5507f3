//! Which tags of a site name the state that may be changed.

use super::{NEW, SITE, desk, etag, send, tag};
use crate::client::json;

const PATCH: &str = r#"{"date_inscribed":1979}"#;

#[tokio::test]
async fn a_tag_of_any_language_format_and_encoding_serves() {
    for (path, headers) in [
        ("?lang=fr", &[][..]),
        ("?f=geojson", &[]),
        ("?fields=curated", &[]),
        ("", &[("accept-encoding", "br")]),
        ("", &[("accept-encoding", "gzip"), ("accept-language", "zh")]),
    ] {
        let app = desk();
        let tag = etag(&send(&app, "GET", &format!("{SITE}{path}"), headers, "").await);
        let response = send(&app, "PATCH", SITE, &[("if-match", &tag)], PATCH).await;
        assert_eq!(response.status(), 200, "{path} {headers:?}: {tag}");
        let again = send(&app, "PATCH", SITE, &[("if-match", &tag)], PATCH).await;
        assert_eq!(again.status(), 412, "what it was is no longer so");
    }
}

#[tokio::test]
async fn what_names_no_state_of_the_site_matches_none() {
    let app = desk();
    let tag = tag(&app).await;
    let of_the_list = etag(&send(&app, "GET", "/api/whcsites?limit=1", &[], "").await);
    let of_another = etag(&send(&app, "GET", "/api/whcsites/2", &[], "").await);
    for (value, status) in [
        (of_the_list, 412),
        (of_another, 412),
        (format!("W/{tag}"), 412),
        ("\"x\"".to_owned(), 412),
        ("x".to_owned(), 400),
        (String::new(), 428),
        (format!("\"x\", {tag}"), 200),
    ] {
        let response = send(&app, "PATCH", SITE, &[("if-match", &value)], PATCH).await;
        assert_eq!(response.status(), status, "{value}");
        if value.starts_with("W/") {
            let detail = json(response)["detail"].to_string();
            assert!(detail.contains("Accept-Encoding: identity"), "{detail}");
        }
    }
}

#[tokio::test]
async fn another_site_that_changes_is_none_of_its_business() {
    let app = desk();
    let before = tag(&app).await;
    send(&app, "PATCH", "/api/whcsites/2", &[("if-match", "*")], PATCH).await;
    assert_ne!(tag(&app).await, before, "the links and numbers of the list may differ");
    assert_eq!(send(&app, "PATCH", SITE, &[("if-match", &before)], PATCH).await.status(), 200);
}

#[tokio::test]
async fn a_failed_condition_tells_the_state_there_is() {
    let app = desk();
    let failed = send(&app, "PATCH", SITE, &[("if-match", "\"0123456789abcdef\"")], PATCH).await;
    assert_eq!(failed.status(), 412);
    let now = etag(&failed);
    assert_eq!(send(&app, "PATCH", SITE, &[("if-match", &now)], PATCH).await.status(), 200);
}

#[tokio::test]
async fn no_precondition_is_ignored() {
    for (method, path, headers, body) in [
        ("PATCH", SITE, [("if-match", "*"), ("if-none-match", "\"x\"")], PATCH),
        ("PATCH", SITE, [("if-match", "\"a\"\"b\""), ("if-none-match", "")], PATCH),
        ("DELETE", "/api/whcsites/1?year=2021&reason=x", [("if-match", "*"), ("if-none-match", "*")], ""),
        ("POST", "/api/whcsites", [("if-match", "\"x\""), ("if-none-match", "")], NEW),
        ("POST", "/api/whcsites", [("if-match", ""), ("if-none-match", "*")], NEW),
    ] {
        let response = send(&desk(), method, path, &headers, body).await;
        assert_eq!(response.status(), 400, "{method} {headers:?}");
    }
}
