//! Changes of the list against their description: every answer has the status, headers and body that are described.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{NEW, SITE, desk, send};
use crate::client::json;
use crate::openapi::{Operation, Schemas};

#[tokio::test]
async fn every_example_is_answered_as_described() {
    let document = json(send(&desk(), "GET", "/api/openapi.json?f=3.1", &[], "").await);
    let schemas = Schemas::of(&document);
    let mut seen = BTreeSet::new();
    let curating = |operation: &Operation| operation.address().starts_with("/api/whcsites");
    for operation in Operation::private(&document).into_iter().filter(curating) {
        let method = operation.method.to_uppercase();
        let year = if operation.address() == SITE && method == "DELETE" { "year=2021&reason=x" } else { "" };
        // Marked, so that a field can be handed back.
        let app = desk();
        send(&app, "PATCH", SITE, &[("if-match", "*")], r#"{"date_inscribed":1979}"#).await;
        for (_, body) in operation.bodies() {
            for headers in [
                &[("if-match", "*")][..],
                &[("if-match", "*"), ("x-change-reason", "why")],
                &[],
                &[("if-match", "\"old\"")],
                &[("if-match", "x")],
                &[("if-match", "*"), ("authorization", "Bearer nonsense")],
                &[("if-match", "*"), ("authorization", "Bearer contacts:read")],
                &[("if-match", "*"), ("accept", "text/html")],
                &[("if-match", "*"), ("content-type", "text/plain")],
            ] {
                let queries = ["", "dry_run=true", "lang=fr", "qwerty=1", "year=1972"];
                for query in &queries[..if headers == [("if-match", "*")] { 5 } else { 1 }] {
                    let query = [year, query]
                        .iter()
                        .filter(|part| !part.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join("&");
                    let path = format!("{}?{query}", operation.address());
                    for body in [&*body, "{\"x\":1}"] {
                        let body = if method == "DELETE" { "" } else { body };
                        let response = send(&app, &method, &path, headers, body).await;
                        seen.insert(response.status().as_u16());
                        operation.check(&schemas, response);
                    }
                }
            }
        }
    }
    assert_eq!(seen, BTreeSet::from([200, 201, 400, 401, 403, 404, 406, 409, 412, 415, 422, 428]));
}

#[tokio::test]
async fn the_members_of_a_body_are_those_the_parser_knows() {
    let app = desk();
    let document = json(send(&app, "GET", "/api/openapi.json?f=3.1", &[], "").await);
    for (schema, method, path) in
        [("SitePatch", "PATCH", SITE), ("SiteReplacement", "PUT", SITE), ("NewSite", "POST", "/api/whcsites")]
    {
        let mut body: Value = serde_json::from_str(NEW).unwrap();
        body["qwertyuiopasdf"] = 1.into();
        let problem = json(send(&app, method, path, &[("if-match", "*")], &body.to_string()).await);
        let told = problem["errors"].to_string();
        let told = told.split_once("there are ").unwrap().1.split_once('"').unwrap().0;
        let told: BTreeSet<_> = told.split(", ").map(str::to_owned).collect();
        let properties = &document["components"]["schemas"][schema]["properties"];
        let described: BTreeSet<String> = Value::as_object(properties).unwrap().keys().cloned().collect();
        assert_eq!(described, told, "{schema}");
    }
}
