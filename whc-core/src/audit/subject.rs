//! What an event is about.

use std::fmt;
use std::str::FromStr;

use crate::contact::CaseId;
use crate::error::{Error, Result};
use crate::site::SiteId;

/// What somebody changed.
///
/// ```
/// use whc_core::audit::Subject;
/// let subject: Subject = "case 7".parse()?;
/// assert_eq!((subject.kind(), subject.number()), ("case", 7));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A case: its contact, or all that is kept of it.
    Case(CaseId),
    /// A site.
    Site(SiteId),
}

impl Subject {
    /// `case` or `site`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Case(_) => "case",
            Self::Site(_) => "site",
        }
    }

    /// Its number among those of its kind.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Case(case) => case.get(),
            Self::Site(site) => u64::from(site.get()),
        }
    }

    /// The case; `None` where it is none.
    #[must_use]
    pub fn case(self) -> Option<CaseId> {
        match self {
            Self::Case(case) => Some(case),
            Self::Site(_) => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.number())
    }
}

impl FromStr for Subject {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(' ') {
            Some(("case", number)) => number.parse().map(Self::Case),
            Some(("site", number)) => number.parse().map(Self::Site),
            _ => Err(Error::invalid("a subject is \"case\" or \"site\", a space and a number")),
        }
    }
}
