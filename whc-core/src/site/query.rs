//! Queries of the list, and the indexes that answer them.

mod between;
mod bounding_box;
mod facets;
mod fold;
mod index;
mod near;
mod order;
mod search;
mod select;
mod typo;

use std::collections::BTreeSet;

pub use self::between::Between;
pub use self::bounding_box::BoundingBox;
pub use self::facets::{Decade, Facets};
pub use self::fold::fold;
pub(crate) use self::index::{Index, IndexPart, Selection};
pub use self::near::{EARTH_RADIUS_KM, Kilometres, Near};
pub use self::order::{Order, SortKey};
pub use self::search::Search;
use super::{
    Category, CountryCode, Criteria, Hectares, Language, Region, Regions, Site, SiteId, Status, Year,
};
use crate::page::Window;

/// A query of the list. [`select`](Self::select) defines its result; every repository must agree with it.
///
/// A site is selected if it passes every filter. The default selects the sites on the list, by id.
///
/// ```
/// use whc_core::{Category, SiteQuery};
/// let natural = SiteQuery::default().with(|query| query.categories = [Category::Natural].into());
/// assert_ne!(natural, SiteQuery::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SiteQuery {
    /// Words to find in the texts.
    pub search: Option<Search>,
    /// One of these sites; empty for any.
    pub ids: BTreeSet<SiteId>,
    /// Not this site.
    pub except: Option<SiteId>,
    /// One of these categories; empty for any.
    pub categories: BTreeSet<Category>,
    /// These criteria, as `criteria_match` says; empty for any.
    pub criteria: Criteria,
    /// How many of `criteria` a site needs.
    pub criteria_match: CriteriaMatch,
    /// In one of these regions; empty for any.
    pub regions: Regions,
    /// Of one of these states; empty for any.
    pub countries: BTreeSet<CountryCode>,
    /// Inscribed in these years.
    pub inscribed: Between<Year>,
    /// On the List of World Heritage in Danger now, or not.
    pub danger: Option<bool>,
    /// Across the border of states, or not.
    pub transboundary: Option<bool>,
    /// On the list, off it, or either.
    pub status: StatusFilter,
    /// As of the end of this year: the sites inscribed by then, with their status and danger of then, which other filters
    /// mean too. What [`Site::as_of`] cannot know is that of today. `None` for today.
    pub as_of: Option<Year>,
    /// With its point in this box; sites without a point are in none.
    pub bounding_box: Option<BoundingBox>,
    /// Near a place.
    pub near: Option<Near>,
    /// Of an area in this range.
    pub area: Between<Hectares>,
    /// The order; `None` for the default of [`order`](Self::order).
    pub sort: Option<Order>,
    /// The language of the names [`SortKey::Name`] compares.
    pub language: Language,
    /// The part of the selection to return.
    pub window: Window,
}

impl SiteQuery {
    /// Every site there is, by id, in one page, those no longer on the list too.
    pub const ALL: Self = Self {
        search: None,
        ids: BTreeSet::new(),
        except: None,
        categories: BTreeSet::new(),
        criteria: Criteria::NONE,
        criteria_match: CriteriaMatch::Any,
        regions: Regions::NONE,
        countries: BTreeSet::new(),
        inscribed: Between::ANYTHING,
        danger: None,
        transboundary: None,
        status: StatusFilter::All,
        as_of: None,
        bounding_box: None,
        near: None,
        area: Between::ANYTHING,
        sort: None,
        language: Language::English,
        window: Window::ALL,
    };

    /// The same with what `change` sets, since a query can have more fields one day.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The order of the selection: `sort` if it is set, else by relevance where there is a search, by distance where there
    /// is a place, by id where there is neither.
    #[must_use]
    pub fn order(&self) -> Order {
        let natural = match (&self.search, self.near) {
            (Some(_), _) => SortKey::Relevance,
            (None, Some(_)) => SortKey::Distance,
            (None, None) => SortKey::Id,
        };
        self.sort.unwrap_or(Order::by(natural))
    }

    /// Whether `site` passes every filter but [`Near::nearest`], which needs all the others.
    #[must_use]
    pub fn matches(&self, site: &Site) -> bool {
        let matches = |site: &Site| self.passes(site) && self.score(site).is_some();
        match self.as_of {
            Some(year) => site.as_of(year).is_some_and(|site| matches(&site)),
            None => matches(site),
        }
    }

    /// How far `site` is from the place the query names, in kilometres; `None` without either's point.
    #[must_use]
    pub fn distance_km(&self, site: &Site) -> Option<f64> {
        Some(self.near?.point.kilometres_to(site.point?))
    }

    /// Whether `site` passes every filter but the search.
    fn passes(&self, site: &Site) -> bool {
        self.has_facts(site) && self.has_place(site)
    }

    fn has_facts(&self, site: &Site) -> bool {
        fn any<T: Ord>(wanted: &BTreeSet<T>, has: impl IntoIterator<Item = T>) -> bool {
            wanted.is_empty() || has.into_iter().any(|value| wanted.contains(&value))
        }
        self.status.includes(site.status)
            && any(&self.ids, [site.id])
            && self.except != Some(site.id)
            && any(&self.categories, [site.category])
            && any(&self.countries, site.countries())
            && self.criteria_match.accepts(self.criteria, site.criteria)
            && self.inscribed.contains(site.inscribed)
            && self.danger.is_none_or(|danger| danger == site.danger.is_current())
            && self.transboundary.is_none_or(|transboundary| transboundary == site.transboundary)
            && self.area.contains_known(site.area)
    }

    fn has_place(&self, site: &Site) -> bool {
        let in_box = |wanted: BoundingBox| site.point.is_some_and(|point| wanted.contains(point));
        let in_region = |region: Region| site.regions.contains(region);
        (self.regions.is_empty() || self.regions.iter().any(in_region))
            && self.bounding_box.is_none_or(in_box)
            && self.near.is_none_or(|near| near.reaches(site.point))
    }
}

/// Which sites are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// Those on the list.
    #[default]
    Inscribed,
    /// Those that left it: delisted or superseded.
    Delisted,
    /// Both.
    All,
}

impl StatusFilter {
    /// Whether sites with this status are meant.
    #[must_use]
    pub fn includes(self, status: Status) -> bool {
        match self {
            Self::Inscribed => status == Status::Inscribed,
            Self::Delisted => status != Status::Inscribed,
            Self::All => true,
        }
    }
}

/// How many of several criteria a site needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CriteriaMatch {
    /// At least one.
    #[default]
    Any,
    /// All of them, and it may have others.
    All,
}

impl CriteriaMatch {
    /// Whether a site with the criteria `has` passes `wanted`; an empty set is passed by every site.
    #[must_use]
    pub fn accepts(self, wanted: Criteria, has: Criteria) -> bool {
        match self {
            Self::Any => wanted.is_empty() || wanted.iter().any(|criterion| has.contains(criterion)),
            Self::All => wanted.is_subset(has),
        }
    }
}
