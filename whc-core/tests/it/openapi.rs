//! The description of the API: valid in itself, and in agreement with the service.

mod agreement;
mod negotiation;
mod operation;
mod schema;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use http::{Request, Response};
use serde_json::Value;
use whc_core::App;
use whc_core::web::Body;

pub(crate) use self::operation::Operation;
pub(crate) use self::schema::Schemas;
use crate::client::{self, app, json, send};
use crate::golden;

/// One service for all tests that only read.
static APP: LazyLock<App> = LazyLock::new(app);

async fn get(path: &str) -> Response<Body> {
    send(&APP, Request::get(path)).await
}

async fn document(version: &str) -> Value {
    json(get(&format!("/api/openapi.json?f={version}")).await)
}

#[tokio::test]
async fn golden_documents() {
    for version in ["3.0", "3.1"] {
        let response = client::get(&format!("/api/openapi.json?f={version}")).await;
        golden::check(&format!("openapi-{version}.json"), response);
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_component_is_used() {
    for version in ["3.0", "3.1"] {
        let document = document(version).await;
        let mut used = BTreeSet::new();
        walk(&document, &mut |name, value| {
            if name == "$ref" {
                used.insert(value.as_str().unwrap().to_owned());
            }
        });
        let mut there = BTreeSet::new();
        // Schemes are named by operations, not referred to.
        let referable = document["components"].as_object().unwrap().iter();
        for (kind, components) in referable.filter(|(kind, _)| *kind != "securitySchemes") {
            let names = components.as_object().unwrap().keys();
            there.extend(names.map(|name| format!("#/components/{kind}/{name}")));
        }
        assert_eq!(used, there, "in {version}");
    }
}

#[tokio::test]
async fn version_3_0_has_no_word_of_3_1() {
    let document = document("3.0").await;
    assert_eq!(document["openapi"], "3.0.3");
    walk(&document, &mut |name, value| match name {
        "type" => assert!(!value.is_array(), "{value}"),
        "exclusiveMinimum" => assert!(value.is_boolean(), "{value}"),
        "examples" => assert!(value.is_object(), "{value}"),
        "$ref" => {}
        _ => {
            let newer = ["const", "prefixItems", "$defs", "unevaluatedProperties", "dependentRequired", "if"];
            assert!(!newer.contains(&name), "{name}");
        }
    });
    let point = &document["components"]["schemas"]["Site"]["properties"]["longitude"];
    assert_eq!((&point["type"], &point["nullable"]), (&"number".into(), &true.into()));
}

#[tokio::test]
async fn both_versions_have_the_same_paths_and_names() {
    let (old, new) = (document("3.0").await, document("3.1").await);
    let mut new = new;
    // 3.0 knows the scopes of other schemes only.
    for operation in new["paths"]
        .as_object_mut()
        .unwrap()
        .values_mut()
        .flat_map(|item| item.as_object_mut().unwrap().values_mut())
    {
        let ways = operation.get_mut("security").and_then(Value::as_array_mut).into_iter().flatten();
        for scopes in ways.filter_map(Value::as_object_mut).flat_map(|way| way.values_mut()) {
            *scopes = serde_json::json!([]);
        }
    }
    assert_eq!(old["paths"], new["paths"]);
    for kind in ["schemas", "parameters", "headers", "responses", "securitySchemes"] {
        let names = |document: &Value| -> Vec<_> {
            document["components"][kind].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(names(&old), names(&new));
    }
}

#[tokio::test]
async fn every_example_is_one() {
    let document = document("3.1").await;
    let schemas = Schemas::of(&document);
    let mut seen = 0;
    walk_objects(&document, &mut |object| {
        let Some(schema) = object.get("schema") else { return };
        let several = object.get("examples").and_then(Value::as_object);
        let several =
            several.into_iter().flat_map(|examples| examples.values().map(|example| &example["value"]));
        for example in object.get("example").into_iter().chain(several) {
            schemas.check(schema, example);
            seen += 1;
        }
        assert!(
            object.contains_key("example") || object.contains_key("examples"),
            "{object:?} has no example"
        );
    });
    assert!(seen > 40, "{seen}");
}

/// Calls `visit` for every member of every object.
fn walk(value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    walk_objects(value, &mut |object| object.iter().for_each(|(name, member)| visit(name, member)));
}

fn walk_objects(value: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            visit(members);
            members.values().for_each(|member| walk_objects(member, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| walk_objects(item, visit)),
        _ => {}
    }
}
