//! The List over the years: what plots and tables about it show.

use std::collections::BTreeMap;

use super::{Category, Criteria, Criterion, Danger, Region, Regions, Site, Year};

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
        let mut criteria = [0; 10];
        let mut steps = vec![Step::default(); years.len()];
        for site in sites {
            let (from, to) = span(site, &years);
            if years.get(from).is_some_and(|counts| counts.year == site.inscribed) {
                steps[from].inscribed[site.category as usize] += 1;
            }
            if site.danger != Danger::default() {
                for counts in &mut years[from..to] {
                    counts.in_danger += u64::from(site.danger.is_current_in(counts.year));
                }
            }
            for (position, by) in [(from, 1), (to, -1)] {
                steps.get_mut(position).into_iter().for_each(|step| step.count(site, by));
            }
            if site.is_on_list_in(last) {
                site.criteria.iter().for_each(|criterion| criteria[criterion as usize] += 1);
            }
        }
        let mut now = Step::default();
        for (counts, step) in years.iter_mut().zip(&steps) {
            now.take(step);
            let inscribed =
                Category::ALL.iter().map(|category| (*category, step.inscribed[*category as usize]));
            counts.inscribed = inscribed.filter(|(_, count)| *count > 0).collect();
            counts.on_list = now.on_list.unsigned_abs();
            let by_region =
                Regions::ALL.iter().map(|region| (region, now.by_region[region as usize].unsigned_abs()));
            counts.by_region = by_region.filter(|(_, count)| *count > 0).collect();
        }
        let criteria = Criteria::ALL.iter().map(|criterion| (criterion, criteria[criterion as usize]));
        Self { years, criteria: criteria.filter(|(_, count)| *count > 0).collect() }
    }
}

/// The positions of the years at whose end a site is on the List.
fn span(site: &Site, years: &[YearCounts]) -> (usize, usize) {
    let first = years.first().map_or(site.inscribed, |counts| counts.year).get();
    let position = |year: Year| usize::from(year.get().saturating_sub(first)).min(years.len());
    let from = position(site.inscribed);
    (from, site.status.left().map_or(years.len(), position).max(from))
}

/// What comes and goes in a year: so a site is counted twice at most, not in each year that it stays.
#[derive(Clone, Default)]
struct Step {
    /// In the order of `Category::ALL`.
    inscribed: [u64; 3],
    on_list: i64,
    /// In the order of `Regions::ALL`.
    by_region: [i64; 5],
}

impl Step {
    fn count(&mut self, site: &Site, by: i64) {
        self.on_list += by;
        for region in site.regions.iter() {
            self.by_region[region as usize] += by;
        }
    }

    fn take(&mut self, step: &Self) {
        self.on_list += step.on_list;
        for (count, by) in self.by_region.iter_mut().zip(step.by_region) {
            *count += by;
        }
    }
}

impl YearCounts {
    fn new(year: Year) -> Self {
        Self { year, inscribed: BTreeMap::new(), on_list: 0, by_region: BTreeMap::new(), in_danger: 0 }
    }
}
