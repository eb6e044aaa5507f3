//! The filters of a query that SQL decides, as parameters of a statement.

use tokio_postgres::types::Type;

use super::pool::Parameter;
use crate::site::{
    BoundingBox, Category, CountryCode, CriteriaMatch, Criterion, Hectares, Region, SiteId, SiteQuery,
    StatusFilter, Year,
};

/// The condition of a WHERE clause on `whc.site AS site`, over the parameters of a [`Filter`].
pub(super) const MATCHING: &str = include_str!("matching.sql");

/// The filters of a query but for search and distance. `None` filters nothing.
pub(super) struct Filter {
    inscribed_now: Option<bool>,
    ids: Option<Vec<i32>>,
    categories: Option<Vec<&'static str>>,
    criteria: Option<Vec<&'static str>>,
    criteria_needed: i64,
    regions: Option<Vec<&'static str>>,
    countries: Option<Vec<String>>,
    years: [Option<i16>; 2],
    danger: Option<bool>,
    transboundary: Option<bool>,
    area: [Option<f64>; 2],
    /// West, south, east, north.
    edges: [Option<f64>; 4],
    except: Option<i32>,
}

impl Filter {
    /// How many parameters there are; those of a statement's own come after them.
    pub(super) const PARAMETERS: usize = 18;

    pub(super) fn of(query: &SiteQuery) -> Self {
        Self {
            inscribed_now: match query.status {
                StatusFilter::Inscribed => Some(true),
                StatusFilter::Delisted => Some(false),
                StatusFilter::All => None,
            },
            ids: some(query.ids.iter().copied().map(number_of)),
            categories: some(query.categories.iter().copied().map(Category::name)),
            criteria: some(query.criteria.iter().map(Criterion::numeral)),
            criteria_needed: match query.criteria_match {
                CriteriaMatch::Any => 1,
                CriteriaMatch::All => query.criteria.iter().map(|_| 1).sum(),
            },
            regions: some(query.regions.iter().map(Region::code)),
            countries: some(query.countries.iter().map(CountryCode::to_string)),
            years: [query.inscribed.from(), query.inscribed.to()].map(|year| year.map(number)),
            danger: query.danger,
            transboundary: query.transboundary,
            area: [query.area.from(), query.area.to()].map(|area| area.map(Hectares::get)),
            edges: [BoundingBox::west, BoundingBox::south, BoundingBox::east, BoundingBox::north]
                .map(|edge| query.bounding_box.map(edge)),
            except: query.except.map(number_of),
        }
    }

    /// In the order `matching.sql` counts them.
    pub(super) fn parameters(&self) -> Vec<Parameter<'_>> {
        let mut parameters: Vec<Parameter<'_>> = vec![
            (&self.inscribed_now, Type::BOOL),
            (&self.ids, Type::INT4_ARRAY),
            (&self.categories, Type::TEXT_ARRAY),
            (&self.criteria, Type::TEXT_ARRAY),
            (&self.criteria_needed, Type::INT8),
            (&self.regions, Type::TEXT_ARRAY),
            (&self.countries, Type::TEXT_ARRAY),
            (&self.years[0], Type::INT2),
            (&self.years[1], Type::INT2),
            (&self.danger, Type::BOOL),
            (&self.transboundary, Type::BOOL),
            (&self.area[0], Type::FLOAT8),
            (&self.area[1], Type::FLOAT8),
        ];
        parameters.extend(self.edges.iter().map(|edge| -> Parameter<'_> { (edge, Type::FLOAT8) }));
        parameters.push((&self.except, Type::INT4));
        parameters
    }
}

/// The values, `None` where there are none.
fn some<T>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then_some(values)
}

/// Ids end at 99999.
fn number_of(id: SiteId) -> i32 {
    id.get().cast_signed()
}

/// Years end at 2199, far below what 16 bits hold.
fn number(year: Year) -> i16 {
    i16::try_from(year.get()).unwrap_or(i16::MAX)
}
