//! Names of the states of a contact.

use std::fmt;
use std::sync::Arc;

/// Names one state of a contact. Opaque: visible ASCII without quotes, at most 64 characters. It changes with every write,
/// so that it can be a strong `ETag`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContactVersion(Arc<str>);

impl ContactVersion {
    /// The version with this name. A client may send any text: it is only compared.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContactVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
