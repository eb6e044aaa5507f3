//! Bitmaps of the sites with each value that a query can filter by.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use roaring::{MultiOps, RoaringBitmap};

use crate::site::{
    Between, Category, CountryCode, CriteriaMatch, Criterion, Decade, Facets, Region, Site, SiteQuery,
    Status, StatusFilter, Year,
};

/// The positions of the sites with each value.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Facts {
    all: RoaringBitmap,
    inscribed_now: By<bool>,
    categories: By<Category>,
    criteria: By<Criterion>,
    regions: By<Region>,
    countries: By<CountryCode>,
    years: By<Year>,
    danger: By<bool>,
    transboundary: By<bool>,
    /// The facets of the whole list as of today, which most pages show.
    of_the_list: OnceLock<Facets>,
}

/// Sets of positions by a value.
#[derive(Debug, PartialEq)]
struct By<K>(BTreeMap<K, RoaringBitmap>);

/// Whether the sites are in the same sets.
pub(super) fn alike(one: &Site, other: &Site) -> bool {
    let [one, other] = [one, other].map(|site| {
        let mut facts = Facts::default();
        facts.add(0, site);
        facts
    });
    one == other
}

impl Facts {
    pub(super) fn new(sites: &[Arc<Site>]) -> Self {
        let mut facts = Self::default();
        for (position, site) in (0..).zip(sites) {
            facts.add(position, site);
        }
        facts
    }

    fn add(&mut self, position: u32, site: &Site) {
        self.all.insert(position);
        self.inscribed_now.add(position, [site.status == Status::Inscribed]);
        self.categories.add(position, [site.category]);
        self.criteria.add(position, site.criteria.iter());
        self.regions.add(position, site.regions.iter());
        self.countries.add(position, site.states.iter().filter_map(|state| state.iso));
        self.years.add(position, [site.inscribed]);
        self.danger.add(position, [site.danger.is_current()]);
        self.transboundary.add(position, [site.transboundary]);
    }

    /// The positions of all sites.
    pub(super) fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// The sets for the filters of the query but those that a year changes; a site passes if it is in all of them.
    pub(super) fn sets(&self, query: &SiteQuery) -> Vec<Cow<'_, RoaringBitmap>> {
        let mut sets = Vec::new();
        if !query.categories.is_empty() {
            sets.push(self.categories.any(query.categories.iter().copied()));
        }
        match query.criteria_match {
            CriteriaMatch::Any if query.criteria.is_empty() => {}
            CriteriaMatch::Any => sets.push(self.criteria.any(query.criteria.iter())),
            CriteriaMatch::All => sets.extend(query.criteria.iter().map(|one| self.criteria.any([one]))),
        }
        if !query.regions.is_empty() {
            sets.push(self.regions.any(query.regions.iter()));
        }
        if !query.countries.is_empty() {
            sets.push(self.countries.any(query.countries.iter().copied()));
        }
        if query.inscribed != Between::ANYTHING {
            sets.push(self.years.within(query.inscribed));
        }
        sets.extend(query.transboundary.map(|transboundary| self.transboundary.any([transboundary])));
        sets
    }

    /// The sets for the filters that a year changes, as of today.
    pub(super) fn sets_of_today(&self, query: &SiteQuery) -> Vec<Cow<'_, RoaringBitmap>> {
        let status = match query.status {
            StatusFilter::Inscribed => Some(self.inscribed_now.any([true])),
            StatusFilter::Delisted => Some(self.inscribed_now.any([false])),
            StatusFilter::All => None,
        };
        status.into_iter().chain(query.danger.map(|danger| self.danger.any([danger]))).collect()
    }

    /// The facets of the sites at these positions.
    pub(super) fn count(&self, among: &RoaringBitmap) -> Facets {
        if *among == *self.inscribed_now.any([true]) {
            return self.of_the_list.get_or_init(|| self.counted(among)).clone();
        }
        self.counted(among)
    }

    fn counted(&self, among: &RoaringBitmap) -> Facets {
        let mut decades = BTreeMap::new();
        for (year, count) in self.years.counts(among) {
            *decades.entry(Decade::from_year(year)).or_default() += count;
        }
        Facets {
            total: among.len(),
            categories: self.categories.counts(among).collect(),
            regions: self.regions.counts(among).collect(),
            countries: self.countries.counts(among).collect(),
            criteria: self.criteria.counts(among).collect(),
            decades,
            in_danger: self.danger.any([true]).intersection_len(among),
        }
    }
}

impl<K: Ord + Copy> By<K> {
    fn add(&mut self, position: u32, values: impl IntoIterator<Item = K>) {
        for value in values {
            self.0.entry(value).or_default().insert(position);
        }
    }

    /// How many of the sites have each value that any of them has.
    fn counts(&self, among: &RoaringBitmap) -> impl Iterator<Item = (K, u64)> {
        let counts = self.0.iter().map(|(value, set)| (*value, set.intersection_len(among)));
        counts.filter(|(_, count)| *count > 0)
    }

    /// The sites with at least one of the values.
    fn any(&self, values: impl IntoIterator<Item = K>) -> Cow<'_, RoaringBitmap> {
        union(values.into_iter().filter_map(|value| self.0.get(&value)))
    }
}

impl By<Year> {
    fn within(&self, years: Between<Year>) -> Cow<'_, RoaringBitmap> {
        let end = |end: Option<Year>| end.map_or(Bound::Unbounded, Bound::Included);
        union(self.0.range((end(years.from()), end(years.to()))).map(|(_, set)| set))
    }
}

impl<K> Default for By<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// All of the sets in one, which is borrowed where there is but one.
fn union<'a>(sets: impl IntoIterator<Item = &'a RoaringBitmap>) -> Cow<'a, RoaringBitmap> {
    let mut sets = sets.into_iter().peekable();
    let first = sets.next();
    match (first, sets.peek()) {
        (Some(set), None) => Cow::Borrowed(set),
        (first, _) => Cow::Owned(first.into_iter().chain(sets).union()),
    }
}
