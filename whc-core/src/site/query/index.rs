//! Indexes over the list: the result of `SiteQuery::select` without looking at every site.

mod bitset;
mod collection;
mod facts;
mod globe;
mod places;
mod sorted;
mod tally;
mod vocabulary;
mod words;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use self::facts::Facts;
use self::places::Places;
use self::sorted::Orders;
use self::tally::Tally;
use self::vocabulary::{Found, Vocabulary};
use super::search::texts;
use super::{Facets, Order, SiteQuery, SortKey};
use crate::page::Window;
use crate::site::{Site, Year};

/// Indexes over a list of sites that is ordered by id and has each once. A site is known by its position in the list.
///
/// Each part is built when a query first needs it. Every call must get the same list.
#[derive(Debug, Default)]
pub(crate) struct Index {
    facts: OnceLock<Arc<Facts>>,
    places: OnceLock<Arc<Places>>,
    vocabulary: OnceLock<Arc<Vocabulary>>,
    orders: Orders,
}

/// The parts that common queries need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IndexPart {
    /// For searches. It is built on all cores by itself.
    Vocabulary,
    /// For boxes and distances.
    Places,
    /// For filters.
    Facts,
}

/// The part of a selection that lies in the window of its query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The positions of the sites, in the order of the query.
    pub(crate) positions: Vec<usize>,
    /// How many sites the whole selection has.
    pub(crate) total: u64,
}

/// The sites that pass all filters, without order and window.
struct Matching<'a> {
    positions: Cow<'a, RoaringBitmap>,
    /// What the search found; some of it may not have passed the other filters.
    found: Option<Found>,
}

impl Index {
    /// Builds this part, so that no reader waits for it.
    pub(crate) fn build(&self, part: IndexPart, sites: &[Arc<Site>]) {
        match part {
            IndexPart::Vocabulary => {
                self.vocabulary(sites);
            }
            IndexPart::Places => {
                self.places(sites);
            }
            IndexPart::Facts => {
                self.facts(sites);
            }
        }
    }

    /// Takes over the parts of `predecessor` in which its sites and `sites` are alike, and of the words those of all sites that
    /// are: only those at `changed` differ, which are in order.
    pub(crate) fn inherit(
        &self,
        predecessor: &Self,
        before: &[Arc<Site>],
        changed: &[usize],
        sites: &[Arc<Site>],
    ) {
        let alike = |same: fn(&Site, &Site) -> bool| changed.iter().all(|at| same(&before[*at], &sites[*at]));
        take_over(&self.facts, &predecessor.facts, || alike(facts::alike));
        take_over(&self.places, &predecessor.places, || alike(|before, after| before.point == after.point));
        if let Some(vocabulary) = predecessor.vocabulary.get() {
            let other = changed.iter().filter(|at| texts(&before[**at]).ne(texts(&sites[**at])));
            let other: Vec<_> = other.map(|at| number(*at)).collect();
            let vocabulary = || match &*other {
                [] => Arc::clone(vocabulary),
                other => Arc::new(vocabulary.with(other, sites)),
            };
            self.vocabulary.get_or_init(vocabulary);
        }
    }

    /// The selection of `query`.
    pub(crate) fn select(&self, query: &SiteQuery, sites: &[Arc<Site>]) -> Selection {
        let matching = self.matching(query, sites);
        let positions = self.ordered(query, &matching, sites).into_iter().map(index).collect();
        Selection { positions, total: matching.positions.len() }
    }

    /// The facets of `query`.
    pub(crate) fn facets(&self, query: &SiteQuery, sites: &[Arc<Site>]) -> Facets {
        /// Up to so many sites are looked at one by one: the sets of all values are some hundreds.
        const FEW: u64 = 1000;
        let positions = &self.matching(query, sites).positions;
        let mut facets = if positions.len() > FEW {
            self.facts(sites).count(positions)
        } else {
            positions.iter().map(|position| &*sites[index(position)]).collect::<Tally>().facets()
        };
        if let Some(year) = query.as_of {
            let in_danger = |position: &u32| sites[index(*position)].danger.is_current_in(year);
            facets.in_danger = positions.iter().filter(in_danger).count() as u64;
        }
        facets
    }

    fn matching(&self, query: &SiteQuery, sites: &[Arc<Site>]) -> Matching<'_> {
        let facts = self.facts(sites);
        let mut sets = facts.sets(query);
        match query.as_of {
            Some(year) => sets.push(Cow::Owned(as_of(year, query, sites))),
            None => sets.extend(facts.sets_of_today(query)),
        }
        let position = |id| sites.binary_search_by_key(&id, |site| site.id).ok().map(number);
        if !query.ids.is_empty() {
            let positions = query.ids.iter().filter_map(|id| position(*id));
            sets.push(Cow::Owned(positions.collect()));
        }
        if (query.area.from(), query.area.to()) != (None, None) {
            sets.push(Cow::Owned(self.orders.of_area(query.area, sites)));
        }
        let mut found = query.search.as_ref().map(|search| self.vocabulary(sites).find(search));
        sets.extend(found.as_mut().map(Found::take_positions).map(Cow::Owned));
        let mut positions = intersection(sets).unwrap_or(Cow::Borrowed(facts.all()));
        if let Some(position) = query.except.and_then(position) {
            positions.to_mut().remove(position);
        }
        if query.bounding_box.is_some() || query.near.is_some() {
            positions = self.places(sites).narrow(query, positions, sites);
        }
        Matching { positions, found }
    }

    fn ordered(&self, query: &SiteQuery, matching: &Matching<'_>, sites: &[Arc<Site>]) -> Vec<u32> {
        let positions = &*matching.positions;
        let span = span(query.window, positions.len());
        let Order { key, descending } = query.order();
        match (key, query.near) {
            (SortKey::Name | SortKey::Inscribed | SortKey::Area, _) => {
                self.orders.get(key, query.language, sites).part(positions, descending, span)
            }
            (SortKey::Distance, Some(near)) => {
                self.places(sites).by_distance(near.point, positions, descending, span, sites)
            }
            (SortKey::Relevance, _) => match &matching.found {
                Some(found) => found.by_relevance(positions, descending, span),
                None => by_position(positions, false, span),
            },
            (SortKey::Id, _) => by_position(positions, descending, span),
            // No site has a distance, so all come by id.
            (SortKey::Distance, None) => by_position(positions, false, span),
        }
    }

    fn facts(&self, sites: &[Arc<Site>]) -> &Facts {
        self.facts.get_or_init(|| Arc::new(Facts::new(sites)))
    }

    fn places(&self, sites: &[Arc<Site>]) -> &Places {
        self.places.get_or_init(|| Arc::new(Places::new(sites)))
    }

    fn vocabulary(&self, sites: &[Arc<Site>]) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Arc::new(Vocabulary::new(sites)))
    }
}

fn take_over<T>(part: &OnceLock<Arc<T>>, before: &OnceLock<Arc<T>>, alike: impl FnOnce() -> bool) {
    if let Some(before) = before.get().filter(|_| alike()) {
        part.get_or_init(|| Arc::clone(before));
    }
}

/// The sites that pass the filters which a year changes. There is no index by year: each site is looked at.
fn as_of(year: Year, query: &SiteQuery, sites: &[Arc<Site>]) -> RoaringBitmap {
    let passes = |site: &Site| {
        site.inscribed <= year
            && query.status.includes(site.status.as_of(year))
            && query.danger.is_none_or(|danger| danger == site.danger.is_current_in(year))
    };
    (0..).zip(sites).filter(|(_, site)| passes(site)).map(|(position, _)| position).collect()
}

/// What is in all of the sets; `None` if there are none.
fn intersection(mut sets: Vec<Cow<'_, RoaringBitmap>>) -> Option<Cow<'_, RoaringBitmap>> {
    // From the smallest on, so that no intermediate result is larger.
    sets.sort_by_key(|set| set.len());
    sets.into_iter().reduce(|mut some, set| {
        if some.is_empty() {
            return some;
        }
        *some.to_mut() &= &*set;
        some
    })
}

/// Where a window lies in a list of this length.
fn span(window: Window, total: u64) -> Range<usize> {
    let start = window.offset().min(total);
    let end = start.saturating_add(u64::from(window.limit())).min(total);
    index(start)..index(end)
}

fn by_position(positions: &RoaringBitmap, descending: bool, span: Range<usize>) -> Vec<u32> {
    let first = if descending { index(positions.len()) - span.end } else { span.start };
    let Some(first) = positions.select(number(first)) else { return Vec::new() };
    let mut part = Vec::with_capacity(span.len());
    part.extend(positions.range(first..).take(span.len()));
    if descending {
        part.reverse();
    }
    part
}

/// What lies at `span` once the items are in order.
fn part<T>(mut items: Vec<T>, span: Range<usize>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    if span.end < items.len() {
        items.select_nth_unstable_by(span.end, &compare);
        items.truncate(span.end);
    }
    if 0 < span.start && span.start < items.len() {
        items.select_nth_unstable_by(span.start, &compare);
    }
    items.drain(..span.start.min(items.len()));
    items.sort_unstable_by(compare);
    items
}

/// A number of sites as one of 32 bits: there are fewer ids than that.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A number of sites as an index.
fn index(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(usize::MAX)
}
