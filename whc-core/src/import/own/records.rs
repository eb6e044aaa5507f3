//! The records of a file of ours, as they were taken apart.

use serde_json::{Map, Value};

use crate::import::Format;
use crate::site::Language;

/// A record with its row.
pub(super) type Numbered = (usize, Map<String, Value>);

/// The records of a file.
pub(super) struct Records {
    pub(super) format: Format,
    /// The language that was asked for, where the file says it.
    pub(super) language: Option<Language>,
    /// How many features have another point than their properties.
    pub(super) moved: usize,
    pub(super) all: Vec<Numbered>,
}
