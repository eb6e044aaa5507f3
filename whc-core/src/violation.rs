//! What is wrong with a document that a client sent, member by member.

mod nearest;

use std::fmt;

pub(crate) use self::nearest::nearest;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where in the body, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// What is wrong and what would be right. Of a contact it never repeats a value.
    pub reason: String,
    /// The known name or word that was probably meant.
    pub nearest: Option<&'static str>,
}

impl Violation {
    /// A violation of the member with this name.
    pub(crate) fn of(name: &str, reason: impl Into<String>) -> Self {
        Self::of_all(reason).within(name)
    }

    /// A violation of the body as a whole.
    pub(crate) fn of_all(reason: impl Into<String>) -> Self {
        Self { pointer: String::new(), reason: reason.into(), nearest: None }
    }

    /// The same, of a part of the member with this name.
    pub(crate) fn within(self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self { pointer: format!("/{name}{}", self.pointer), ..self }
    }

    /// The same with what was probably meant.
    pub(crate) fn meaning(self, nearest: Option<&'static str>) -> Self {
        Self { nearest, ..self }
    }
}

/// All that is wrong, in the order of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Themselves as an error, where there is any.
    pub(crate) fn none(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl fmt::Display for Violations {
    /// The names of members are the client's own words, so only the reasons are here.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&violation.reason)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
