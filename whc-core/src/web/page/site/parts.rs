//! The component parts of a site: where they are, and in which states.

use std::collections::BTreeMap;

use crate::site::{CountryCode, Site, state_name};
use crate::web::format::map::{Locator, Map};
use crate::web::page::address::Address;
use crate::web::page::frame::Frame;
use crate::web::page::number::{Number, Share};
use crate::web::page::text::Text;

/// The map of a site.
pub(super) struct PartsMap {
    pub(super) map: Map<'static>,
    /// What there is to see.
    pub(super) caption: String,
    /// Where in the world it lies.
    pub(super) locator: Option<Locator>,
}

impl PartsMap {
    /// The map of the parts of a site, of its one point where it has none; `None` where neither is known.
    pub(super) fn of(site: &Site, text: &Text) -> Option<Self> {
        let parts: Vec<_> = site.components.iter().map(|part| part.point).collect();
        let places = if parts.is_empty() { site.point.into_iter().collect() } else { parts };
        if places.is_empty() {
            return None;
        }
        let map = Map::of_components(site.category, &places);
        let caption = match (map.true_latitude(), places.len()) {
            (Some(latitude), 1) => (text.one_point)(&latitude),
            (Some(latitude), parts) => (text.components_at_scale)(parts, &latitude),
            (None, parts) => (text.components_of)(parts),
        };
        Some(Self { caption, locator: map.locator(), map })
    }
}

/// How many parts lie in a state.
pub(super) struct PartsOfState<'a> {
    pub(super) address: Address<'a>,
    pub(super) name: String,
    pub(super) count: Number,
    /// Of the state with the most.
    pub(super) share: Share,
}

/// The states with the numbers of parts, that with the most first; nothing where all are in one state.
pub(super) fn by_state<'a>(site: &Site, frame: &Frame<'a>) -> Vec<PartsOfState<'a>> {
    let mut counts: BTreeMap<CountryCode, u64> = BTreeMap::new();
    if site.countries().count() > 1 {
        site.components
            .iter()
            .filter_map(|part| part.country)
            .for_each(|iso| *counts.entry(iso).or_default() += 1);
    }
    let most = counts.values().copied().max().unwrap_or_default();
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(iso, count)| (std::cmp::Reverse(*count), state_name(*iso)));
    let part = |(iso, count)| PartsOfState {
        address: frame.to.country(iso),
        name: state_name(iso).map_or_else(|| iso.to_string(), str::to_owned),
        count: Number(count),
        share: Share(count, most),
    };
    if counts.len() > 1 { counts.into_iter().map(part).collect() } else { Vec::new() }
}
