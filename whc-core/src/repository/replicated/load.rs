//! Asking whether a source has moved, and taking a snapshot if it has.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::snapshot::Snapshot;
use crate::repository::{SiteRepository, Version};
use crate::site::{ChangeQuery, SiteQuery};

/// What is known of a source before it is asked.
pub(super) struct Known {
    /// What is shown.
    pub(super) shown: Option<Arc<Snapshot>>,
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
    if known.shown.as_ref().is_some_and(|shown| *shown.version() == version) {
        return if known.look { look(&*source).await.map(|()| None) } else { Ok(None) };
    }
    // A schema that does not fit might still be readable, and mean something else.
    source.ready().await?;
    source.load(version, known.shown.as_deref()).await.map(Some)
}

/// Whether sites and history can be read at all, by one of each. A table that is gone, or a right, moves no version.
async fn look(source: &dyn SiteRepository) -> Result<()> {
    let window = Window::new(1, 0)?;
    source.list(&SiteQuery::ALL.with(|query| query.window = window)).await?;
    source.changes(&ChangeQuery::LATEST.with(|query| query.window = window)).await.map(drop)
}
