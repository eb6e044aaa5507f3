//! Maps in pages: of sites with links, with the legend of what is on them.

use std::sync::Arc;

use super::frame::Frame;
use super::row::{Dot, SiteLink};
use crate::repository::ReadView;
use crate::site::{Category, Site, SiteQuery};
use crate::web::format::map::{Labels, Map, Marker};

/// A map of sites.
pub(crate) struct SiteMap<'a> {
    pub(crate) map: Map<'a>,
    /// The symbols on it.
    pub(crate) dots: Vec<Dot>,
    /// Whether there are rings on it.
    pub(crate) has_danger: bool,
    /// The sites that are not on it, as it shows another part of the world.
    pub(crate) outside: Option<Outside<'a>>,
}

/// The sites that a map does not show although their places are known.
pub(crate) struct Outside<'a> {
    /// How many they are.
    pub(crate) count: String,
    pub(crate) sites: Vec<SiteLink<'a>>,
}

impl<'a> SiteMap<'a> {
    /// The world with these sites.
    pub(crate) fn world(sites: &'a [Arc<Site>], view: &'a ReadView<'_>, frame: &Frame<'a>) -> Self {
        Self::of(sites, view, frame, Map::world(Marker::of_sites(sites, frame.language)))
    }

    /// The part of the world around these sites; `None` where nobody knows where any of them is.
    pub(crate) fn around(
        sites: &'a [Arc<Site>],
        query: &SiteQuery,
        view: &'a ReadView<'_>,
        frame: &Frame<'a>,
    ) -> Option<Self> {
        let map = Map::of_sites(sites, query, frame.language);
        (map.places() > 0).then(|| Self::of(sites, view, frame, map))
    }

    fn of(sites: &'a [Arc<Site>], view: &'a ReadView<'_>, frame: &Frame<'a>, map: Map<'a>) -> Self {
        let is_there = |category: &Category| sites.iter().any(|site| site.category == *category);
        let is_outside = |site: &&Arc<Site>| site.point.is_some_and(|place| !map.shows(place));
        let outside: Vec<_> =
            sites.iter().filter(is_outside).map(|site| SiteLink::new(site, frame)).collect();
        let labels = || view.snapshot().map(|snapshot| Labels::new(snapshot, frame.language));
        Self {
            map: map.linked(frame.to.all_sites()).labelled(labels),
            outside: (!outside.is_empty())
                .then(|| Outside { count: (frame.text.outside_map)(outside.len()), sites: outside }),
            dots: Category::ALL
                .into_iter()
                .filter(is_there)
                .map(|category| Dot::of(category, frame))
                .collect(),
            has_danger: sites.iter().any(|site| site.danger.is_current()),
        }
    }
}
