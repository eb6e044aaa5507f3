//! Sites in the order of their names, years and areas, both ways from one list.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::bitset::Bitset;
use super::{index, part};
use crate::site::query::order::Rank;
use crate::site::{Between, Hectares, Language, Order, Site, SiteQuery, SortKey};

/// The orders, each built when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Orders {
    names: [OnceLock<Ordered>; Language::ALL.len()],
    inscribed: OnceLock<Ordered>,
    area: OnceLock<Ordered>,
}

/// All sites ordered by a value.
#[derive(Debug)]
pub(super) struct Ordered {
    /// The positions of the sites whose value is known, ascending; those with one value by position.
    positions: Vec<u32>,
    /// For each site the number of lower values, [`UNKNOWN`] where its value is unknown.
    ranks: Vec<u32>,
}

/// Comes after every rank.
const UNKNOWN: u32 = u32::MAX;

impl Orders {
    /// The order by `key`; names are those in `language`.
    pub(super) fn get(&self, key: SortKey, language: Language, sites: &[Arc<Site>]) -> &Ordered {
        let order = match key {
            SortKey::Name => &self.names[language as usize],
            SortKey::Area => &self.area,
            _ => &self.inscribed,
        };
        order.get_or_init(|| Ordered::by(key, language, sites))
    }

    /// The positions of the sites of an area in this range, which must have an end.
    pub(super) fn of_area(&self, range: Between<Hectares>, sites: &[Arc<Site>]) -> RoaringBitmap {
        let known = &self.get(SortKey::Area, Language::default(), sites).positions;
        let area = |position: &u32| sites[index(*position)].area;
        let start = known.partition_point(|position| area(position) < range.from());
        let some = &known[start..];
        let end = some.partition_point(|position| range.contains_known(area(position)));
        Bitset::from_positions(some[..end].iter().copied(), sites.len()).positions()
    }
}

impl Ordered {
    fn by(key: SortKey, language: Language, sites: &[Arc<Site>]) -> Self {
        let query = SiteQuery { sort: Some(Order::by(key)), language, ..SiteQuery::ALL };
        let ranked = (0_u32..).zip(sites).map(|(position, site)| (Rank::new(site, &query, 0), position));
        let mut ranked: Vec<_> = ranked.filter(|(rank, _)| rank.is_known()).collect();
        ranked.sort_unstable_by(|(rank, _), (other, _)| rank.compare(other));
        let mut ranks = vec![UNKNOWN; sites.len()];
        for (less, alike) in
            (0..).zip(ranked.chunk_by(|(rank, _), (other, _)| rank.compare_values(other).is_eq()))
        {
            for (_, position) in alike {
                ranks[index(*position)] = less;
            }
        }
        Self { positions: ranked.into_iter().map(|(_, position)| position).collect(), ranks }
    }

    /// The part at `span` of `positions` in this order.
    pub(super) fn part(&self, positions: &RoaringBitmap, descending: bool, span: Range<usize>) -> Vec<u32> {
        // A walk also meets the sites that are not selected; sorting looks at the selected ones only.
        let (all, found) = (self.ranks.len() as u64, positions.len());
        if (span.end as u64).saturating_mul(all) < found.saturating_mul(found) {
            self.walk(positions, descending, span)
        } else {
            self.sort(positions, descending, span)
        }
    }

    fn walk(&self, positions: &RoaringBitmap, descending: bool, span: Range<usize>) -> Vec<u32> {
        let take = |order: &mut dyn Iterator<Item = u32>| {
            let wanted = order.filter(|position| positions.contains(*position));
            wanted.skip(span.start).take(span.len()).collect()
        };
        let unknown = positions.iter().filter(|position| self.ranks[index(*position)] == UNKNOWN);
        if descending {
            let alike = self.positions.chunk_by(|one, other| self.rank(*one) == self.rank(*other));
            take(&mut alike.rev().flatten().copied().chain(unknown))
        } else {
            take(&mut self.positions.iter().copied().chain(unknown))
        }
    }

    fn sort(&self, positions: &RoaringBitmap, descending: bool, span: Range<usize>) -> Vec<u32> {
        let place = |rank| if descending && rank != UNKNOWN { UNKNOWN - 1 - rank } else { rank };
        let places = positions.iter().map(|position| (place(self.rank(position)), position)).collect();
        part(places, span, Ord::cmp).into_iter().map(|(_, position)| position).collect()
    }

    fn rank(&self, position: u32) -> u32 {
        self.ranks[index(position)]
    }
}
