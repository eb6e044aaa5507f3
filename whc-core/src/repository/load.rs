//! Taking a snapshot that is of one version from corner to corner, of a store that has no way of its own.

use std::sync::Arc;

use super::snapshot::Snapshot;
use super::{SiteRepository, Version};
use crate::error::{Error, Result};
use crate::site::{Change, ChangeQuery, Site, SiteQuery};

/// How often the data may change under the reading before it is given up until the next check.
const ATTEMPTS: usize = 5;

pub(super) async fn load<R: SiteRepository + ?Sized>(source: &R, mut version: Version) -> Result<Snapshot> {
    if let Some(snapshot) = source.snapshot() {
        return Ok(snapshot.reissued());
    }
    for _ in 0..ATTEMPTS {
        let read = all(source).await;
        let after = source.version().await?;
        // What was read, or could not be, counts only if nothing moved meanwhile.
        if after == version {
            let (sites, changes) = read?;
            return Ok(Snapshot::new(version, sites)?.with_changes(changes));
        }
        version = after;
    }
    Err(Error::unavailable("the data changes faster than it can be read"))
}

/// The sites and what the source remembers of their history.
async fn all<R: SiteRepository + ?Sized>(source: &R) -> Result<(Vec<Arc<Site>>, Vec<Arc<Change>>)> {
    let sites = source.list_all(&SiteQuery::ALL).await?;
    Ok((sites, source.changes(&ChangeQuery::LATEST).await?.items))
}
