//! How many sites of a selection have each value.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::SiteQuery;
use crate::site::{Category, CountryCode, Criterion, Region, Site, Year};

/// How many sites have each value. A site of several regions, countries or criteria counts for each of them once;
/// a value without a site is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facets {
    /// All sites.
    pub total: u64,
    /// Those of a category.
    pub categories: BTreeMap<Category, u64>,
    /// Those in a region.
    pub regions: BTreeMap<Region, u64>,
    /// Those of a state with a code.
    pub countries: BTreeMap<CountryCode, u64>,
    /// Those with a criterion.
    pub criteria: BTreeMap<Criterion, u64>,
    /// Those inscribed in a decade.
    pub decades: BTreeMap<Decade, u64>,
    /// Those on the List of World Heritage in Danger now.
    pub in_danger: u64,
}

impl Facets {
    /// Counts one more site.
    pub fn count(&mut self, site: &Site) {
        fn add<T: Ord>(counts: &mut BTreeMap<T, u64>, values: impl IntoIterator<Item = T>) {
            values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        self.total += 1;
        self.in_danger += u64::from(site.danger.is_current());
        add(&mut self.categories, [site.category]);
        add(&mut self.regions, site.regions.iter());
        add(&mut self.countries, site.countries());
        add(&mut self.criteria, site.criteria.iter());
        add(&mut self.decades, [Decade::from_year(site.inscribed)]);
    }
}

impl SiteQuery {
    /// The counts of the selection, without regard to order and window. This is the definition, from which no repository may
    /// differ.
    #[must_use]
    pub fn facets<'a>(&self, sites: impl IntoIterator<Item = &'a Arc<Site>>) -> Facets {
        let mut facets = Facets::default();
        self.hits(sites).iter().for_each(|hit| facets.count(&hit.site));
        facets
    }
}

/// Ten years, shown as the range a request takes: `1970..1979`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decade(u16);

impl Decade {
    /// The decade `year` is in.
    #[must_use]
    pub fn from_year(year: Year) -> Self {
        Self(year.get() / 10 * 10)
    }

    /// Its first year, before the Convention in the case of 1970.
    #[must_use]
    pub fn first(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Decade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.0, self.0 + 9)
    }
}
