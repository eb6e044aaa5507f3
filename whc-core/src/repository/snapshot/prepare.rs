//! What a snapshot has ready before anybody asks.

use std::sync::Arc;

use super::{Snapshot, TextKind};
use crate::parallel;
use crate::site::IndexPart;

/// What is built from the sites of a snapshot.
enum Part {
    Texts(TextKind),
    Index(IndexPart),
}

impl Snapshot {
    /// Builds the common indexes, and the texts that were used of `predecessor`, so that no reader waits for them once this
    /// snapshot is published. Where few sites differ, what was made for the others is taken over.
    pub(in crate::repository) fn prepare(&self, predecessor: Option<&Self>) {
        let changed = predecessor.and_then(|predecessor| self.few_changes(predecessor));
        if let (Some(predecessor), Some(changed)) = (predecessor, &changed) {
            self.index.inherit(&predecessor.index, &predecessor.sites, changed, &self.sites);
        }
        self.index.build(IndexPart::Vocabulary, &self.sites);
        let wanted = |kind: &TextKind| match predecessor {
            Some(snapshot) => snapshot.texts.of(*kind).is_ready(),
            None => kind.is_common(),
        };
        let texts = TextKind::all().filter(wanted).map(Part::Texts);
        let parts = texts.chain([IndexPart::Places, IndexPart::Facts].map(Part::Index)).collect();
        parallel::map(parts, |part| match part {
            Part::Texts(kind) => {
                if let (Some(predecessor), Some(changed)) = (predecessor, &changed) {
                    let before = predecessor.texts.of(kind);
                    self.texts
                        .of(kind)
                        .inherit(before, changed, |position, text| self.write(kind, position, text));
                }
                self.texts(kind, self.sites.len());
            }
            Part::Index(part) => self.index.build(part, &self.sites),
        });
    }

    /// The positions of the sites that differ from those of `predecessor`, if both have the same ids and few differ.
    fn few_changes(&self, predecessor: &Self) -> Option<Vec<usize>> {
        /// More take as long to be written into what there is as to be written anew.
        const FEW: usize = 1000;
        if self.sites.len() != predecessor.sites.len() {
            return None;
        }
        let mut changed = Vec::new();
        for (position, (before, after)) in predecessor.sites.iter().zip(&self.sites).enumerate() {
            if before.id != after.id || changed.len() == FEW {
                return None;
            }
            if !Arc::ptr_eq(before, after) && before != after {
                changed.push(position);
            }
        }
        Some(changed)
    }

    /// Whether any of what [`prepare`](Self::prepare) builds is there.
    #[cfg(test)]
    pub(in crate::repository) fn is_prepared(&self) -> bool {
        TextKind::all().any(|kind| self.texts.of(kind).is_ready())
    }
}
