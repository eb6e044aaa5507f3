//! Whom to talk to about a case: one contact for each, with what may be written into it.
//!
//! What a contact says is personal. None of these types shows it in `Debug` or `Display`, and no reason of a
//! [`Violation`] repeats it.

mod case_id;
mod details;
mod field;
mod patch;
mod reading;
mod rule;
mod version;

use std::fmt;
use std::time::SystemTime;

pub use self::case_id::CaseId;
pub use self::details::ContactDetails;
#[cfg(feature = "postgres")]
pub(crate) use self::details::Texts;
pub use self::field::{SITE_ID, TextField};
pub use self::patch::ContactPatch;
pub use self::reading::case_and_details;
pub use self::version::ContactVersion;
pub use crate::if_match::IfMatch;
pub use crate::violation::{Violation, Violations};

/// The contact of a case.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contact {
    /// The case, which never changes.
    pub case: CaseId,
    /// What it says.
    pub details: ContactDetails,
    /// Names this state of it.
    pub version: ContactVersion,
    /// When it was created, to the microsecond.
    pub created: SystemTime,
    /// When it changed last, to the microsecond.
    pub updated: SystemTime,
}

impl Contact {
    /// A contact created at this time.
    #[must_use]
    pub fn new(case: CaseId, details: ContactDetails, version: ContactVersion, created: SystemTime) -> Self {
        Self { case, details, version, created, updated: created }
    }
}

impl fmt::Debug for Contact {
    /// Without what it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact")
            .field("case", &self.case)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}
