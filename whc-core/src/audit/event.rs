//! One event of the audit.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use super::{Subject, ValueChange};
use crate::auth::Actor;
use crate::error::{Error, Result};

/// Something that somebody changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditEvent {
    /// Tells events apart; a later one of a subject has a greater number.
    pub number: u64,
    /// When, to the microsecond.
    pub at: SystemTime,
    /// Who.
    pub actor: Actor,
    /// What they did.
    pub action: AuditAction,
    /// To what.
    pub subject: Subject,
    /// The id of the request they did it with.
    pub request_id: String,
    /// The names of the fields that were set or changed.
    pub fields: Vec<String>,
    /// What they said before and after, of sites only.
    pub values: Vec<ValueChange>,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditAction {
    /// Wrote down what was not there before.
    Create,
    /// Changed some fields.
    Update,
    /// Took it away.
    Delete,
    /// Erased all that was kept of a case.
    Erase,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Create, Self::Update, Self::Delete, Self::Erase];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Erase => "erase",
        }
    }
}

impl fmt::Display for AuditAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AuditAction {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|action| action.name() == text);
        found.ok_or_else(|| {
            let text = text.escape_debug();
            Error::invalid(format!("an action is create, update, delete or erase, not \"{text}\""))
        })
    }
}
