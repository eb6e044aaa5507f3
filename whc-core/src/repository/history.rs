//! The latest changes, in memory.

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::Version;
use crate::page::Page;
use crate::site::{Change, ChangeQuery};

/// The latest changes in their order, as many as one page holds. Immutable.
#[derive(Clone, Debug, Default)]
pub(super) struct History(Vec<Arc<Change>>);

impl History {
    /// These changes, which must be in their order.
    pub(super) fn new(mut changes: Vec<Arc<Change>>) -> Self {
        changes.truncate(most());
        Self(changes)
    }

    /// This history with later changes; the oldest ones are dropped.
    pub(super) fn with(&self, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut all: Vec<_> = changes.into_iter().map(Arc::new).collect();
        all.extend(self.0.iter().cloned());
        // Stable: of changes of one site at the same time, the one added later stays in front.
        all.sort_by_key(|change| (Reverse(change.at), change.site));
        Self::new(all)
    }

    /// All of them.
    #[cfg(feature = "valkey")]
    pub(super) fn all(&self) -> &[Arc<Change>] {
        &self.0
    }

    pub(super) fn list(&self, query: &ChangeQuery) -> Page<Arc<Change>> {
        query.select(&self.0)
    }

    /// The version of sites that had the version `sites` before anything happened to them.
    pub(super) fn version(&self, sites: &Version) -> Version {
        if self.0.is_empty() {
            return sites.clone();
        }
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        Version::new(format!("{sites}-{:016x}", hasher.finish()))
    }
}

fn most() -> usize {
    usize::try_from(ChangeQuery::LATEST.window.limit()).unwrap_or(usize::MAX)
}
