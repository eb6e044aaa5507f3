//! What is not done, and what clients are told.

use serde_json::{Value, json};

use super::{NEW, SITE, data, desk, send};
use crate::client::json;

async fn refused(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let app = desk();
    let headers = [&[("if-match", "*")], headers].concat();
    let response = send(&app, method, path, &headers, body).await;
    let status = response.status().as_u16();
    assert_eq!(data(&app, "/api/changes").await, json!([]), "{method} {path}");
    (status, json(response))
}

#[tokio::test]
async fn each_refusal_says_what_would_be_right() {
    let long = format!(r#"{{"reason":"{}"}}"#, "a".repeat(501));
    for (method, path, headers, body, status, words) in [
        ("PATCH", "/api/whcsites/999998", &[][..], "{}", 404, "there is no site 999998"),
        ("PATCH", "/api/whcsites/x", &[], "{}", 404, "a site id is a number"),
        ("DELETE", "/api/whcsites/999998?year=2020&reason=x", &[], "", 404, "there is no site 999998"),
        ("PATCH", SITE, &[], "[]", 422, "the body is a JSON object with the keys of a site"),
        ("PATCH", SITE, &[], "{", 400, "the body is no JSON"),
        (
            "PATCH",
            SITE,
            &[("content-type", "text/csv")],
            "{}",
            415,
            "curl -X PATCH -H 'if-match: *' -H 'content-type: application/merge-patch+json'",
        ),
        ("PATCH", SITE, &[("accept", "text/csv")], "{}", 406, "rules out all there is"),
        ("PATCH", "/api/whcsites/1?lang=de", &[], "{}", 400, "it must be one of en, fr"),
        ("PATCH", "/api/whcsites/1?dry_run=maybe", &[], "{}", 400, "one of true, false"),
        ("PATCH", "/api/whcsites/1?dryrun=true", &[], "{}", 400, "did you mean dry_run?"),
        (
            "PATCH",
            SITE,
            &[],
            r#"{"date_inscribed":1979,"date_inscribed":1980}"#,
            422,
            "two members of the same name",
        ),
        ("PATCH", SITE, &[], &long, 422, "has 501 characters"),
        ("PATCH", SITE, &[("x-change-reason", "a\u{200b}b")], "{}", 400, "X-Change-Reason has line breaks"),
        (
            "PATCH",
            SITE,
            &[("x-change-reason", "one")],
            r#"{"reason":"two"}"#,
            400,
            "says something else than reason",
        ),
        ("DELETE", "/api/whcsites/1/curated/name_fr", &[], "", 404, "name_fr of site 1 is not curated"),
        ("DELETE", "/api/whcsites/1/curated/name", &[], "", 404, "no field of a site is called name"),
        ("PATCH", SITE, &[("authorization", "Bearer contacts:write")], "{}", 403, "sites:write"),
    ] {
        let (told, problem) = refused(method, path, headers, body).await;
        assert_eq!(told, status, "{method} {path} {body}: {problem}");
        assert!(problem.to_string().contains(words), "{method} {path} {body}: {problem}");
    }
}

#[tokio::test]
async fn what_cannot_be_true_is_refused_where_it_is_said() {
    for (body, pointer, words) in [
        (r#"{"date_inscribed":2199}"#, "/date_inscribed", "this is 2026"),
        (r#"{"date_inscribed":2005}"#, "/date_inscribed", "extended in 2001 and inscribed in 2005"),
        (r#"{"year_left":2020}"#, "/year_left", "the site is on the list"),
        (r#"{"wikidata":"Q0"}"#, "/wikidata", "like Q8343766"),
        (r#"{"wikidata":"Q99999999999"}"#, "/wikidata", "like Q8343766"),
        (
            r#"{"status":"superseded","year_left":2025,"superseded_by":999998}"#,
            "/superseded_by",
            "there is none with 999998",
        ),
        (
            r#"{"status":"superseded","year_left":2025,"superseded_by":790}"#,
            "/superseded_by",
            "790 is a part of 1582",
        ),
    ] {
        let (status, problem) = refused("PATCH", SITE, &[], body).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}: {problem}");
        assert!(problem["errors"].to_string().contains(words), "{body}: {problem}");
    }
}

#[tokio::test]
async fn who_delists_says_a_year_that_fits() {
    for (path, status, words) in [
        (SITE, 400, "2 query parameters are wrong"),
        ("/api/whcsites/1?year=1066&reason=x", 400, "a year is from 1972"),
        ("/api/whcsites/1?year=2027&reason=x", 400, "2027 is still to come, this is 2026"),
        ("/api/whcsites/1?year=1977&reason=x", 409, "and inscribed in 1978"),
        ("/api/whcsites/1?year=2000&reason=x", 409, "extended in 2001"),
    ] {
        let (told, problem) = refused("DELETE", path, &[], "").await;
        assert_eq!(told, status, "{path}: {problem}");
        assert!(problem.to_string().contains(words), "{path}: {problem}");
    }
}

#[tokio::test]
async fn a_new_site_is_refused_with_all_that_is_wrong() {
    let body = NEW.replace("2026", "1066").replace("Natural", "Natral").replace("900001", "0");
    let (status, problem) = refused("POST", "/api/whcsites", &[], &body).await;
    let pointer = |error: &Value| error["pointer"].as_str().unwrap().to_owned();
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(pointer).collect();
    assert_eq!((status, pointers.join(" ")), (422, "/id /date_inscribed /category".to_owned()));
    assert_eq!(problem["errors"][2]["nearest"], "Natural");
}

#[tokio::test]
async fn what_is_superseded_is_not_delisted() {
    let app = desk();
    let superseded = r#"{"status":"superseded","year_left":2020,"superseded_by":2}"#;
    assert_eq!(send(&app, "PATCH", SITE, &[("if-match", "*")], superseded).await.status(), 200);
    let path = "/api/whcsites/1?year=2026&reason=x";
    let response = send(&app, "DELETE", path, &[("if-match", "*")], "").await;
    assert_eq!(response.status(), 409);
    assert!(json(response)["detail"].to_string().contains("PATCH its status instead"));
}

#[tokio::test]
async fn delisting_again_changes_nothing() {
    let app = desk();
    let path = "/api/whcsites/1?year=2020&reason=x";
    for changes in [1, 0] {
        let response = send(&app, "DELETE", path, &[("if-match", "*")], "").await;
        assert_eq!(response.status(), 200);
        assert_eq!(json(response)["changes"].as_array().unwrap().len(), changes);
    }
    assert_eq!(data(&app, "/api/changes").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_decoded_twice_or_by_guessing() {
    for (method, path, coding, body, status, words) in [
        ("PATCH", SITE, "gzip", "{}", 415, "without Content-Encoding"),
        ("PUT", SITE, "deflate", "{}", 415, "without Content-Encoding"),
        ("POST", "/api/whcsites", "br", NEW, 415, "without Content-Encoding"),
        ("PATCH", "/api/whcsites/1?lang=%ff", "identity", "{}", 400, "not in UTF-8"),
        ("DELETE", "/api/whcsites/1?year=2021&reason=%ff", "", "", 400, "not in UTF-8"),
    ] {
        let (told, problem) = refused(method, path, &[("content-encoding", coding)], body).await;
        assert_eq!(told, status, "{method} {path}: {problem}");
        assert!(problem.to_string().contains(words), "{method} {path}: {problem}");
    }
}
