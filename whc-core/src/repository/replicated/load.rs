//! Taking a snapshot that is of one version from corner to corner.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::repository::snapshot::Snapshot;
use crate::repository::{SiteRepository, Version};
use crate::site::{Change, ChangeQuery, Site, SiteQuery};

/// How often the data may change under the reading before it is given up until the next check.
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
    // A schema that does not fit might still be readable, and mean something else.
    source.ready().await?;
    for _ in 0..ATTEMPTS {
        let read = all(&*source).await;
        let after = source.version().await?;
        // What was read, or could not be, counts only if nothing moved meanwhile.
        if after == version {
            let (sites, changes) = read?;
            return Ok(Some(Snapshot::new(version, sites)?.with_changes(changes)));
        }
        version = after;
    }
    Err(Error::unavailable("the data changes faster than it can be read"))
}

/// The sites and what the source remembers of their history.
async fn all(source: &dyn SiteRepository) -> Result<(Vec<Arc<Site>>, Vec<Arc<Change>>)> {
    let sites = source.list_all(&SiteQuery::ALL).await?;
    Ok((sites, source.changes(&ChangeQuery::LATEST).await?.items))
}
