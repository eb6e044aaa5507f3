//! Maps in pages: of sites with links, with the legend of what is on them.

use std::sync::Arc;

use super::frame::Frame;
use super::row::Dot;
use crate::site::{Category, Site, SiteQuery};
use crate::web::format::map::{Map, Marker};

/// A map of sites.
pub(crate) struct SiteMap<'a> {
    pub(crate) map: Map<'a>,
    /// The symbols on it.
    pub(crate) dots: Vec<Dot>,
    /// Whether there are rings on it.
    pub(crate) has_danger: bool,
    /// That some of the sites are not on it, as it shows another part of the world.
    pub(crate) outside: Option<String>,
}

impl<'a> SiteMap<'a> {
    /// The world with these sites.
    pub(crate) fn world(sites: &'a [Arc<Site>], frame: &Frame<'_>) -> Self {
        Self::of(sites, frame, Map::world(Marker::of_sites(sites, frame.language)))
    }

    /// The part of the world around these sites; `None` where nobody knows where any of them is.
    pub(crate) fn around(sites: &'a [Arc<Site>], query: &SiteQuery, frame: &Frame<'_>) -> Option<Self> {
        let map = Map::of_sites(sites, query, frame.language);
        (map.places() > 0).then(|| Self::of(sites, frame, map))
    }

    fn of(sites: &[Arc<Site>], frame: &Frame<'_>, map: Map<'a>) -> Self {
        let is_there = |category: &Category| sites.iter().any(|site| site.category == *category);
        let placed = sites.iter().filter(|site| site.point.is_some()).count();
        let outside = placed - map.places();
        Self {
            map: map.linked(frame.to.all_sites()),
            outside: (outside > 0).then(|| (frame.text.outside_map)(outside)),
            dots: Category::ALL
                .into_iter()
                .filter(is_there)
                .map(|category| Dot::of(category, frame))
                .collect(),
            has_danger: sites.iter().any(|site| site.danger.is_current()),
        }
    }
}
