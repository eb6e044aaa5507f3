//! Small parts of schemas, in JSON Schema 2020-12 as OpenAPI 3.1 takes it.

use serde_json::{Map, Value, json};

/// A text.
pub(crate) fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

/// A text that is one of some words.
pub(crate) fn word(words: &[&str], description: &str) -> Value {
    json!({"type": "string", "enum": words, "description": description})
}

/// A text of a shape.
pub(crate) fn shape(pattern: &str, description: &str) -> Value {
    json!({"type": "string", "pattern": pattern, "description": description})
}

/// A whole number from `least` on.
pub(crate) fn whole(least: u32, description: &str) -> Value {
    json!({"type": "integer", "minimum": least, "description": description})
}

/// A whole number with both ends included.
pub(crate) fn between(least: u32, most: u32, description: &str) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": most, "description": description})
}

/// A number.
pub(crate) fn number(description: &str) -> Value {
    json!({"type": "number", "description": description})
}

/// Degrees up to so many in either direction.
pub(crate) fn degrees(most: i32, description: &str) -> Value {
    json!({"type": "number", "minimum": -most, "maximum": most, "description": description})
}

/// Yes or no.
pub(crate) fn flag(description: &str) -> Value {
    json!({"type": "boolean", "description": description})
}

/// Several of the same.
pub(crate) fn list(items: &Value, description: &str) -> Value {
    json!({"type": "array", "items": items, "description": description})
}

/// The same, or `null` where nothing is known.
pub(crate) fn or_null(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind, "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}

/// A schema of `#/components/schemas`.
pub(crate) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object with these members, all of them always there.
pub(crate) fn object<const N: usize>(members: [(&str, Value); N], description: &str) -> Value {
    let required = members.each_ref().map(|(name, _)| *name);
    open_object(members, &required, description)
}

/// An object with these members, of which only some are always there.
pub(crate) fn open_object<'a>(
    members: impl IntoIterator<Item = (&'a str, Value)>,
    required: &[&str],
    description: &str,
) -> Value {
    let properties: Map<_, _> = members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect();
    let mut schema = json!({"type": "object", "description": description, "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// The schema with more members.
pub(crate) fn with(mut schema: Value, more: Value) -> Value {
    if let (Value::Object(schema), Value::Object(more)) = (&mut schema, more) {
        schema.extend(more);
    }
    schema
}
