//! The schemas of the description, closed: a key that is not described is an error here, though clients must bear it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::{Value, json};

/// What bodies are checked with; those made before are kept.
pub(super) struct Schemas {
    components: Value,
    made: RefCell<HashMap<String, Rc<Validator>>>,
}

impl Schemas {
    pub(super) fn of(document: &Value) -> Self {
        let mut schemas = document["components"]["schemas"].clone();
        close(&mut schemas);
        Self { components: json!({"schemas": schemas}), made: RefCell::default() }
    }

    /// Holds a value to a schema of the document.
    pub(super) fn check(&self, schema: &Value, value: &Value) {
        let errors: Vec<_> = self
            .validator(schema)
            .iter_errors(value)
            .map(|error| format!("{}: {error:.300}", error.instance_path()))
            .collect();
        let value: String = value.to_string().chars().take(300).collect();
        assert!(errors.is_empty(), "{}\nin {value}…\nby {schema}", errors.join("\n"));
    }

    fn validator(&self, schema: &Value) -> Rc<Validator> {
        let make = || {
            let mut whole = schema.clone();
            whole["components"] = self.components.clone();
            Rc::new(jsonschema::draft202012::new(&whole).unwrap())
        };
        Rc::clone(self.made.borrow_mut().entry(schema.to_string()).or_insert_with(make))
    }
}

fn close(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("properties").is_some_and(Value::is_object) {
                members.entry("additionalProperties").or_insert(false.into());
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
