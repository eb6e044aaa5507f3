//! Sites in memory: the embedded facts, or any that are given.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::picture::Picture;
use super::{Revision, SiteRepository, SiteStore, Version};
use crate::error::Result;
use crate::page::Page;
use crate::site::{Facets, Site, SiteId, SiteQuery};

/// Sites in memory. Writing replaces the whole picture at once, so readers never see half a change.
///
/// ```
/// # use whc_core::{MemorySites, SiteId, SiteRepository};
/// # async fn example() -> whc_core::Result<()> {
/// let sites = MemorySites::embedded()?;
/// let quito = sites.get(SiteId::new(2)?).await?;
/// assert_eq!(quito.unwrap().names.english(), "City of Quito");
/// # Ok(())
/// # }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
/// ```
#[derive(Debug)]
pub struct MemorySites {
    shown: ArcSwap<Picture>,
    writing: Mutex<()>,
}

impl MemorySites {
    /// The World Heritage List as compiled into this crate: names, places and dates of every site.
    ///
    /// # Errors
    /// None in a released crate, since a test reads every row; an internal error names the row that cannot be read.
    pub fn embedded() -> Result<Self> {
        Ok(Self::with_picture(Picture::embedded()?))
    }

    /// These sites and no others; of two with the same id the later one counts.
    pub fn new(sites: impl IntoIterator<Item = Site>) -> Self {
        Self::with_picture(Picture::default().with(sites))
    }

    fn with_picture(picture: Picture) -> Self {
        Self { shown: ArcSwap::from_pointee(picture), writing: Mutex::default() }
    }
}

#[async_trait]
impl SiteRepository for MemorySites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.shown.load().get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(self.shown.load().list(query))
    }

    async fn facets(&self, query: &SiteQuery) -> Result<Facets> {
        Ok(self.shown.load().facets(query))
    }

    async fn version(&self) -> Result<Version> {
        Ok(self.shown.load().version().clone())
    }

    fn picture(&self) -> Option<Arc<Picture>> {
        Some(self.shown.load_full())
    }
}

#[async_trait]
impl SiteStore for MemorySites {
    async fn revise(&self, revision: &mut Revision<'_>) -> Result<usize> {
        // Held throughout, so that two revisions cannot both start from the same picture.
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let picture = self.shown.load();
        let sites = revision(picture.sites())?;
        let written = sites.len();
        if written > 0 {
            self.shown.store(Arc::new(picture.with(sites)));
        }
        Ok(written)
    }
}
