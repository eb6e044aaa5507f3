//! What a field of a site was before a change, and after.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::site::FieldName;
use crate::site::field::FieldValue;

/// A value that somebody changed. Events about cases have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ValueChange {
    /// The name of the field.
    pub field: String,
    /// Its value before, in JSON; null where there was none.
    pub before: Value,
    /// Its value after.
    pub after: Value,
}

impl ValueChange {
    /// A change of this field.
    pub fn new(field: impl Into<String>, before: Value, after: Value) -> Self {
        Self { field: field.into(), before, after }
    }
}

impl From<(FieldName, FieldValue<'_>, FieldValue<'_>)> for ValueChange {
    fn from((field, before, after): (FieldName, FieldValue<'_>, FieldValue<'_>)) -> Self {
        // A value of a field is always JSON.
        let json = |value| serde_json::to_value(value).unwrap_or_default();
        Self::new(field.as_str(), json(before), json(after))
    }
}
