//! Countries with the numbers of their sites.

use super::query::fold;
use super::{Category, CountryCode, Site, Year, state_name};

/// A country, with the numbers of its sites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Country {
    /// Its code.
    pub iso: CountryCode,
    /// UNESCO's English name.
    pub name: Box<str>,
    /// How many sites it has, those it shares with others too.
    pub sites: u64,
    /// How many of them are cultural.
    pub cultural: u64,
    /// How many are natural.
    pub natural: u64,
    /// How many are both.
    pub mixed: u64,
    /// How many are on the List of World Heritage in Danger now.
    pub in_danger: u64,
    /// How many cross a border.
    pub transboundary: u64,
    /// The year of the first inscription.
    pub first_inscribed: Year,
}

impl Country {
    /// Every country that one of `sites` belongs to, by name. States without a code are none.
    #[must_use]
    pub fn count_all<'a>(sites: impl IntoIterator<Item = &'a Site>) -> Vec<Self> {
        let mut countries = foldhash::HashMap::default();
        for site in sites {
            for iso in site.countries() {
                countries.entry(iso).or_insert_with(|| Self::without_sites(iso, site)).count(site);
            }
        }
        let mut countries: Vec<Self> = countries.into_values().collect();
        countries.sort_by_cached_key(|country| (fold(&country.name), country.iso));
        countries
    }

    /// The country with this code before any site is counted; `site` has a name for it and the first year.
    fn without_sites(iso: CountryCode, site: &Site) -> Self {
        let own = || site.states.iter().find(|state| state.iso == Some(iso)).map(|state| &*state.name);
        let name = state_name(iso).or_else(own).unwrap_or_default().into();
        let [sites, cultural, natural, mixed, in_danger, transboundary] = [0; 6];
        let first_inscribed = site.inscribed;
        Self { iso, name, sites, cultural, natural, mixed, in_danger, transboundary, first_inscribed }
    }

    fn count(&mut self, site: &Site) {
        self.sites += 1;
        *match site.category {
            Category::Cultural => &mut self.cultural,
            Category::Natural => &mut self.natural,
            Category::Mixed => &mut self.mixed,
        } += 1;
        self.in_danger += u64::from(site.danger.is_current());
        self.transboundary += u64::from(site.transboundary);
        self.first_inscribed = self.first_inscribed.min(site.inscribed);
    }
}
