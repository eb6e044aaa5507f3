//! The schemas of the description, closed: an undescribed key is an error here, although clients must ignore it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The validators of bodies, each compiled once.
pub(crate) struct Schemas {
    components: Value,
    made: RefCell<HashMap<String, Rc<Validator>>>,
}

impl Schemas {
    pub(crate) fn of(document: &Value) -> Self {
        let mut schemas = document["components"]["schemas"].clone();
        close(&mut schemas);
        Self { components: json!({"schemas": schemas}), made: RefCell::default() }
    }

    /// Checks a value against a schema of the document.
    pub(crate) fn check(&self, schema: &Value, value: &Value) {
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
