//! Taking a snapshot that is of one version from corner to corner.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::snapshot::Snapshot;
use crate::repository::{SiteRepository, Version};
use crate::site::{Change, ChangeQuery, Site, SiteQuery};

/// How often the data may change under the reading before it is given up until the next check.
const ATTEMPTS: usize = 5;

/// What is known of a source before it is asked.
pub(super) struct Known {
    /// The version that is shown.
    pub(super) version: Option<Version>,
    /// The version that is not to be shown, and why.
    pub(super) refused: Option<Refused>,
    /// Whether to read a little even where the version has not moved.
    pub(super) look: bool,
}

/// A version that is not to be shown, and why.
pub(super) struct Refused {
    pub(super) version: Version,
    pub(super) reason: Error,
}

impl Refused {
    pub(super) fn again(&self) -> Self {
        Self { version: self.version.clone(), reason: self.reason.again() }
    }
}

/// A snapshot of `source` as it is now; `None` if its version is still the one known.
pub(super) async fn if_moved(source: Arc<dyn SiteRepository>, known: Known) -> Result<Option<Snapshot>> {
    let version = source.version().await?;
    if let Some(refused) = known.refused.filter(|refused| refused.version == version) {
        return Err(refused.reason);
    }
    if known.version.as_ref() == Some(&version) {
        return if known.look { look(&*source).await.map(|()| None) } else { Ok(None) };
    }
    // A schema that does not fit might still be readable, and mean something else.
    source.ready().await?;
    whole(&*source, version).await.map(Some)
}

async fn whole(source: &dyn SiteRepository, mut version: Version) -> Result<Snapshot> {
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
async fn all(source: &dyn SiteRepository) -> Result<(Vec<Arc<Site>>, Vec<Arc<Change>>)> {
    let sites = source.list_all(&SiteQuery::ALL).await?;
    Ok((sites, source.changes(&ChangeQuery::LATEST).await?.items))
}

/// Whether sites and history can be read at all, by one of each. A table that is gone, or a right, moves no version.
async fn look(source: &dyn SiteRepository) -> Result<()> {
    let window = Window::new(1, 0)?;
    source.list(&SiteQuery::ALL.with(|query| query.window = window)).await?;
    source.changes(&ChangeQuery::LATEST.with(|query| query.window = window)).await.map(drop)
}
