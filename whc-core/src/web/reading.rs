//! The data one request is answered from: a picture where there is one, else the store that has to be asked.

use std::sync::Arc;

use crate::app::App;
use crate::error::Result;
use crate::repository::{Picture, SiteRepository, Texts, Version};
use crate::site::document::Form;
use crate::site::{Language, Site, SiteId, SiteQuery};

/// The data one request is answered from.
pub(super) enum Reading<'a> {
    Picture(Arc<Picture>),
    /// With the version it had when the request came.
    Store(&'a dyn SiteRepository, Version),
}

/// Sites that were found, in the order of the answer.
pub(super) enum Found<'a> {
    /// By their positions.
    Pictured(&'a Picture, Vec<usize>),
    Read(Vec<Arc<Site>>),
}

impl<'a> Reading<'a> {
    pub(super) async fn begin(app: &'a App) -> Result<Self> {
        let sites = app.sites();
        Ok(match sites.picture() {
            Some(picture) => Self::Picture(picture),
            None => Self::Store(sites, sites.version().await?),
        })
    }

    pub(super) fn version(&self) -> &Version {
        match self {
            Self::Picture(picture) => picture.version(),
            Self::Store(_, version) => version,
        }
    }

    /// What can be asked for the rest.
    pub(super) fn sites(&self) -> &dyn SiteRepository {
        match self {
            Self::Picture(picture) => &**picture,
            Self::Store(sites, _) => *sites,
        }
    }

    /// The site with this id.
    pub(super) async fn find(&self, id: SiteId) -> Result<Option<Found<'_>>> {
        Ok(match self {
            Self::Picture(picture) => {
                picture.position(id).map(|position| Found::Pictured(picture, vec![position]))
            }
            Self::Store(sites, _) => sites.get(id).await?.map(|site| Found::Read(vec![site])),
        })
    }

    /// The sites `query` asks for, and how many there are outside of its window too.
    pub(super) async fn list(&self, query: &SiteQuery) -> Result<(Found<'_>, u64)> {
        match self {
            Self::Picture(picture) => {
                let selection = picture.select(query);
                Ok((Found::Pictured(picture, selection.positions), selection.total))
            }
            Self::Store(sites, _) => {
                let page = sites.list(query).await?;
                Ok((Found::Read(page.items), page.total))
            }
        }
    }

    /// Whether everything that was read belongs to the version of the beginning.
    pub(super) async fn is_current(&self) -> Result<bool> {
        match self {
            Self::Picture(_) => Ok(true),
            Self::Store(sites, version) => Ok(sites.version().await? == *version),
        }
    }
}

impl Found<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Pictured(_, positions) => positions.len(),
            Self::Read(sites) => sites.len(),
        }
    }

    /// The site at a place in the answer.
    pub(super) fn site(&self, at: usize) -> &Site {
        match self {
            Self::Pictured(picture, positions) => &picture.sites()[positions[at]],
            Self::Read(sites) => &sites[at],
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Site> {
        (0..self.len()).map(|at| self.site(at))
    }

    /// Their texts, where those are ready, with the positions of the sites.
    pub(super) fn texts(&self, form: Form, language: Language) -> Option<(&Texts, &[usize])> {
        let Self::Pictured(picture, positions) = self else { return None };
        Some((picture.texts(form, language, positions.len())?, positions))
    }
}
