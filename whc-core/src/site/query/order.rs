//! The order of a selection, always a total one.

use std::cmp::Ordering;

use super::SiteQuery;
use super::fold::fold;
use crate::site::{Hectares, Site, SiteId};

/// The order of a selection. Sites whose value is unknown come last in either direction; those with the same value
/// follow each other by ascending id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The value to order by.
    pub key: SortKey,
    /// Whether the order is descending.
    pub descending: bool,
}

impl Order {
    /// By ascending values of `key`.
    #[must_use]
    pub fn by(key: SortKey) -> Self {
        Self { key, descending: false }
    }

    /// By descending values of `key`.
    #[must_use]
    pub fn by_descending(key: SortKey) -> Self {
        Self { key, descending: true }
    }
}

/// A value to order sites by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// UNESCO's number.
    Id,
    /// The name in the query's language, in English where there is none, folded, by its Unicode characters.
    Name,
    /// The year of inscription.
    Inscribed,
    /// The area, the least first.
    Area,
    /// The distance from the query's point, the nearest first.
    Distance,
    /// How well the search matches, the best first.
    Relevance,
}

impl SortKey {
    /// All keys.
    pub const ALL: [Self; 6] =
        [Self::Id, Self::Name, Self::Inscribed, Self::Area, Self::Distance, Self::Relevance];

    /// The word for it in a request: `inscribed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["id", "name", "inscribed", "area", "distance", "relevance"][self as usize]
    }
}

/// Where a site stands in an order: ranks compare as their sites do.
#[derive(Clone, Debug)]
pub(super) struct Rank {
    value: Option<Value>,
    descending: bool,
    id: SiteId,
}

#[derive(Clone, Debug)]
enum Value {
    Number(f64),
    Text(String),
}

impl Rank {
    /// The rank of `site` in the order of `query`; `score` is that of its search.
    pub(super) fn new(site: &Site, query: &SiteQuery, score: u32) -> Self {
        let Order { key, descending } = query.order();
        let value = match key {
            SortKey::Id => Some(Value::Number(f64::from(site.id.get()))),
            SortKey::Name => Some(Value::Text(fold(site.names.best(query.language).1))),
            SortKey::Inscribed => Some(Value::Number(f64::from(site.inscribed.get()))),
            SortKey::Area => site.area.map(Hectares::get).map(Value::Number),
            SortKey::Distance => query.distance_km(site).map(Value::Number),
            SortKey::Relevance => Some(Value::Number(-f64::from(score))),
        };
        Self { value, descending, id: site.id }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.compare_values(other).then(self.id.cmp(&other.id))
    }

    /// The same without the id, for sites with equal values.
    pub(super) fn compare_values(&self, other: &Self) -> Ordering {
        match (&self.value, &other.value) {
            (Some(value), Some(other)) if self.descending => other.compare(value),
            (Some(value), Some(other)) => value.compare(other),
            (value, other) => other.is_some().cmp(&value.is_some()),
        }
    }

    /// Whether the value is known.
    pub(super) fn is_known(&self) -> bool {
        self.value.is_some()
    }
}

impl Value {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(number), Self::Number(other)) => number.total_cmp(other),
            (Self::Text(text), Self::Text(other)) => text.cmp(other),
            // One order has values of one kind.
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}
