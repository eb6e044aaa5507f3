//! Sites turned into columns: one array a column, so that any number of rows is one statement.

use tokio_postgres::Transaction;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::repository::postgres::failure::failed;
use crate::repository::postgres::pool::Parameter;
use crate::site::{CountryCode, Hectares, Language, Point, Site, Year};

/// The columns of a table and the statement that takes them.
pub(super) struct Columns<'a> {
    statement: &'static str,
    is_empty: bool,
    values: Vec<(Box<dyn ToSql + Sync + Send + 'a>, Type)>,
}

const SITES: &str = "
    INSERT INTO whc.site (id, category, criteria_complete, inscribed, in_danger, in_danger_since, status, left_list,
        superseded_by, transboundary, longitude, latitude, area_hectares, wikidata)
    SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (id) DO UPDATE SET category = excluded.category, criteria_complete = excluded.criteria_complete,
        inscribed = excluded.inscribed, in_danger = excluded.in_danger, in_danger_since = excluded.in_danger_since,
        status = excluded.status, left_list = excluded.left_list, superseded_by = excluded.superseded_by,
        transboundary = excluded.transboundary, longitude = excluded.longitude, latitude = excluded.latitude,
        area_hectares = excluded.area_hectares, wikidata = excluded.wikidata";
const TEXTS: &str = "
    INSERT INTO whc.site_text (site_id, language, name, short_description, justification)
    SELECT * FROM unnest($1, $2, $3, $4, $5)";
const CRITERIA: &str = "INSERT INTO whc.site_criterion (site_id, criterion) SELECT * FROM unnest($1, $2)";
const REGIONS: &str = "INSERT INTO whc.site_region (site_id, region) SELECT * FROM unnest($1, $2)";
const STATES: &str =
    "INSERT INTO whc.site_state (site_id, position, iso, name) SELECT * FROM unnest($1, $2, $3, $4)";
const EXTENSIONS: &str =
    "INSERT INTO whc.site_extension (site_id, position, year) SELECT * FROM unnest($1, $2, $3)";
const DANGERS: &str =
    "INSERT INTO whc.site_danger (site_id, first_year, last_year) SELECT * FROM unnest($1, $2, $3)";
const COMPONENTS: &str = "
    INSERT INTO whc.site_component (site_id, position, longitude, latitude, country)
    SELECT * FROM unnest($1, $2, $3, $4, $5)";

impl<'a> Columns<'a> {
    /// The sites themselves, inserted or replaced.
    pub(super) fn sites(sites: &[&'a Site]) -> Self {
        Rows::of(SITES, sites.iter().copied())
            .column(Type::INT4_ARRAY, |site| id(site))
            .column(Type::TEXT_ARRAY, |site| site.category.name())
            .column(Type::BOOL_ARRAY, |site| site.criteria_complete)
            .column(Type::INT2_ARRAY, |site| year(site.inscribed))
            .column(Type::BOOL_ARRAY, |site| site.danger.is_current())
            .column(Type::INT2_ARRAY, |site| site.danger.since().map(year))
            .column(Type::TEXT_ARRAY, |site| site.status.name())
            .column(Type::INT2_ARRAY, |site| site.status.left().map(year))
            .column(Type::INT4_ARRAY, |site| site.status.superseded_by().map(|by| by.get().cast_signed()))
            .column(Type::BOOL_ARRAY, |site| site.transboundary)
            .column(Type::FLOAT8_ARRAY, |site| site.point.map(Point::longitude))
            .column(Type::FLOAT8_ARRAY, |site| site.point.map(Point::latitude))
            .column(Type::FLOAT8_ARRAY, |site| site.area.map(Hectares::get))
            .column(Type::INT8_ARRAY, |site| site.wikidata.map(|item| item.0.cast_signed()))
            .columns
    }

    /// What is said of the sites, a row for each language that has any text.
    pub(super) fn texts(sites: &[&'a Site]) -> Self {
        let rows = each(sites, |site| {
            let texts = Language::ALL.into_iter().map(|language| {
                let name = site.names.translations().get(language);
                let description = site.short_descriptions.get(language);
                (language.code(), name, description, site.justifications.get(language))
            });
            texts.filter(|&(_, name, description, justification)| {
                name.or(description).or(justification).is_some()
            })
        });
        Rows::of(TEXTS, rows)
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::TEXT_ARRAY, |&(_, (language, ..))| language)
            .column(Type::TEXT_ARRAY, |&(_, (_, name, ..))| name)
            .column(Type::TEXT_ARRAY, |&(_, (.., description, _))| description)
            .column(Type::TEXT_ARRAY, |&(_, (.., justification))| justification)
            .columns
    }

    /// The criteria the sites were inscribed under.
    pub(super) fn criteria(sites: &[&'a Site]) -> Self {
        Rows::of(CRITERIA, each(sites, |site| site.criteria.iter()))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::TEXT_ARRAY, |(_, criterion)| criterion.numeral())
            .columns
    }

    /// The regions the sites lie in.
    pub(super) fn regions(sites: &[&'a Site]) -> Self {
        Rows::of(REGIONS, each(sites, |site| site.regions.iter()))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::TEXT_ARRAY, |(_, region)| region.code())
            .columns
    }

    /// The states the sites belong to.
    pub(super) fn states(sites: &[&'a Site]) -> Self {
        Rows::of(STATES, each(sites, |site| numbered(&site.states)))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column(Type::TEXT_ARRAY, |&(_, (_, state))| state.iso.as_ref().map(CountryCode::as_str))
            .column(Type::TEXT_ARRAY, |&(_, (_, state))| &*state.name)
            .columns
    }

    /// The years the sites were extended.
    pub(super) fn extensions(sites: &[&'a Site]) -> Self {
        Rows::of(EXTENSIONS, each(sites, |site| numbered(&site.extended)))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column(Type::INT2_ARRAY, |&(_, (_, extended))| year(*extended))
            .columns
    }

    /// The sites' past periods in danger.
    pub(super) fn dangers(sites: &[&'a Site]) -> Self {
        Rows::of(DANGERS, each(sites, |site| site.danger.past()))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::INT2_ARRAY, |(_, period)| year(period.from()))
            .column(Type::INT2_ARRAY, |(_, period)| year(period.to()))
            .columns
    }

    /// The parts of the sites.
    pub(super) fn components(sites: &[&'a Site]) -> Self {
        Rows::of(COMPONENTS, each(sites, |site| numbered(&site.components)))
            .column(Type::INT4_ARRAY, |&(id, _)| id)
            .column(Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column(Type::FLOAT8_ARRAY, |(_, (_, component))| component.point.longitude())
            .column(Type::FLOAT8_ARRAY, |(_, (_, component))| component.point.latitude())
            .column(Type::TEXT_ARRAY, |&(_, (_, component))| {
                component.country.as_ref().map(CountryCode::as_str)
            })
            .columns
    }

    /// Runs the statement, unless there is no row to write.
    pub(super) async fn write(&self, transaction: &Transaction<'_>) -> Result<()> {
        if self.is_empty {
            return Ok(());
        }
        let parameters: Vec<Parameter<'_>> =
            self.values.iter().map(|(values, kind)| (&**values as _, kind.clone())).collect();
        transaction.execute_typed(self.statement, &parameters).await.map(drop).map_err(failed)
    }
}

/// Rows on their way into columns.
struct Rows<'a, R> {
    rows: Vec<R>,
    columns: Columns<'a>,
}

impl<'a, R> Rows<'a, R> {
    fn of(statement: &'static str, rows: impl Iterator<Item = R>) -> Self {
        let rows: Vec<R> = rows.collect();
        let columns = Columns { statement, is_empty: rows.is_empty(), values: Vec::new() };
        Self { rows, columns }
    }

    fn column<T: ToSql + Sync + Send + 'a>(mut self, kind: Type, value: impl Fn(&R) -> T) -> Self {
        let values: Vec<T> = self.rows.iter().map(value).collect();
        self.columns.values.push((Box::new(values), kind));
        self
    }
}

/// What `of` finds in each site, with the site's id.
fn each<'a, I: IntoIterator>(
    sites: &[&'a Site],
    of: impl Fn(&'a Site) -> I,
) -> impl Iterator<Item = (i32, I::Item)> {
    sites.iter().flat_map(move |&site| of(site).into_iter().map(move |item| (id(site), item)))
}

/// The items with their positions; no list in memory reaches the greatest position.
fn numbered<T>(items: &[T]) -> impl Iterator<Item = (i32, &T)> {
    (0..i32::MAX).zip(items)
}

/// The id as the database keeps it.
pub(super) fn id(site: &Site) -> i32 {
    site.id.get().cast_signed()
}

fn year(year: Year) -> i16 {
    year.get().cast_signed()
}
