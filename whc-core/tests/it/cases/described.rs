//! What is private against its description: every answer has the status, headers and body that are described.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ADA, CONTACT, desk, put, send};
use crate::client::json;
use crate::openapi::{Operation, Schemas};

#[tokio::test]
async fn every_example_is_answered_as_described() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    let schemas = Schemas::of(&document);
    let mut seen = BTreeSet::new();
    put(&app, ADA).await;
    for operation in Operation::private(&document) {
        let path = operation.address();
        let method = operation.method.to_uppercase();
        if ["PUT", "POST"].contains(&&*method) {
            send(&app, "DELETE", CONTACT, &[("if-match", "*")], "").await;
        }
        for (media_type, body) in operation.bodies() {
            for headers in [
                &[][..],
                &[("if-match", "*")],
                &[("if-match", "\"old\"")],
                &[("if-none-match", "*")],
                &[("if-match", "x")],
                &[("authorization", "Bearer nonsense")],
                &[("accept", "text/html")],
                &[("sec-fetch-site", "cross-site")],
                &[("idempotency-key", "a b")],
                &[("content-type", "text/plain")],
                &[("content-encoding", "gzip")],
                // Once more, with what the first one left.
                &[("accept", "*/*")],
            ] {
                let typed = [("content-type", media_type.as_str())];
                let typed =
                    if headers.iter().any(|(name, _)| *name == "content-type") { &[][..] } else { &typed };
                for (path, body) in
                    [(&path, &body), (&format!("{path}?qwerty=1"), &body), (&path, &"{\"x\":1}".to_owned())]
                {
                    let headers = [headers, if body.is_empty() { &[] } else { typed }].concat();
                    let response = send(&app, &method, path, &headers, body).await;
                    seen.insert(response.status().as_u16());
                    operation.check(&schemas, response);
                }
            }
        }
        // Whatever a request took away is there again for the next.
        send(&app, "PUT", CONTACT, &[("if-none-match", "*")], ADA).await;
    }
    let expected = [200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428];
    assert_eq!(seen, BTreeSet::from(expected));
}

#[tokio::test]
async fn the_parameters_are_those_the_parser_knows() {
    let app = desk();
    put(&app, ADA).await;
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    for operation in Operation::private(&document).iter().filter(|operation| operation.method == "get") {
        let path = format!("{}?qwertyuiopasdfghjkl=1", operation.address());
        let problem = json(send(&app, "GET", &path, &[], "").await);
        let known = problem["detail"].as_str().unwrap().split_once("there are ").unwrap().1.to_owned();
        let known = known.split(", ").filter(|name| *name != "none");
        assert_eq!(operation.names(), known.map(str::to_owned).collect(), "{path}");
        for (name, example) in operation.examples() {
            // Those two are not for one request.
            let path = format!("{}?{name}={example}", operation.address());
            let response = send(&app, "GET", &path, &[], "").await;
            let needs = name == "bom" && response.status() == 400;
            assert!(response.status().is_success() || needs, "{path}: {:?}", json(response));
        }
    }
}

#[tokio::test]
async fn the_bodies_are_those_the_parser_knows() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    for (schema, method, path) in [
        ("ContactDetails", "PUT", CONTACT),
        ("ContactPatch", "PATCH", CONTACT),
        ("NewContact", "POST", "/api/contacts"),
    ] {
        let problem = json(
            send(
                &app,
                method,
                path,
                &[("if-match", if method == "PATCH" { "*" } else { "" })],
                r#"{"qwertyuiopasdf":1,"case_id":7}"#,
            )
            .await,
        );
        let told =
            problem["errors"][0]["detail"].as_str().unwrap().split_once("those are ").unwrap().1.to_owned();
        let told: BTreeSet<_> = told.split(", ").map(str::to_owned).collect();
        let properties = &document["components"]["schemas"][schema]["properties"];
        let described: BTreeSet<String> = Value::as_object(properties).unwrap().keys().cloned().collect();
        assert_eq!(described, told, "{schema}");
    }
}

#[tokio::test]
async fn no_parameter_is_read_as_what_it_does_not_say() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    for operation in Operation::private(&document).iter().filter(|operation| operation.method == "get") {
        operation.refuses_other_bytes(async |path| json(send(&app, "GET", path, &[], "").await)).await;
    }
    // What changes something has no parameters but `f`, and takes that as little.
    for (method, path) in [("PUT", CONTACT), ("POST", "/api/contacts"), ("DELETE", "/api/cases/7")] {
        let body = if method == "DELETE" { "" } else { ADA };
        let response = send(&app, method, &format!("{path}?f=%ff"), &[], body).await;
        assert_eq!(response.status(), 400, "{method} {path}");
    }
}

fn fits(schema: &Value, value: &str) -> bool {
    jsonschema::draft202012::new(schema).unwrap().is_valid(&Value::from(value))
}

/// A client that keeps to the description is not refused, and the description allows nothing that is.
#[tokio::test]
async fn the_patterns_of_texts_are_those_of_the_parser() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    let mut compared = BTreeSet::new();
    let fields = document["components"]["schemas"]["ContactDetails"]["properties"].as_object().unwrap();
    for (name, schema) in fields.iter().filter(|(_, schema)| schema.get("pattern").is_some()) {
        let numbers = ["+44 (0)20 7946 0000", "1-2.3/4 EXT 5", "12a", "tel 123"].map(str::to_owned);
        let between = "\n\r\t\0\u{7f}\u{85}\u{9f}\u{a0}\u{200d}\u{2028}\u{202e}\u{2069}é".chars();
        for text in numbers.into_iter().chain(between.map(|letter| format!("a{letter}b"))) {
            let body = serde_json::json!({name: &text, "case_id": 7}).to_string();
            let status = send(&app, "PUT", CONTACT, &[("if-match", "\"old\"")], &body).await.status();
            assert_eq!(fits(schema, &text), status == 412, "{name} {text:?}: {status}");
            compared.insert((name, status == 412));
        }
    }
    assert_eq!(compared.len(), 10, "{compared:?}");
}

#[tokio::test]
async fn the_patterns_of_tags_and_actors_are_those_of_the_parser() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    let schema = |path: &str, method: &str, name: &str| {
        let parameters = document["paths"][path][method]["parameters"].as_array().unwrap();
        parameters.iter().find(|parameter| parameter["name"] == name).unwrap()["schema"].clone()
    };
    let if_match = schema("/api/cases/{case_id}/contact", "delete", "If-Match");
    let lists = ["*", r#""a""#, r#""""#, r#"W/"a""#, r#""a", "b",W/"c""#, r#""a,b""#];
    let others = ["a", r#""a"#, "W/a", r#"*, "a""#, r#""a" "b""#];
    for tags in lists.into_iter().chain(others) {
        let status = send(&app, "DELETE", CONTACT, &[("if-match", tags)], "").await.status();
        assert_eq!(
            (fits(&if_match, tags), status != 400),
            [(lists.contains(&tags)); 2].into(),
            "{tags}: {status}"
        );
    }
    let actor = schema("/api/audit", "get", "actor");
    for (text, encoded) in [
        ("Ada|5", "Ada%7C5"),
        ("a\u{0}", "a%00"),
        ("a\u{85}b", "a%C2%85b"),
        ("\na", "%0Aa"),
        ("a\u{202e}", "a%E2%80%AE"),
    ] {
        let status = send(&app, "GET", &format!("/api/audit?actor={encoded}"), &[], "").await.status();
        assert_eq!(fits(&actor, text), status == 200, "{text:?}: {status}");
    }
}
