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
        assert_eq!(operation.names(), known.split(", ").map(str::to_owned).collect(), "{path}");
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
