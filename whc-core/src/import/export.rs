//! A file that was read.

use std::collections::BTreeSet;

use super::Format;
use super::finding::Findings;
use super::own;
use super::read::record::Record;
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
    /// Of an export of ours, in place of them.
    pub(super) own: Vec<own::Entry>,
    /// Every id in it, also those of rows that could not be used.
    pub(super) mentioned: BTreeSet<SiteId>,
}

impl Export {
    /// An export of ours with these records, ordered by id.
    pub(super) fn of_own(format: Format, own: Vec<own::Entry>, findings: Findings) -> Self {
        Self {
            format,
            source: Source::Whc,
            evidence: "all of its keys are ours, and one is only ours".to_owned(),
            used: own.first().map(own::Entry::keys).unwrap_or_default(),
            ignored: Vec::new(),
            findings: findings.into_list(),
            records: Vec::new(),
            mentioned: own.iter().map(|entry| entry.id).collect(),
            own,
        }
    }

    /// Every description and justification.
    pub(super) fn prose(&self) -> impl Iterator<Item = &str> {
        let of_unesco = self.records.iter().flat_map(|record| {
            record.short_descriptions.iter().chain(record.justifications.iter()).map(|(_, text)| text)
        });
        of_unesco.chain(self.own.iter().flat_map(own::Entry::prose))
    }

    /// How many sites it describes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() + self.own.len()
    }

    /// Whether it describes no site; reading never returns such a one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
