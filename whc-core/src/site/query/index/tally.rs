//! Facets of a few sites: each is looked at.

use foldhash::HashMap;

use crate::site::{Category, CountryCode, Criteria, Decade, Facets, Regions, Site, Year};

/// How many of some sites have each value. An array has the counts of the few values there can be, in the order of `ALL`.
#[derive(Default)]
pub(super) struct Tally {
    total: u64,
    in_danger: u64,
    categories: [u64; 3],
    regions: [u64; 5],
    criteria: [u64; 10],
    countries: HashMap<CountryCode, u64>,
    years: HashMap<Year, u64>,
}

impl Tally {
    fn count(&mut self, site: &Site) {
        self.total += 1;
        self.in_danger += u64::from(site.danger.is_current());
        self.categories[site.category as usize] += 1;
        site.regions.iter().for_each(|region| self.regions[region as usize] += 1);
        site.criteria.iter().for_each(|criterion| self.criteria[criterion as usize] += 1);
        site.countries().for_each(|iso| *self.countries.entry(iso).or_default() += 1);
        *self.years.entry(site.inscribed).or_default() += 1;
    }

    /// The facets of those that were counted.
    pub(super) fn facets(self) -> Facets {
        let mut facets = Facets { total: self.total, in_danger: self.in_danger, ..Facets::default() };
        facets.categories.extend(some(Category::ALL.into_iter().zip(self.categories)));
        facets.regions.extend(some(Regions::ALL.iter().zip(self.regions)));
        facets.criteria.extend(some(Criteria::ALL.iter().zip(self.criteria)));
        facets.countries.extend(self.countries);
        for (year, count) in self.years {
            *facets.decades.entry(Decade::from_year(year)).or_default() += count;
        }
        facets
    }
}

impl<'a> FromIterator<&'a Site> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Site>>(sites: I) -> Self {
        let mut tally = Self::default();
        sites.into_iter().for_each(|site| tally.count(site));
        tally
    }
}

/// Those with a count.
fn some<T>(counts: impl Iterator<Item = (T, u64)>) -> impl Iterator<Item = (T, u64)> {
    counts.filter(|(_, count)| *count > 0)
}
