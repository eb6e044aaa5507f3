//! One thing that is wrong with a request, and where.

use serde::Serialize;

/// One thing wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Where it is; in JSON the member `parameter` or `pointer`.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong and what would be right.
    pub detail: String,
    /// The known name or value nearest to the given one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// A part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The query parameter with this name.
    Parameter(String),
    /// The value in the body that this JSON pointer (RFC 6901) names; empty for the whole body.
    Pointer(String),
}

impl Violation {
    /// Of a query parameter.
    pub(crate) fn of_parameter(name: impl Into<String>, detail: String, nearest: Option<String>) -> Self {
        Self { place: Place::Parameter(name.into()), detail, nearest }
    }

    /// Of a value in the body.
    pub(crate) fn at(pointer: impl Into<String>, detail: String) -> Self {
        Self { place: Place::Pointer(pointer.into()), detail, nearest: None }
    }
}
