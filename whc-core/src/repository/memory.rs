//! Sites in memory: the embedded facts, or any that are given.

use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;

use super::{Revision, SiteRepository, SiteStore, Version};
use crate::error::Result;
use crate::page::Page;
use crate::site::{self, Site, SiteId, SiteQuery};

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
    picture: RwLock<Arc<Picture>>,
}

#[derive(Debug)]
struct Picture {
    /// Ordered by id, each id once.
    sites: Vec<Arc<Site>>,
    version: Version,
}

impl MemorySites {
    /// The World Heritage List as compiled into this crate: names, places and dates of every site.
    ///
    /// # Errors
    /// None in a released crate, since a test reads every row; an internal error names the row that cannot be read.
    pub fn embedded() -> Result<Self> {
        let sites = site::embedded()?.into_iter().map(Arc::new).collect();
        Ok(Self::with_picture(Picture { sites, version: Version::new(site::embedded_version()) }))
    }

    /// These sites and no others; of two with the same id the later one counts.
    pub fn new(sites: impl IntoIterator<Item = Site>) -> Self {
        Self::with_picture(Picture::default().with(sites))
    }

    fn with_picture(picture: Picture) -> Self {
        Self { picture: RwLock::new(Arc::new(picture)) }
    }

    fn picture(&self) -> Arc<Picture> {
        Arc::clone(&self.picture.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for Picture {
    fn default() -> Self {
        Self { sites: Vec::new(), version: version_of(&[]) }
    }
}

impl Picture {
    fn get(&self, id: SiteId) -> Option<&Arc<Site>> {
        self.sites.binary_search_by_key(&id, |site| site.id).ok().map(|at| &self.sites[at])
    }

    /// This picture with `sites` put in.
    fn with(&self, sites: impl IntoIterator<Item = Site>) -> Self {
        let mut all = self.sites.clone();
        all.extend(sites.into_iter().map(Arc::new));
        // A stable sort keeps the order of doubles; from the end backwards the first one met is the latest.
        all.sort_by_key(|site| site.id);
        all.reverse();
        all.dedup_by_key(|site| site.id);
        all.reverse();
        Self { version: version_of(&all), sites: all }
    }
}

#[async_trait]
impl SiteRepository for MemorySites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.picture().get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(query.select(&self.picture().sites))
    }

    async fn version(&self) -> Result<Version> {
        Ok(self.picture().version.clone())
    }
}

#[async_trait]
impl SiteStore for MemorySites {
    async fn revise(&self, revision: &mut Revision<'_>) -> Result<usize> {
        // Held throughout, so that two revisions cannot both start from the same picture.
        let mut picture = self.picture.write().unwrap_or_else(PoisonError::into_inner);
        let sites = revision(&picture.sites)?;
        let written = sites.len();
        if written > 0 {
            *picture = Arc::new(picture.with(sites));
        }
        Ok(written)
    }
}

/// Equal sites give equal versions, in every process that runs the same build.
fn version_of(sites: &[Arc<Site>]) -> Version {
    struct Text(DefaultHasher);
    impl fmt::Write for Text {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut text = Text(DefaultHasher::new());
    // Hashing cannot fail, so neither can writing into the hasher.
    let _ = write!(text, "{sites:?}");
    Version::new(format!("memory-{:016x}", text.0.finish()))
}
