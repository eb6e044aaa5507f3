//! The List over the years: what plots and tables about it show.

use std::collections::BTreeMap;

use super::{Category, Criterion, Region, Site, Year};

/// The List over the years.
///
/// ```
/// use whc_core::{Statistics, Year, site};
/// let sites = site::embedded()?;
/// let statistics = Statistics::new(&sites, Year::new(2026)?);
/// let first = &statistics.years[0];
/// assert_eq!((first.year.get(), first.on_list), (1978, 12));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// Every year from the first inscriptions on, also those without any.
    pub years: Vec<YearCounts>,
    /// How many of the sites on the List at the end of the last year have each criterion.
    pub criteria: BTreeMap<Criterion, u64>,
}

/// What happened in a year, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct YearCounts {
    /// The year.
    pub year: Year,
    /// The sites inscribed in it, those that left later too.
    pub inscribed: BTreeMap<Category, u64>,
    /// The sites on the List at its end.
    pub on_list: u64,
    /// Those of them in a region; a site in several counts in each.
    pub by_region: BTreeMap<Region, u64>,
    /// Those of them on the List of World Heritage in Danger.
    pub in_danger: u64,
}

impl Statistics {
    /// The counts of these sites until the end of the year `last`.
    #[must_use]
    pub fn new<'a>(sites: impl IntoIterator<Item = &'a Site>, last: Year) -> Self {
        let mut years: Vec<_> = last.of_the_list().map(YearCounts::new).collect();
        let mut criteria = BTreeMap::new();
        for site in sites {
            for year in &mut years {
                year.count(site);
            }
            if site.is_on_list_in(last) {
                for criterion in site.criteria.iter() {
                    *criteria.entry(criterion).or_default() += 1;
                }
            }
        }
        Self { years, criteria }
    }
}

impl YearCounts {
    fn new(year: Year) -> Self {
        Self { year, inscribed: BTreeMap::new(), on_list: 0, by_region: BTreeMap::new(), in_danger: 0 }
    }

    fn count(&mut self, site: &Site) {
        if site.inscribed == self.year {
            *self.inscribed.entry(site.category).or_default() += 1;
        }
        if site.is_on_list_in(self.year) {
            self.on_list += 1;
            self.in_danger += u64::from(site.danger.is_current_in(self.year));
            for region in site.regions.iter() {
                *self.by_region.entry(region).or_default() += 1;
            }
        }
    }
}
