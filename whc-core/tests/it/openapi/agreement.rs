//! The description against the service: both have the same paths, parameters, values and headers.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;
use whc_core::web::{Body, handle};
use whc_core::{App, MemorySites, ReplicatedSites, Site, SiteStore};

use super::schema::Schemas;
use super::{document, get, json};

/// Parameters that mean nothing alone, and what they need.
const NEEDS: [(&str, (&str, &str)); 5] = [
    ("radius", ("near", "12.5,41.9")),
    ("nearest", ("near", "12.5,41.9")),
    ("geometry", ("f", "geojson")),
    ("flat", ("f", "geojson")),
    ("bom", ("f", "csv")),
];

/// A described operation.
struct Operation {
    path: String,
    parameters: Vec<Value>,
    answers: Value,
}

impl Operation {
    /// Those that are open to everybody.
    fn all(document: &Value) -> Vec<Self> {
        let paths = document["paths"].as_object().unwrap();
        let open = |item: &Value| item["get"].is_object() && item["get"].get("security").is_none();
        paths
            .iter()
            .filter(|(_, item)| open(item))
            .map(|(path, item)| Self {
                path: path.clone(),
                parameters: item["get"]["parameters"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|p| resolved(document, p))
                    .collect(),
                answers: resolved_answers(document, &item["get"]["responses"]),
            })
            .collect()
    }

    /// A path that exists.
    fn address(&self) -> String {
        self.path.replace("{id}", "1")
    }

    fn in_query(&self) -> impl Iterator<Item = &Value> {
        self.parameters.iter().filter(|parameter| parameter["in"] == "query")
    }

    fn takes(&self, name: &str) -> bool {
        self.in_query().any(|parameter| parameter["name"] == name)
    }

    /// What a parameter needs beside it, where this operation has that.
    fn needed(&self, name: &str) -> String {
        let Some((_, (other, value))) = NEEDS.iter().find(|(needing, _)| *needing == name) else {
            return String::new();
        };
        let takes = |parameter: &Value| {
            let words = words(&parameter["schema"]);
            parameter["name"] == *other && (words.is_empty() || words.iter().any(|word| word == value))
        };
        if self.in_query().any(takes) { format!("{other}={value}") } else { String::new() }
    }

    /// The queries of all examples.
    fn queries(&self) -> Vec<String> {
        let mut queries = vec![String::new()];
        for parameter in self.in_query() {
            let name = parameter["name"].as_str().unwrap();
            let short = if name != "limit" && self.takes("limit") { "&limit=3" } else { "" };
            let needed = self.needed(name);
            for value in examples(parameter).into_iter().chain(words(&parameter["schema"])) {
                if !["distance", "relevance"].contains(&value.trim_start_matches('-')) {
                    queries.push(format!("{needed}&{name}={}{short}", value.replace(' ', "+")));
                }
            }
        }
        queries
    }
}

fn resolved(document: &Value, value: &Value) -> Value {
    let Some(address) = value["$ref"].as_str() else { return value.clone() };
    document.pointer(address.trim_start_matches('#')).unwrap().clone()
}

fn resolved_answers(document: &Value, answers: &Value) -> Value {
    let mut answers = answers.clone();
    for answer in answers.as_object_mut().unwrap().values_mut() {
        *answer = resolved(document, answer);
        for header in answer["headers"].as_object_mut().unwrap().values_mut() {
            *header = resolved(document, header);
        }
    }
    answers
}

fn examples(parameter: &Value) -> Vec<String> {
    let several =
        parameter["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
    parameter.get("example").into_iter().chain(several).map(written).collect()
}

/// A value as it stands in a query.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The words a parameter or its items are one of.
fn words(schema: &Value) -> Vec<String> {
    if schema["type"] == "boolean" {
        return ["true", "false"].map(str::to_owned).into();
    }
    let words = schema.get("enum").or(schema["items"].get("enum")).and_then(Value::as_array);
    words.into_iter().flatten().map(written).collect()
}

#[tokio::test]
async fn the_paths_are_those_a_lost_client_is_told_about() {
    let detail = json(get("/nowhere-at-all-and-far-from-it").await)["detail"].as_str().unwrap().to_owned();
    let told: BTreeSet<_> =
        detail.split_once("there are ").unwrap().1.split(", ").map(str::to_owned).collect();
    let document = document("3.1").await;
    let described: BTreeSet<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(described, told);
}

#[tokio::test]
async fn the_parameters_are_those_the_parser_knows() {
    for operation in Operation::all(&document("3.1").await) {
        let described: BTreeSet<_> =
            operation.in_query().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
        let response = get(&format!("{}?qwertyuiopasdfghjkl=1", operation.address())).await;
        let known = match response.status() {
            StatusCode::BAD_REQUEST => {
                let detail = json(response)["detail"].as_str().unwrap().to_owned();
                detail.split_once("there are ").unwrap().1.split(", ").map(str::to_owned).collect()
            }
            _ => BTreeSet::new(),
        };
        assert_eq!(described, known, "{}", operation.path);
    }
}

#[tokio::test]
async fn the_words_of_a_parameter_are_those_the_parser_knows() {
    let mut compared = 0;
    for operation in Operation::all(&document("3.1").await) {
        for parameter in operation.in_query() {
            let name = parameter["name"].as_str().unwrap();
            let problem = json(get(&format!("{}?{name}=qwertyuiopasdfghjkl", operation.address())).await);
            let detail = problem["detail"].as_str().unwrap_or_default();
            let Some((_, known)) = detail.split_once("must be one of ") else { continue };
            let known: BTreeSet<_> =
                known.rsplit_once(", not ").unwrap().0.split(", ").map(str::to_owned).collect();
            let described = BTreeSet::from_iter(words(&parameter["schema"]));
            assert_eq!(described, known, "{name} of {}", operation.path);
            compared += 1;
        }
    }
    assert!(compared >= 10, "{compared}");
}

#[tokio::test]
async fn what_is_described_as_a_list_may_be_repeated_and_nothing_else() {
    for operation in Operation::all(&document("3.1").await) {
        for parameter in operation.in_query() {
            let (name, example) = (parameter["name"].as_str().unwrap(), &examples(parameter)[0]);
            let twice = format!("{name}={example}&{name}={example}").replace(' ', "+");
            let response = get(&format!("{}?{twice}", operation.address())).await;
            let refused = response.status() == StatusCode::BAD_REQUEST
                && json(response)["errors"].to_string().contains("more than once");
            assert_eq!(refused, parameter["schema"]["type"] != "array", "{name} of {}", operation.path);
        }
    }
}

#[tokio::test]
async fn every_example_is_answered_as_described() {
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::all(&document) {
        for query in operation.queries() {
            let address = format!("{}?{query}", operation.address());
            let response = get(&address).await;
            assert!(response.status().is_success(), "{address}: {response:?}");
            check(&operation, &schemas, response);
        }
    }
}

#[tokio::test]
async fn every_problem_is_as_described() {
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::all(&document) {
        for address in [
            format!("{}?qwerty=1", operation.address()),
            operation.path.replace("{id}", "99998"),
            operation.path.replace("{id}", "x"),
            format!("{}?q={}", operation.address(), "x".repeat(9000)),
        ] {
            check(&operation, &schemas, get(&address).await);
        }
    }
}

#[tokio::test]
async fn a_snapshot_with_a_history_is_described() {
    let source = Arc::new(MemorySites::embedded().unwrap());
    let rename = |sites: &[Arc<Site>]| {
        let names = whc_core::Names::new("Renamed").unwrap();
        Ok(vec![Site { names, ..Site::clone(&sites[0]) }])
    };
    source.revise(&mut { rename }).await.unwrap();
    let sites = ReplicatedSites::new(source as _);
    sites.refresh().await.unwrap();
    let app = App::new(Arc::new(sites));
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    for operation in Operation::all(&document).iter().filter(|operation| !operation.path.contains("nearby")) {
        let json = operation.in_query().any(|parameter| {
            parameter["name"] == "f" && words(&parameter["schema"]).contains(&"json".to_owned())
        });
        for query in ["", "?f=json"].into_iter().filter(|query| query.is_empty() || json) {
            let request = Request::get(format!("{}{query}", operation.address())).body(Bytes::new()).unwrap();
            let response = handle(&app, request).await;
            assert!(response.status().is_success(), "{}", operation.path);
            let body = response.body().clone().into_bytes();
            assert!(!String::from_utf8_lossy(&body).contains("\"data\":[]"), "{} is empty", operation.path);
            check(operation, &schemas, response);
        }
    }
}

/// Checks a response against the description of its status: headers, media type and body.
fn check(operation: &Operation, schemas: &Schemas, response: Response<Body>) {
    let (path, status) = (&operation.path, response.status());
    let answer = &operation.answers[status.as_str()];
    assert!(answer.is_object(), "{status} of {path} is not described");
    let described = answer["headers"].as_object().unwrap();
    for (name, value) in response.headers() {
        let name = name.as_str();
        // OpenAPI describes the first elsewhere, and the other two are part of HTTP.
        if !["content-type", "content-length", "allow"].contains(&name) {
            assert!(described.contains_key(name), "{name} of {path} is not described");
            let header = &described[name];
            let value = value.to_str().unwrap();
            let number = header["schema"]["type"] == "integer";
            schemas.check(
                &header["schema"],
                &if number { value.parse::<u64>().unwrap().into() } else { value.into() },
            );
        }
    }
    for (name, _) in described.iter().filter(|(_, header)| header["required"] == true) {
        assert!(response.headers().contains_key(name), "{path} has no {name}");
    }
    check_body(path, schemas, answer, response);
}

fn check_body(path: &str, schemas: &Schemas, answer: &Value, response: Response<Body>) {
    let Some(content_type) =
        response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned())
    else {
        assert!(answer.get("content").is_none(), "{path} should have a body");
        return;
    };
    let essence = content_type.split(';').next().unwrap();
    let range = format!("{}/*", essence.split('/').next().unwrap());
    let content = [&content_type, essence, &range].into_iter().find_map(|name| answer["content"].get(name));
    assert!(content.is_some(), "{content_type} of {path} is not described");
    let schema = &content.unwrap()["schema"];
    let body = response.into_body().into_bytes();
    let text = std::str::from_utf8(&body).unwrap();
    let is_json = essence.ends_with("/json") || essence.ends_with("+json");
    schemas.check(schema, &if is_json { serde_json::from_str(text).unwrap() } else { text.into() });
}
