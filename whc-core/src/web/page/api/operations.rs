//! The operations of a description, in groups, as people read them.

use serde_json::{Map, Value};

/// The operations about one thing.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Vec<Span>,
    pub(super) operations: Vec<Operation>,
}

/// One method on one path.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) description: Vec<Span>,
    pub(super) parameters: Vec<Parameter>,
    /// The media types of its answers.
    pub(super) types: String,
}

/// A parameter of the query or the path.
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) description: Vec<Span>,
}

/// A piece of a text in which code stands between backticks.
pub(super) struct Span {
    pub(super) text: String,
    pub(super) is_code: bool,
}

/// The operations of this document, in the order of its tags.
pub(super) fn groups(document: &Value) -> Vec<Group> {
    let tags = document["tags"].as_array().into_iter().flatten();
    let group = |tag: &Value| Group {
        id: text(&tag["name"]),
        name: capitalized(&text(&tag["name"])),
        description: spans(&tag["description"]),
        operations: operations(document, &tag["name"]),
    };
    tags.map(group).filter(|group| !group.operations.is_empty()).collect()
}

fn operations(document: &Value, tag: &Value) -> Vec<Operation> {
    let none = Map::new();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap_or(&none) {
        for (method, operation) in item.as_object().unwrap_or(&none) {
            if operation["tags"].as_array().is_some_and(|tags| tags.contains(tag)) {
                operations.push(Operation {
                    id: text(&operation["operationId"]),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    summary: text(&operation["summary"]),
                    description: spans(&operation["description"]),
                    parameters: parameters(document, operation),
                    types: types(operation),
                });
            }
        }
    }
    operations
}

fn parameters(document: &Value, operation: &Value) -> Vec<Parameter> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let resolved = parameters.map(|parameter| resolved(document, parameter));
    let shown = resolved.filter(|parameter| parameter["in"] != "header");
    shown.map(|it| Parameter { name: text(&it["name"]), description: spans(&it["description"]) }).collect()
}

/// What a reference is to, or the value itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

fn types(operation: &Value) -> String {
    let content =
        ["200", "201"].iter().find_map(|status| operation["responses"][status]["content"].as_object());
    let types: Vec<_> = content.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    types.join(", ")
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn spans(value: &Value) -> Vec<Span> {
    let pieces = value.as_str().unwrap_or_default().split('`').enumerate();
    let span = |(position, text): (usize, &str)| Span { text: text.to_owned(), is_code: position % 2 == 1 };
    pieces.map(span).filter(|span| !span.text.is_empty()).collect()
}
