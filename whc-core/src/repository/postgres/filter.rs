//! The filters of a query that stored columns decide, as conditions in SQL.

use tokio_postgres::types::Type;

use super::statement::{Conditions, Placeholder, any_of};
use crate::site::{
    BoundingBox, Category, CountryCode, CriteriaMatch, Criterion, Hectares, Region, SiteId, SiteQuery,
    StatusFilter, Year,
};

/// The filters of a query but for search and distance, as conditions on `whc.site AS site`. A filter is one line: its
/// value, its type, its condition on a row.
pub(super) fn conditions(query: &SiteQuery) -> Conditions<'static> {
    let (ids, categories) = (query.ids.iter().copied(), query.categories.iter().copied());
    let criteria = any_of(query.criteria.iter().map(Criterion::numeral));
    let regions = any_of(query.regions.iter().map(Region::code));
    let countries = any_of(query.countries.iter().map(CountryCode::to_string));
    let (years, area) = (query.inscribed, query.area);
    time_bound(query)
        .and(any_of(ids.map(number)), Type::INT4_ARRAY, |ids| format!("site.id = ANY ({ids})"))
        .and(query.except.map(number), Type::INT4, |id| format!("site.id <> {id}"))
        .and(any_of(categories.map(Category::name)), Type::TEXT_ARRAY, |names| {
            format!("site.category = ANY ({names})")
        })
        .and(criteria, Type::TEXT_ARRAY, |criteria| has_criteria(criteria, query.criteria_match))
        .and(regions, Type::TEXT_ARRAY, |regions| has("site_region", "region", regions))
        .and(countries, Type::TEXT_ARRAY, |countries| has("site_state", "iso", countries))
        .and(years.from().map(year), Type::INT2, |from| format!("site.inscribed >= {from}"))
        .and(years.to().map(year), Type::INT2, |to| format!("site.inscribed <= {to}"))
        .and(query.transboundary, Type::BOOL, |is| format!("site.transboundary = {is}"))
        .and(area.from().map(Hectares::get), Type::FLOAT8, |from| format!("site.area_hectares >= {from}"))
        .and(area.to().map(Hectares::get), Type::FLOAT8, |to| format!("site.area_hectares <= {to}"))
        .and(query.bounding_box.map(edges), Type::FLOAT8_ARRAY, is_in_box)
}

/// The conditions that the year of the query changes.
fn time_bound(query: &SiteQuery) -> Conditions<'static> {
    let Some(as_of) = query.as_of else {
        return Conditions::default()
            .and(inscribed_now(query.status), Type::BOOL, |now| {
                format!("(site.status = 'inscribed') = {now}")
            })
            .and(query.danger, Type::BOOL, |danger| format!("site.in_danger = {danger}"));
    };
    Conditions::default()
        .and(Some(year(as_of)), Type::INT2, |year| {
            let left = format!("coalesce(site.left_list <= {year}, false)");
            let status = match query.status {
                StatusFilter::Inscribed => format!("NOT {left}"),
                StatusFilter::Delisted => left,
                StatusFilter::All => "true".to_owned(),
            };
            format!("site.inscribed <= {year} AND {status}")
        })
        .and(query.danger.map(|_| year(as_of)), Type::INT2, |year| {
            let not = if query.danger == Some(true) { "" } else { "NOT " };
            format!(
                "{not}(site.in_danger AND coalesce(site.in_danger_since <= {year}, true) OR EXISTS (
                    SELECT FROM whc.site_danger AS past
                    WHERE past.site_id = site.id AND past.first_year <= {year} AND {year} < past.last_year))"
            )
        })
}

fn inscribed_now(status: StatusFilter) -> Option<bool> {
    match status {
        StatusFilter::Inscribed => Some(true),
        StatusFilter::Delisted => Some(false),
        StatusFilter::All => None,
    }
}

/// Whether a table that has any number of rows for a site has one with any of these values for it.
fn has(table: &str, column: &str, values: Placeholder) -> String {
    format!(
        "EXISTS (SELECT FROM whc.{table} AS has WHERE has.site_id = site.id AND has.{column} = ANY ({values}))"
    )
}

fn has_criteria(criteria: Placeholder, wanted: CriteriaMatch) -> String {
    match wanted {
        CriteriaMatch::Any => has("site_criterion", "criterion", criteria),
        CriteriaMatch::All => format!(
            "{criteria} <@ ARRAY(SELECT has.criterion FROM whc.site_criterion AS has WHERE has.site_id = site.id)"
        ),
    }
}

/// West, south, east, north.
fn edges(bounds: BoundingBox) -> Vec<f64> {
    vec![bounds.west(), bounds.south(), bounds.east(), bounds.north()]
}

/// As [`BoundingBox::contains`]: a box whose west is east of its east crosses the date line.
fn is_in_box(edges: Placeholder) -> String {
    let [west, south, east, north] = [1, 2, 3, 4].map(|number| format!("{edges}[{number}]"));
    format!(
        "site.latitude BETWEEN {south} AND {north} AND (
            CASE WHEN {west} <= {east} THEN site.longitude BETWEEN {west} AND {east}
                ELSE site.longitude >= {west} OR site.longitude <= {east} END
            OR abs(site.longitude) = 180 AND ({west} = -180 OR {east} = 180))"
    )
}

/// Ids end at [`SiteId::MAX`], far below what 32 bits hold.
fn number(id: SiteId) -> i32 {
    id.get().cast_signed()
}

/// Years end at 2199, far below what 16 bits hold.
fn year(year: Year) -> i16 {
    i16::try_from(year.get()).unwrap_or(i16::MAX)
}
