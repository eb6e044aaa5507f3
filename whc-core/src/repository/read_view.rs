//! The data one request is answered from: one version of it, read through the trait every store implements.

use std::sync::Arc;

use super::{SiteRepository, Snapshot, Version};
use crate::error::Result;

/// The data one request is answered from.
pub(crate) enum ReadView<'a> {
    /// All of it at one version, in memory.
    Snapshot(Arc<Snapshot>),
    /// A store that has to be asked, with the version it had when the request came.
    Store(&'a dyn SiteRepository, Version),
}

impl<'a> ReadView<'a> {
    /// What `sites` has now.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn begin(sites: &'a dyn SiteRepository) -> Result<Self> {
        Ok(match sites.snapshot() {
            Some(snapshot) => Self::Snapshot(snapshot),
            None => Self::Store(sites, sites.version().await?),
        })
    }

    /// The version of the data when the request came.
    pub(crate) fn version(&self) -> &Version {
        match self {
            Self::Snapshot(snapshot) => snapshot.version(),
            Self::Store(_, version) => version,
        }
    }

    /// What is read from.
    pub(crate) fn sites(&self) -> &dyn SiteRepository {
        match self {
            Self::Snapshot(snapshot) => &**snapshot,
            Self::Store(sites, _) => *sites,
        }
    }

    /// The snapshot, which has texts of sites ready, where there is one.
    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        match self {
            Self::Snapshot(snapshot) => Some(snapshot),
            Self::Store(..) => None,
        }
    }

    /// Whether everything that was read belongs to the version of the beginning.
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
