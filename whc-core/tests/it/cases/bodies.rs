//! Bodies: which types are read, what is wrong with their members, and what no problem repeats.

use std::collections::BTreeSet;

use super::{ADA, CONTACT, contact, desk, put, send};
use crate::client::json;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_body_of_many_members_is_refused_before_any_is_looked_at() {
    let members: Vec<_> = (0..50_000).map(|number| format!("\"u{number}\":1")).collect();
    let response = send(&desk(), "PUT", CONTACT, &[], &format!("{{{}}}", members.join(","))).await;
    assert_eq!(response.status(), 422);
    let problem = json(response);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem}");
}

#[tokio::test]
async fn the_types_of_bodies() {
    let body = r#"{"first_name":"first"}"#;
    for (method, content_type, body, status) in [
        ("PUT", "application/json", body, 200),
        ("PUT", "Application/JSON; charset=utf-8", body, 200),
        // What curl sends where nobody says what it is.
        ("PUT", FORM, body, 200),
        ("PUT", "application/merge-patch+json", body, 415),
        ("PUT", "text/plain", body, 415),
        ("PUT", "multipart/form-data", body, 415),
        ("PUT", FORM, "first_name=first", 415),
        ("PUT", FORM, "[]", 415),
        ("PUT", "application/json", "", 400),
        ("PUT", "application/json", "{", 400),
        ("PUT", "application/json", "\u{feff}{}", 400),
        ("PUT", "application/json", "[]", 422),
        ("PUT", "application/json", "{}", 422),
        ("PUT", "application/json", r#"{"first_name":"a","first_name":"b"}"#, 422),
        ("PUT", "application/json", r#"{"first_name":"a","first_nam\u0065":"b"}"#, 422),
        ("PATCH", "application/merge-patch+json", body, 200),
        ("PATCH", "application/json", body, 200),
        ("PATCH", FORM, body, 200),
        ("PATCH", "application/json-patch+json", "[]", 415),
    ] {
        let app = desk();
        put(&app, ADA).await;
        let headers = [("content-type", content_type), ("if-match", "*")];
        let response = send(&app, method, CONTACT, &headers, body).await;
        assert_eq!(response.status(), status, "{method} {content_type} {body}");
        let accepted = response.headers().get("accept").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(accepted.is_some(), status == 415);
        if status == 415 {
            let (detail, types) = (json(response)["detail"].to_string(), accepted.unwrap());
            assert!(
                detail.contains(&format!(
                    "curl -X {method} -H 'if-match: *' -H 'content-type: {}",
                    types.split(',').next().unwrap()
                )),
                "{detail}"
            );
        } else if status == 200 {
            assert_eq!(contact(&app).await["first_name"], "first");
        }
    }
}

#[tokio::test]
async fn an_encoded_body_is_refused_wherever_one_is_read() {
    let body = r#"{"case_id":7,"first_name":"first"}"#;
    for (method, path) in [("PUT", CONTACT), ("PATCH", CONTACT), ("POST", "/api/contacts")] {
        for (codings, is_read) in [
            (&["identity"][..], true),
            (&["Identity, identity"], true),
            (&["gzip"], false),
            (&["br"], false),
            (&["unheard-of"], false),
            (&["identity, gzip"], false),
            (&["identity", "deflate"], false),
            (&["gzip;q=0"], false),
        ] {
            let app = desk();
            if method == "PATCH" {
                put(&app, ADA).await;
            }
            let mut headers: Vec<_> = codings.iter().map(|coding| ("content-encoding", *coding)).collect();
            headers.push(("if-match", if method == "PATCH" { "*" } else { "" }));
            let response = send(&app, method, path, &headers, body).await;
            if is_read {
                assert!(response.status().is_success(), "{method} {codings:?}");
                continue;
            }
            assert_eq!(response.status(), 415, "{method} {codings:?}");
            assert_eq!(response.headers()["accept-encoding"], "identity");
            assert!(!response.headers().contains_key("accept"));
            assert!(json(response)["detail"].to_string().contains("Content-Encoding"), "{codings:?}");
        }
    }
}

#[tokio::test]
async fn a_body_without_a_type_is_read_where_it_is_an_object() {
    let app = desk();
    let body = r#"{"case_id":1,"first_name":"first"}"#;
    let request = http::Request::post("/api/contacts").header("authorization", "Bearer contacts:write");
    let response = whc_core::web::handle(&app, request.body(body.into()).unwrap()).await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["location"], "/api/cases/1/contact");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_no_value() {
    let app = desk();
    let body = r#"{
        "first_nam": "SECRET", "a/b~c": "SECRET", "title": 17, "phone_no": "SECRET", "last_name": "SE\u0000CRET",
        "site_id": "SECRET", "case_id": 8, "created_at": "SECRET"
    }"#;
    let problem = json(send(&app, "PUT", CONTACT, &[], body).await);
    let pointers: BTreeSet<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    let wrong = [
        "/first_nam",
        "/a~1b~0c",
        "/title",
        "/phone_no",
        "/last_name",
        "/site_id",
        "/case_id",
        "/created_at",
    ];
    assert_eq!(pointers, BTreeSet::from(wrong));
    assert_eq!((problem["status"].clone(), &problem["code"]), (422.into(), &"invalid-body".into()));
    assert!(!problem.to_string().contains("SECRET") && !problem.to_string().contains("17"), "{problem}");

    let malformed = json(send(&app, "PUT", CONTACT, &[], r#"{"first_name":"SECRET"#).await);
    assert!(
        !malformed.to_string().contains("SECRET") && malformed["detail"].to_string().contains("column 21"),
        "{malformed}"
    );
}

#[tokio::test]
async fn what_nobody_sees_says_nothing() {
    let invisible = [
        "\u{feff}",
        "\u{200b}\u{200f}",
        "\u{2060}",
        "\u{ad}",
        "\u{3164}",
        "\u{2800}",
        "\u{115f}\u{1160}",
        "\u{17b4}",
        "\u{180e}",
        "\u{ffa0}",
        "\u{fe0f}",
        "\u{e0061}",
        " \u{a0}\u{3000}",
    ];
    for text in invisible {
        let app = desk();
        for field in ["title", "first_name", "last_name", "phone_no", "address"] {
            let response =
                send(&app, "PUT", CONTACT, &[], &serde_json::json!({ field: text }).to_string()).await;
            assert_eq!(response.status(), 422, "{field} {}", text.escape_unicode());
            assert_eq!(json(response)["errors"][0]["pointer"], "");
        }
        let body = serde_json::json!({"first_name": "Ada", "title": text}).to_string();
        put(&app, &body).await;
        assert!(contact(&app).await["title"].is_null(), "{}", text.escape_unicode());
    }
}

#[tokio::test]
async fn what_turns_or_breaks_a_line_is_in_no_name() {
    let orders = ['\u{2028}', '\u{2029}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{85}', '\u{7f}'];
    for order in orders {
        for field in ["title", "first_name", "last_name", "phone_no", "address"] {
            let text = format!("12{order}3");
            let body = serde_json::json!({ field: text }).to_string();
            let response = send(&desk(), "PUT", CONTACT, &[], &body).await;
            let may_break = field == "address" && ('\u{2028}'..='\u{2029}').contains(&order);
            assert_eq!(
                response.status(),
                if may_break { 201 } else { 422 },
                "{field} {}",
                order.escape_unicode()
            );
        }
    }
}

#[tokio::test]
async fn names_of_all_scripts_are_kept_as_they_are_written() {
    // Persian and Sinhala with joiners, Hebrew with a mark of direction, Han with a selector.
    for name in [
        "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
        "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
        "\u{5d0}\u{200f}!",
        "\u{845b}\u{e0100}",
    ] {
        let app = desk();
        put(&app, &serde_json::json!({ "first_name": name }).to_string()).await;
        assert_eq!(contact(&app).await["first_name"], name);
    }
}

#[tokio::test]
async fn a_site_must_be_known() {
    let app = desk();
    let unknown = r#"{"first_name":"first","site_id":99998}"#;
    put(&app, ADA).await;
    for (method, path, body) in [
        ("PUT", CONTACT, unknown),
        ("PATCH", CONTACT, unknown),
        ("POST", "/api/contacts", r#"{"case_id":9,"first_name":"first","site_id":99998}"#),
    ] {
        let response =
            send(&app, method, path, &[("if-match", if method == "POST" { "" } else { "*" })], body).await;
        assert_eq!(response.status(), 422, "{method}");
        assert_eq!(json(response)["errors"][0]["pointer"], "/site_id");
    }
}

#[tokio::test]
async fn a_patch_that_leaves_nothing_is_none() {
    let app = desk();
    put(&app, r#"{"first_name":"first"}"#).await;
    let response = send(&app, "PATCH", CONTACT, &[("if-match", "*")], r#"{"first_name":null}"#).await;
    assert_eq!(response.status(), 422);
    assert_eq!(json(response)["errors"][0]["pointer"], "");
    assert_eq!(contact(&app).await["first_name"], "first");
}

#[tokio::test]
async fn parameters_that_mean_nothing_are_told() {
    let app = desk();
    for (method, path) in [
        ("GET", CONTACT),
        ("PUT", CONTACT),
        ("DELETE", CONTACT),
        ("DELETE", "/api/cases/7"),
        ("POST", "/api/contacts"),
    ] {
        let body = if method == "PUT" || method == "POST" { ADA } else { "" };
        let response = send(
            &app,
            method,
            &format!("{path}?qwerty=1"),
            &[("if-match", if method == "DELETE" { "*" } else { "" })],
            body,
        )
        .await;
        assert_eq!(response.status(), 400, "{method} {path}");
        let accept = send(
            &app,
            method,
            path,
            &[("accept", "text/html"), ("if-match", if method == "DELETE" { "*" } else { "" })],
            body,
        )
        .await;
        assert_eq!(accept.status(), 406, "{method} {path}");
    }
}
