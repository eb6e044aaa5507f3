//! What an operator permits an import.

use std::collections::BTreeSet;

use crate::clock::{Clock as _, SystemClock};
use crate::error::{Error, Result};
use crate::site::{FieldName, Year};

/// The options of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Mark sites that the file should have and has not as delisted. More than 10 % of the list are only if `status` is among
    /// `accepted` too.
    pub allow_removals: bool,
    /// Take these fields from the file also where a curator has set them. The store must be told the same
    /// (`RevisionOrigin`).
    pub overruled: BTreeSet<FieldName>,
    /// Take these fields from the file however old it is, and however many sites change.
    pub accepted: BTreeSet<FieldName>,
    /// Take what a file says that is older than what is known.
    pub believes_older: bool,
    /// The year it is; that of the system's clock where there is none.
    pub this_year: Option<Year>,
}

impl Options {
    /// Whether sites that the file should have and has not are marked as delisted.
    #[must_use]
    pub const fn with_removals(allow_removals: bool) -> Self {
        Self {
            allow_removals,
            overruled: BTreeSet::new(),
            accepted: BTreeSet::new(),
            believes_older: false,
            this_year: None,
        }
    }

    /// The same, overruling what curators have set in these fields.
    #[must_use]
    pub fn overruling(self, fields: impl IntoIterator<Item = FieldName>) -> Self {
        Self { overruled: fields.into_iter().collect(), ..self }
    }

    /// The same, taking these fields from the file however old it is, and however many sites change.
    #[must_use]
    pub fn accepting(self, fields: impl IntoIterator<Item = FieldName>) -> Self {
        Self { accepted: fields.into_iter().collect(), ..self }
    }

    /// The same, taking what a file says that is older than what is known.
    #[must_use]
    pub fn believing_older(self, believes_older: bool) -> Self {
        Self { believes_older, ..self }
    }

    /// The last year that a file can tell of: the next one.
    pub(super) fn latest(&self) -> Result<Year> {
        let year = self.this_year.or_else(|| Year::at(SystemClock.now()));
        let year = year.ok_or_else(|| Error::unavailable("the clock of this machine is far off"))?;
        Year::new(year.get() + 1)
    }
}
