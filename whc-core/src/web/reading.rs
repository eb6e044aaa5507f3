//! The data one request is answered from: a snapshot where there is one, else the store that has to be asked.

use std::sync::Arc;

use crate::app::App;
use crate::error::Result;
use crate::page::{Page, Window};
use crate::repository::{SiteRepository, Snapshot, Texts, Version};
use crate::site::json::Form;
use crate::site::{Change, ChangeQuery, Language, Site, SiteId, SiteQuery};

/// The data one request is answered from.
pub(super) enum Reading<'a> {
    Snapshot(Arc<Snapshot>),
    /// With the version it had when the request came.
    Store(&'a dyn SiteRepository, Version),
}

/// Sites that were found, in the order of the answer.
pub(super) enum Found<'a> {
    /// By their positions.
    Snapshot(&'a Snapshot, Vec<usize>),
    Read(Vec<Arc<Site>>),
}

impl<'a> Reading<'a> {
    pub(super) async fn begin(app: &'a App) -> Result<Self> {
        let sites = app.sites();
        Ok(match sites.snapshot() {
            Some(snapshot) => Self::Snapshot(snapshot),
            None => Self::Store(sites, sites.version().await?),
        })
    }

    pub(super) fn version(&self) -> &Version {
        match self {
            Self::Snapshot(snapshot) => snapshot.version(),
            Self::Store(_, version) => version,
        }
    }

    /// What can be asked for the rest.
    pub(super) fn sites(&self) -> &dyn SiteRepository {
        match self {
            Self::Snapshot(snapshot) => &**snapshot,
            Self::Store(sites, _) => *sites,
        }
    }

    /// The site with this id.
    pub(super) async fn find(&self, id: SiteId) -> Result<Option<Found<'_>>> {
        Ok(match self {
            Self::Snapshot(snapshot) => {
                snapshot.position(id).map(|position| Found::Snapshot(snapshot, vec![position]))
            }
            Self::Store(sites, _) => sites.get(id).await?.map(|site| Found::Read(vec![site])),
        })
    }

    /// The sites `query` asks for, and how many there are outside of its window too.
    pub(super) async fn list(&self, query: &SiteQuery) -> Result<(Found<'_>, u64)> {
        match self {
            Self::Snapshot(snapshot) => {
                let selection = snapshot.select(query);
                Ok((Found::Snapshot(snapshot, selection.positions), selection.total))
            }
            Self::Store(sites, _) => {
                let page = sites.list(query).await?;
                Ok((Found::Read(page.items), page.total))
            }
        }
    }

    /// All sites `query` asks for, whatever its window.
    pub(super) async fn whole(&self, query: &SiteQuery) -> Result<Found<'_>> {
        Ok(match self {
            Self::Snapshot(snapshot) => {
                let query = SiteQuery { window: Window::UNLIMITED, ..query.clone() };
                Found::Snapshot(snapshot, snapshot.select(&query).positions)
            }
            Self::Store(sites, _) => Found::Read(sites.list_all(query).await?),
        })
    }

    /// What happened to the sites, as far as `query` asks.
    pub(super) async fn changes(&self, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
        match self {
            Self::Snapshot(snapshot) => Ok(snapshot.changes(query)),
            Self::Store(sites, _) => sites.changes(query).await,
        }
    }

    /// Whether everything that was read belongs to the version of the beginning.
    pub(super) async fn is_current(&self) -> Result<bool> {
        match self {
            Self::Snapshot(_) => Ok(true),
            Self::Store(sites, version) => Ok(sites.version().await? == *version),
        }
    }
}

impl Found<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Snapshot(_, positions) => positions.len(),
            Self::Read(sites) => sites.len(),
        }
    }

    /// The site at a place in the answer.
    pub(super) fn site(&self, at: usize) -> &Site {
        match self {
            Self::Snapshot(snapshot, positions) => &snapshot.sites()[positions[at]],
            Self::Read(sites) => &sites[at],
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Site> {
        (0..self.len()).map(|at| self.site(at))
    }

    /// Their texts, where those are ready, with the positions of the sites.
    pub(super) fn texts(&self, form: Form, language: Language) -> Option<(&Texts, &[usize])> {
        let Self::Snapshot(snapshot, positions) = self else { return None };
        Some((snapshot.texts(form, language, positions.len())?, positions))
    }
}
