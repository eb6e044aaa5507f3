//! The read view of one request: one version of the data, read through the trait every store implements.

use super::{SiteRepository, Snapshot, SnapshotGuard, Version};
use crate::error::Result;

/// The data one request is answered from.
pub(crate) enum ReadView<'a> {
    /// All data at one version, in memory.
    Snapshot(SnapshotGuard),
    /// A store, with the version it had at the start of the request.
    Store(&'a dyn SiteRepository, Version),
}

impl<'a> ReadView<'a> {
    /// A view of what `sites` has now.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn begin(sites: &'a dyn SiteRepository) -> Result<Self> {
        Ok(match sites.snapshot() {
            Some(snapshot) => Self::Snapshot(snapshot),
            None => Self::Store(sites, sites.version().await?),
        })
    }

    /// The version of the data at the start of the request.
    pub(crate) fn version(&self) -> &Version {
        match self {
            Self::Snapshot(snapshot) => snapshot.version(),
            Self::Store(_, version) => version,
        }
    }

    /// The repository to read from.
    pub(crate) fn sites(&self) -> &dyn SiteRepository {
        match self {
            Self::Snapshot(snapshot) => &**snapshot,
            Self::Store(sites, _) => *sites,
        }
    }

    /// The snapshot, which has prepared texts of sites, where there is one.
    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        match self {
            Self::Snapshot(snapshot) => Some(snapshot),
            Self::Store(..) => None,
        }
    }

    /// Whether the data still have the version of the start, so that all reads belong to it.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn is_current(&self) -> Result<bool> {
        match self {
            Self::Snapshot(_) => Ok(true),
            Self::Store(sites, version) => Ok(sites.version().await? == *version),
        }
    }
}
