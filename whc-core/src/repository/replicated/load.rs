//! Loads a snapshot whose data all belong to one version.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::repository::snapshot::Snapshot;
use crate::repository::{SiteRepository, Version};
use crate::site::{Change, ChangeQuery, Site, SiteQuery};

/// How many times to read when the data change during the read, before this check fails.
const ATTEMPTS: usize = 5;

/// A snapshot of `source` as it is now; `None` if its version is still the one known.
pub(super) async fn if_moved(
    source: Arc<dyn SiteRepository>,
    known: Option<Version>,
) -> Result<Option<Snapshot>> {
    let mut version = source.version().await?;
    if known.as_ref() == Some(&version) {
        return Ok(None);
    }
    // Data of an incompatible schema could be readable and yet mean something else.
    source.ready().await?;
    for _ in 0..ATTEMPTS {
        let read = all(&*source).await;
        let after = source.version().await?;
        // The outcome counts, success or failure, only if the version did not change in the meantime.
        if after == version {
            let (sites, changes) = read?;
            return Ok(Some(Snapshot::new(version, sites)?.with_changes(changes)));
        }
        version = after;
    }
    Err(Error::unavailable("the data changes faster than it can be read"))
}

/// The sites, and the latest changes.
async fn all(source: &dyn SiteRepository) -> Result<(Vec<Arc<Site>>, Vec<Arc<Change>>)> {
    let sites = source.list_all(&SiteQuery::ALL).await?;
    Ok((sites, source.changes(&ChangeQuery::LATEST).await?.items))
}
