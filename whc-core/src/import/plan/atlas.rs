//! Where the states of the list are, by the sites they have: in which region, and near which points.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::import::basis::Basis;
use crate::import::finding::Findings;
use crate::import::place::{far, is_far_from};
use crate::site::{CountryCode, FieldName, Point, Region, Regions, Site};

/// How far from all others a site of a state is at most, in kilometres, when sites of another state are near: those that are
/// farther are on islands of their own.
const OUTLYING_KM: f64 = 1000.0;

/// What a site cannot contradict: the sites of the list compiled in show it.
pub(super) struct Atlas {
    /// No state is in two regions.
    regions: HashMap<CountryCode, HashSet<Region>>,
    places: Vec<(CountryCode, Point)>,
}

impl Atlas {
    /// Made once: a program that plans more than one import plans many.
    pub(super) fn of(basis: &Basis<'_>) -> &'static Self {
        static ATLAS: OnceLock<Atlas> = OnceLock::new();
        ATLAS.get_or_init(|| {
            let (mut regions, mut places) = (HashMap::<_, HashSet<_>>::new(), Vec::new());
            for site in basis.compiled_all() {
                if let [state] = &*site.states {
                    regions.entry(state.iso).or_default().extend(site.regions.iter());
                }
                let parts = site.components.iter().filter_map(|part| Some((part.country?, part.point)));
                places.extend(site.countries().filter_map(|code| Some((code, site.point?))).chain(parts));
            }
            let regions = regions.into_iter().filter_map(|(code, regions)| Some((code?, regions)));
            Self { regions: regions.collect(), places }
        })
    }

    /// Whether `told` puts a site where it cannot be: all of its states are others, its point is far from its parts or in
    /// another country, or a region is none of its states'. Who copies a column over another makes the like for a whole country.
    pub(super) fn displaces(&self, field: FieldName, known: &Site, told: &Site) -> bool {
        match field.as_str() {
            "states" => {
                !known.states.is_empty() && !told.states.iter().any(|state| known.states.contains(state))
            }
            "coordinates" => {
                let from_parts = known.components == told.components && is_far_from(told, &known.components);
                from_parts || far(known.point, told.point) && self.abroad(told).is_some()
            }
            "regions" => self.wrong_region(told).is_some(),
            _ => false,
        }
    }

    /// Leaves out of a site what cannot be, where nothing was known `before`.
    pub(super) fn settle(&self, site: &mut Site, before: Option<&Site>, findings: &mut Findings) {
        let has_point = before.is_some_and(|before| before.point.is_some());
        if let Some(country) = self.abroad(site).filter(|_| !has_point) {
            let found = format!("the point is far from all sites of its states, and near those of {country}");
            findings.warn("coordinates", found, "the place is left out");
            site.point = None;
        }
        let has_region = before.is_some_and(|before| !before.regions.is_empty());
        if let Some(region) = self.wrong_region(site).filter(|_| !has_region) {
            findings.warn("region", format!("none of its states is in {region}"), "the region is left out");
            site.regions = Regions::NONE;
        }
    }

    /// A region that none of the site's states is in, where all of them are known.
    fn wrong_region(&self, site: &Site) -> Option<Region> {
        let theirs: Option<Vec<_>> = site.states.iter().map(|state| self.regions.get(&state.iso?)).collect();
        let theirs = theirs.filter(|theirs| !theirs.is_empty())?;
        site.regions.iter().find(|region| !theirs.iter().any(|regions| regions.contains(region)))
    }

    /// The other country that the site's point seems to be in.
    fn abroad(&self, site: &Site) -> Option<CountryCode> {
        let point = site.point?;
        let own: Vec<_> = site.countries().collect();
        // A state without a code may be anywhere, and so may one without a site.
        let is_known = |code: &CountryCode| self.regions.contains_key(code);
        if own.is_empty() || own.len() < site.states.len() || !own.iter().all(is_known) {
            return None;
        }
        let near_own = self
            .places
            .iter()
            .any(|(code, place)| own.contains(code) && place.kilometres_to(point) < OUTLYING_KM);
        let neighbour = || self.places.iter().find(|(_, place)| !far(Some(*place), Some(point)));
        if near_own { None } else { neighbour().map(|(code, _)| *code) }
    }
}
