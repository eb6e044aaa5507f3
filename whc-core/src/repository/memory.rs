//! Sites in memory: the embedded facts, or any that are given.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use async_trait::async_trait;

use super::history::History;
use super::picture::Picture;
use super::{Revision, SiteRepository, SiteStore, Version};
use crate::clock::{Clock, SystemClock};
use crate::error::Result;
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Site, SiteId, SiteQuery};

/// Sites in memory. Writing replaces the whole picture at once, so readers never see half a change. The history goes
/// back to the start of the process, and at most 10,000 changes.
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
    state: RwLock<Arc<State>>,
    clock: Arc<dyn Clock>,
}

/// What readers see.
#[derive(Debug)]
struct State {
    picture: Picture,
    history: History,
    /// That of the picture while nothing has happened to it.
    version: Version,
}

impl MemorySites {
    /// The World Heritage List as compiled into this crate: names, places and dates of every site.
    ///
    /// # Errors
    /// None in a released crate, since a test reads every row; an internal error names the row that cannot be read.
    pub fn embedded() -> Result<Self> {
        Ok(Self::with_picture(Picture::embedded()?))
    }

    /// These sites and no others; of two with the same id the later one counts. Nothing has happened to them yet.
    pub fn new(sites: impl IntoIterator<Item = Site>) -> Self {
        Self::with_picture(Picture::default().with(sites))
    }

    fn with_picture(picture: Picture) -> Self {
        let (version, history) = (picture.version().clone(), History::default());
        let state = RwLock::new(Arc::new(State { picture, history, version }));
        Self { state, clock: Arc::new(SystemClock) }
    }

    /// These sites, whose changes from now on happen at the time `clock` shows.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// What becomes of this when `sites` are put in.
    fn with(&self, sites: Vec<Site>, at: SystemTime, source: Option<&str>) -> Self {
        let picture = self.picture.with(sites);
        let changes = picture.sites().iter().filter_map(|site| {
            Change::between(self.picture.get(site.id).map(|old| &**old), site, at, source)
        });
        let history = self.history.with(changes);
        let version = version_of(&picture, &history);
        Self { picture, history, version }
    }
}

/// The same sites with another history are another version.
fn version_of(picture: &Picture, history: &History) -> Version {
    let sites = picture.version();
    if history.changes().is_empty() {
        return sites.clone();
    }
    let mut hasher = DefaultHasher::new();
    history.changes().hash(&mut hasher);
    Version::new(format!("{sites}-{:016x}", hasher.finish()))
}

#[async_trait]
impl SiteRepository for MemorySites {
    async fn get(&self, id: SiteId) -> Result<Option<Arc<Site>>> {
        Ok(self.state().picture.get(id).cloned())
    }

    async fn list(&self, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
        Ok(self.state().picture.list(query))
    }

    async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        Ok(self.state().history.list(query))
    }

    async fn version(&self) -> Result<Version> {
        Ok(self.state().version.clone())
    }
}

#[async_trait]
impl SiteStore for MemorySites {
    async fn revise_from(&self, source: Option<&str>, revision: &mut Revision<'_>) -> Result<usize> {
        // Held throughout, so that two revisions cannot both start from the same picture.
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let sites = revision(state.picture.sites())?;
        let written = sites.len();
        if written > 0 {
            *state = Arc::new(state.with(sites, self.clock.now(), source));
        }
        Ok(written)
    }
}
