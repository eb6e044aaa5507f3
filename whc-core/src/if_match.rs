//! The state that something must be in to be changed.

/// Which state may be changed of something whose states `V` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch<V> {
    /// Whichever there is (`If-Match: *`).
    Any,
    /// One of these.
    OneOf(Vec<V>),
}

impl<V: PartialEq + Clone> IfMatch<V> {
    /// Only this state.
    #[must_use]
    pub fn only(version: &V) -> Self {
        Self::OneOf(vec![version.clone()])
    }

    /// Whether it may be changed in this state.
    #[must_use]
    pub fn allows(&self, version: &V) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(versions) => versions.contains(version),
        }
    }
}
