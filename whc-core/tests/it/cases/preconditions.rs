//! Nobody overwrites what they have not seen.

use bytes::Bytes;
use http::Request;
use whc_core::web::handle;

use super::{ADA, CONTACT, contact, desk, etag, put, send};
use crate::client::json;

const WRITER: &str = "Bearer contacts:read,contacts:write";
const GRACE: &str = r#"{"first_name":"Grace"}"#;

#[tokio::test]
async fn who_may_only_write_sees_nothing_that_others_wrote() {
    let app = desk();
    put(&app, ADA).await;
    let writer = [("authorization", "Bearer contacts:write"), ("if-match", "*")];
    for body in [serde_json::json!({}), serde_json::json!({"title": "Dr", "address": null})] {
        let response = send(&app, "PATCH", CONTACT, &writer, &body.to_string()).await;
        assert_eq!(response.status(), 200);
        let etag = etag(&response);
        let mut written = body;
        written["case_id"] = 7.into();
        assert_eq!(json(response)["data"], written);
        assert_eq!(send(&app, "GET", CONTACT, &[], "").await.headers()["etag"], etag.as_str());
    }
    assert_eq!(contact(&app).await["title"], "Dr");
}

#[tokio::test]
async fn what_was_changed_is_told_however_long_the_answer_is() {
    let app = desk().with_size_limit(10);
    assert_eq!(send(&app, "PUT", CONTACT, &[], ADA).await.status(), 201);
    assert_eq!(send(&app, "GET", CONTACT, &[], "").await.status(), 406);
    assert_eq!(send(&app, "DELETE", CONTACT, &[("if-match", "*")], "").await.status(), 204);
}

#[tokio::test]
async fn every_precondition_of_a_put() {
    for (exists, headers, status) in [
        (false, &[][..], 201),
        (false, &[("if-none-match", "*")], 201),
        (false, &[("if-match", "*")], 412),
        (false, &[("if-match", "\"x\"")], 412),
        (true, &[], 428),
        (true, &[("if-none-match", "*")], 412),
        (true, &[("if-match", "*")], 200),
        (true, &[("if-match", "CURRENT")], 200),
        (true, &[("if-match", "\"a\", CURRENT")], 200),
        (true, &[("if-match", "\"a\""), ("if-match", "CURRENT")], 200),
        (true, &[("if-match", "W/CURRENT")], 412),
        (true, &[("if-match", "\"a\"")], 412),
        (true, &[("if-match", "a")], 400),
        (true, &[("if-match", ",")], 400),
        (true, &[("if-none-match", "CURRENT")], 400),
        (true, &[("if-none-match", "\"a\"\"b\"")], 400),
        (true, &[("if-none-match", ",")], 400),
        (true, &[("if-none-match", "*"), ("if-none-match", "*")], 400),
        (false, &[("if-none-match", "* ")], 201),
        (true, &[("if-match", "CURRENT"), ("if-none-match", "*")], 400),
    ] {
        let app = desk();
        let current = if exists { put(&app, ADA).await } else { String::new() };
        let given: Vec<_> =
            headers.iter().map(|(name, value)| (*name, value.replace("CURRENT", &current))).collect();
        let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let response = send(&app, "PUT", CONTACT, &given, GRACE).await;
        assert_eq!(response.status(), status, "{exists} {headers:?}");
        if status == 412 {
            let told = response.headers().get("etag").map(|tag| tag.to_str().unwrap());
            assert_eq!(told, exists.then_some(current.as_str()), "{headers:?}");
        }
        let written = ["Grace", "Ada"][usize::from(status >= 300)];
        assert_eq!(
            contact(&app).await["first_name"],
            if exists || status < 300 { written.into() } else { serde_json::Value::Null }
        );
    }
}

/// The value of `If-Match`, line by line, and what becomes of a change: 200 is a match, 412 none, 400 no such list.
const LISTS: [(&[&str], u16); 31] = [
    (&["*"], 200),
    (&[" * "], 200),
    (&["CURRENT"], 200),
    (&["CURRENT,CURRENT"], 200),
    (&["\"a\",CURRENT"], 200),
    (&["\"a\" , CURRENT"], 200),
    (&["\"a\"\t,\tCURRENT"], 200),
    (&[", ,CURRENT,,"], 200),
    (&["\"a,b\", CURRENT"], 200),
    (&["\"\", CURRENT"], 200),
    (&["W/\"a\", CURRENT"], 200),
    (&["\"a\"", "CURRENT"], 200),
    (&["", "CURRENT"], 200),
    (&["\"a\""], 412),
    (&["\"\""], 412),
    (&["\"a,CURRENT,b\""], 400),
    (&["W/CURRENT"], 412),
    (&["W/\"a\", W/CURRENT"], 412),
    (&["\"a\"\"b\""], 400),
    (&["\"a\"CURRENT"], 400),
    (&["\"a\" CURRENT"], 400),
    (&["CURRENT;x"], 400),
    (&["w/CURRENT"], 400),
    (&["W/ CURRENT"], 400),
    (&["W/W/CURRENT"], 400),
    (&["a"], 400),
    (&["\"a"], 400),
    (&["a\""], 400),
    (&["\"a b\""], 400),
    (&[""], 400),
    (&[","], 400),
];

#[tokio::test]
async fn lists_of_tags() {
    let more = [(&["*, *"][..], 400), (&["*, CURRENT"], 400), (&["*", "*"], 400), (&["CURRENT", "*"], 400)];
    for method in ["PUT", "PATCH", "DELETE"] {
        for (lines, status) in LISTS.iter().copied().chain(more) {
            let app = desk();
            let current = put(&app, ADA).await;
            let lines: Vec<_> = lines.iter().map(|line| line.replace("CURRENT", &current)).collect();
            let mut request = Request::builder().method(method).uri(CONTACT).header("authorization", WRITER);
            for line in &lines {
                request = request.header("if-match", line);
            }
            let body = Bytes::from(if method == "DELETE" { "" } else { GRACE });
            let response =
                handle(&app, request.header("content-type", "application/json").body(body).unwrap()).await;
            let done = if method == "DELETE" { 204 } else { 200 };
            let expected = if status == 200 { done } else { status };
            assert_eq!(response.status(), expected, "{method} {lines:?}");
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_match_nothing() {
    let app = desk();
    put(&app, ADA).await;
    for (line, status) in [(&b"\"\xff\""[..], 412), (b"\xff", 400)] {
        let request = Request::delete(CONTACT).header("authorization", WRITER).header("if-match", line);
        assert_eq!(handle(&app, request.body(Bytes::new()).unwrap()).await.status(), status);
    }
}

#[tokio::test]
async fn no_precondition_is_ignored() {
    for (method, path, header) in [
        ("PATCH", CONTACT, "if-none-match"),
        ("DELETE", CONTACT, "if-none-match"),
        ("POST", "/api/contacts", "if-match"),
        ("POST", "/api/contacts", "if-none-match"),
        ("DELETE", "/api/cases/7", "if-match"),
        ("DELETE", "/api/cases/7", "if-none-match"),
    ] {
        let app = desk();
        let current = put(&app, ADA).await;
        let body = if method == "POST" { r#"{"case_id":8,"first_name":"first"}"# } else { GRACE };
        let mut headers = vec![(header, "\"old\"")];
        if path == CONTACT {
            headers.push(("if-match", &current));
        }
        let response = send(&app, method, path, &headers, if method == "DELETE" { "" } else { body }).await;
        assert_eq!(response.status(), 400, "{method} {path} {header}");
        assert_eq!(contact(&app).await["first_name"], "Ada");
    }
    // There is a collection.
    let body = r#"{"case_id":8,"first_name":"first"}"#;
    let response = send(&desk(), "POST", "/api/contacts", &[("if-match", "*")], body).await;
    assert_eq!(response.status(), 201);
}

#[tokio::test]
async fn changing_and_deleting_need_the_state() {
    for method in ["PATCH", "DELETE"] {
        let app = desk();
        let body = if method == "PATCH" { GRACE } else { "" };
        assert_eq!(send(&app, method, CONTACT, &[("if-match", "*")], body).await.status(), 404);
        assert_eq!(send(&app, method, CONTACT, &[], body).await.status(), 428);
        let current = put(&app, ADA).await;
        assert_eq!(send(&app, method, CONTACT, &[], body).await.status(), 428);
        let stale = send(&app, method, CONTACT, &[("if-match", "\"old\"")], body).await;
        assert_eq!((stale.status().as_u16(), etag(&stale)), (412, current.clone()));
        let changed = send(&app, method, CONTACT, &[("if-match", &current)], body).await;
        assert!(changed.status().is_success(), "{changed:?}");
        let again = send(&app, method, CONTACT, &[("if-match", &current)], body).await;
        assert_eq!(again.status(), if method == "PATCH" { 412 } else { 404 });
    }
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_a_reader_who_has_it_gets_no_body() {
    let app = desk();
    let first = put(&app, ADA).await;
    let same = send(&app, "PUT", CONTACT, &[("if-match", &first)], ADA).await;
    assert_eq!((same.status().as_u16(), etag(&same)), (200, first.clone()));
    assert_eq!(json(send(&app, "GET", "/api/audit", &[], "").await)["meta"]["total"], 1);

    let known = send(&app, "GET", CONTACT, &[("if-none-match", &first)], "").await;
    assert_eq!((known.status().as_u16(), known.body().len(), etag(&known)), (304, 0, first));
    assert_eq!(send(&app, "GET", CONTACT, &[("if-none-match", "\"old\"")], "").await.status(), 200);
    let head = send(&app, "HEAD", CONTACT, &[], "").await;
    assert_eq!((head.status().as_u16(), head.body().len()), (200, 0));
}
