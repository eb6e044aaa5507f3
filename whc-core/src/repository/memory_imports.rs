//! The latest imports, in memory.

use std::collections::VecDeque;
use std::time::SystemTime;

use super::imports::{ImportRecord, ImportedChange, ImportedChanges};

/// As many are remembered.
const MOST: usize = 10;

/// The latest imports with what they changed.
#[derive(Debug, Default)]
pub(super) struct MemoryImports {
    latest: VecDeque<ImportedChanges>,
    count: u64,
}

impl MemoryImports {
    /// The number of the next one.
    pub(super) fn next(&mut self, at: SystemTime) -> ImportRecord {
        self.count += 1;
        ImportRecord::new(self.count, at)
    }

    pub(super) fn remember(&mut self, import: ImportRecord, changes: Vec<ImportedChange>) {
        self.latest.truncate(MOST - 1);
        self.latest.push_front(ImportedChanges::new(import, changes));
    }

    pub(super) fn last(&self) -> Option<&ImportRecord> {
        self.latest.front().map(|last| &last.import)
    }

    /// The latest one that changed something and was not taken back.
    pub(super) fn to_take_back(&self) -> Option<&ImportedChanges> {
        let taken_back = |number| self.latest.iter().any(|other| other.import.takes_back == Some(number));
        self.latest.iter().find(|ImportedChanges { import, changes }| {
            import.takes_back.is_none() && !changes.is_empty() && !taken_back(import.number)
        })
    }
}
