//! A file that was read.

use std::collections::BTreeSet;

use super::Format;
use super::record::Record;
use super::source::Source;
use crate::finding::Finding;
use crate::site::SiteId;

/// A file that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Export {
    /// The format it is in.
    pub format: Format,
    /// Where it comes from, judged by its columns.
    pub source: Source,
    /// What shows that it comes from there.
    pub evidence: String,
    /// The columns that were read, by their normalized names.
    pub used: Vec<String>,
    /// The columns that mean nothing to an import.
    pub ignored: Vec<String>,
    /// What was unusual.
    pub findings: Vec<Finding>,
    /// The records, ordered by id, each id once.
    pub(super) records: Vec<Record>,
    /// Every id in it, also those of rows that could not be used.
    pub(super) mentioned: BTreeSet<SiteId>,
}

impl Export {
    /// How many sites it describes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it describes no site; [`read`] never returns such a one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}
