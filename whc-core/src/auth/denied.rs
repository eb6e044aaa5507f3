//! Why a known caller may not.

use std::fmt;

use crate::contact::CaseId;
use crate::scope::Scope;

/// Why a caller may not do something. It never tells whether a case exists, since it is known before anybody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The caller lacks this scope.
    MissingScope(Scope),
    /// The caller may see some cases, and this is none of them.
    OtherCase(CaseId),
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingScope(scope) => {
                write!(f, "this needs the scope {scope}, which you do not have")
            }
            Self::OtherCase(case) => write!(f, "you may see other cases than {case}"),
        }
    }
}

impl std::error::Error for Denied {}
