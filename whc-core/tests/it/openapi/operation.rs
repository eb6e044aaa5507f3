//! Described operations, and answers against them.

use std::collections::BTreeSet;

use http::Response;
use serde_json::Value;
use whc_core::web::Body;

use super::schema::Schemas;

/// Parameters that mean nothing alone, and what they need.
const NEEDS: [(&str, (&str, &str)); 7] = [
    ("radius", ("near", "12.5,41.9")),
    ("nearest", ("near", "12.5,41.9")),
    ("geometry", ("f", "geojson")),
    ("flat", ("f", "geojson")),
    ("width", ("f", "svg")),
    ("theme", ("f", "svg")),
    ("bom", ("f", "csv")),
];

/// A described operation.
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(super) path: String,
    parameters: Vec<Value>,
    body: Value,
    answers: Value,
}

impl Operation {
    /// Those that are open to everybody.
    pub(super) fn open(document: &Value) -> Vec<Self> {
        Self::all(document, |operation| operation.get("security").is_none())
    }

    /// Those for callers.
    pub(crate) fn private(document: &Value) -> Vec<Self> {
        Self::all(document, |operation| operation.get("security").is_some())
    }

    /// The different contents of its successes.
    pub(super) fn contents_of_success(&self) -> BTreeSet<String> {
        let answers = self.answers.as_object().unwrap().iter();
        answers
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(_, answer)| answer["content"].to_string())
            .collect()
    }

    fn all(document: &Value, wanted: impl Fn(&Value) -> bool) -> Vec<Self> {
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in
                item.as_object().unwrap().iter().filter(|(_, operation)| wanted(operation))
            {
                let parameters = operation["parameters"].as_array().unwrap();
                operations.push(Self {
                    method: method.clone(),
                    path: path.clone(),
                    parameters: parameters.iter().map(|p| resolved(document, p)).collect(),
                    body: operation["requestBody"].clone(),
                    answers: resolved_answers(document, &operation["responses"]),
                });
            }
        }
        operations
    }

    /// Checks a response against the description of its status: headers, media type and body.
    pub(crate) fn check(&self, schemas: &Schemas, response: Response<Body>) {
        check(self, schemas, response);
    }

    /// A path that exists.
    pub(crate) fn address(&self) -> String {
        self.path.replace("{id}", "1").replace("{case_id}", "7").replace("{field}", "date_inscribed")
    }

    /// The names of the parameters of the query.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        self.in_query().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Checks that a value which is no UTF-8 is refused by the name of its parameter, of whichever there is.
    pub(crate) async fn refuses_other_bytes(&self, ask: impl AsyncFn(&str) -> Value) {
        for name in self.names() {
            for value in ["%ff", "%C3", "a%80b", "1%ED%A0%80", "%EF%BF%BD"] {
                let query = format!("{}?{name}={value}", self.address());
                let problem = ask(&query).await;
                let wrong = problem["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
                let named = |error: &&Value| {
                    error["parameter"] == *name && error["detail"].to_string().contains("UTF-8")
                };
                assert!(
                    problem["status"] == 400 && wrong.iter().any(|error| named(&error)),
                    "{query}: {problem}"
                );
            }
        }
    }

    /// The first example of each, by its name.
    pub(crate) fn examples(&self) -> Vec<(String, String)> {
        let example = |parameter: &Value| (written(&parameter["name"]), examples(parameter).remove(0));
        self.in_query().map(example).collect()
    }

    /// The bodies it reads, by media type, and one without any where it reads none.
    pub(crate) fn bodies(&self) -> Vec<(String, String)> {
        match self.body["content"].as_object() {
            Some(content) => {
                content.iter().map(|(name, body)| (name.clone(), body["example"].to_string())).collect()
            }
            None => vec![(String::new(), String::new())],
        }
    }

    pub(super) fn in_query(&self) -> impl Iterator<Item = &Value> {
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
    pub(super) fn queries(&self) -> Vec<String> {
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

pub(super) fn examples(parameter: &Value) -> Vec<String> {
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
pub(super) fn words(schema: &Value) -> Vec<String> {
    if schema["type"] == "boolean" {
        return ["true", "false"].map(str::to_owned).into();
    }
    let words = schema.get("enum").or(schema["items"].get("enum")).and_then(Value::as_array);
    words.into_iter().flatten().map(written).collect()
}

fn check(operation: &Operation, schemas: &Schemas, response: Response<Body>) {
    let (path, status) = (format!("{} {}", operation.method, operation.path), response.status());
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
    check_body(&path, schemas, answer, response);
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
