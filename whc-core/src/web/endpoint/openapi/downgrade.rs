//! From OpenAPI 3.1 to 3.0: from JSON Schema 2020-12 to the older dialect.
//!
//! It knows the keywords the description uses and no others; a test searches the result for keywords of 3.1.

use serde_json::{Map, Value, json};

/// The version 3.0 of a document written for 3.1.
pub(super) fn to_3_0(mut document: Value) -> Value {
    if let Some(version) = document.get_mut("openapi") {
        *version = "3.0.3".into();
    }
    visit(&mut document);
    document
}

/// Finds and converts the schemas in a document. Examples are data and stay as they are.
fn visit(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match name.as_str() {
                    "example" | "examples" => {}
                    "schema" => schema(member),
                    "schemas" => each(member),
                    "security" => scopes(member),
                    _ => visit(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(visit),
        _ => {}
    }
}

/// `bearer: [a]` becomes `bearer: []`: only schemes of OAuth have scopes.
fn scopes(requirements: &mut Value) {
    for requirement in requirements.as_array_mut().into_iter().flatten() {
        requirement
            .as_object_mut()
            .into_iter()
            .flat_map(Map::values_mut)
            .for_each(|scopes| *scopes = json!([]));
    }
}

fn schema(value: &mut Value) {
    let Value::Object(members) = value else { return };
    nullable(members);
    constant(members);
    exclusive(members);
    example(members);
    for (name, member) in members {
        match name.as_str() {
            "properties" | "allOf" | "anyOf" | "oneOf" => each(member),
            "items" | "additionalProperties" | "not" => schema(member),
            _ => {}
        }
    }
}

/// Every schema of a list, or of an object by name.
fn each(value: &mut Value) {
    match value {
        Value::Object(members) => members.values_mut().for_each(schema),
        Value::Array(items) => items.iter_mut().for_each(schema),
        _ => {}
    }
}

/// `type: [string, null]` becomes `type: string, nullable: true`.
fn nullable(members: &mut Map<String, Value>) {
    let Some(Value::Array(kinds)) = members.get("type") else { return };
    let Some(kind) = kinds.iter().find(|kind| *kind != "null").cloned() else { return };
    members.insert("type".into(), kind);
    members.insert("nullable".into(), true.into());
}

/// `const: a` becomes `enum: [a]`.
fn constant(members: &mut Map<String, Value>) {
    if let Some(value) = members.remove("const") {
        members.insert("enum".into(), json!([value]));
    }
}

/// `exclusiveMinimum: 0` becomes `minimum: 0, exclusiveMinimum: true`.
fn exclusive(members: &mut Map<String, Value>) {
    for (word, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(number) = members.get(word).filter(|number| number.is_number()).cloned() {
            members.insert(bound.into(), number);
            members.insert(word.into(), true.into());
        }
    }
}

/// `examples: [a, b]` becomes `example: a`.
fn example(members: &mut Map<String, Value>) {
    if let Some(Value::Array(mut examples)) = members.remove("examples")
        && !examples.is_empty()
    {
        members.insert("example".into(), examples.swap_remove(0));
    }
}
