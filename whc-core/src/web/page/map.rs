//! Maps in pages: of sites with links, with the legend of what is on them.

use std::sync::Arc;

use super::frame::Frame;
use super::row::Dot;
use crate::site::{Category, Site};
use crate::web::format::map::{Map, Marker};

/// A map of sites.
pub(crate) struct SiteMap<'a> {
    pub(crate) map: Map<'a>,
    /// The symbols on it.
    pub(crate) dots: Vec<Dot>,
    /// Whether there are rings on it.
    pub(crate) has_danger: bool,
}

impl<'a> SiteMap<'a> {
    /// The world with these sites.
    pub(crate) fn world(sites: &[Arc<Site>], frame: &Frame<'_>) -> Self {
        Self::of(sites, frame, Map::world(markers(sites, frame)))
    }

    /// The part of the world around these sites; `None` where nobody knows where any of them is.
    pub(crate) fn around(sites: &[Arc<Site>], frame: &Frame<'_>) -> Option<Self> {
        let markers = markers(sites, frame);
        (!markers.is_empty()).then(|| Self::of(sites, frame, Map::around(markers)))
    }

    fn of(sites: &[Arc<Site>], frame: &Frame<'_>, map: Map<'a>) -> Self {
        let is_there = |category: &Category| sites.iter().any(|site| site.category == *category);
        Self {
            map,
            dots: Category::ALL
                .into_iter()
                .filter(is_there)
                .map(|category| Dot::of(category, frame))
                .collect(),
            has_danger: sites.iter().any(|site| site.danger.is_current()),
        }
    }
}

fn markers<'a>(sites: &[Arc<Site>], frame: &Frame<'_>) -> Vec<Marker<'a>> {
    let marker = |site: &Arc<Site>| Marker::of_site(site, frame.to.site(site.id).to_string(), frame.language);
    sites.iter().filter_map(marker).collect()
}
