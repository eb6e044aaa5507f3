//! Sites turned into columns: one array a column, so that any number of rows is one statement.

use tokio_postgres::Transaction;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::repository::postgres::failure::failed;
use crate::repository::postgres::statement::{Parameters, Placeholder};
use crate::site::{CountryCode, Hectares, Language, Point, Site, Year};

/// The columns of a table, with the values of its new rows.
pub(super) struct Columns<'a> {
    table: &'static str,
    is_empty: bool,
    names: Vec<(&'static str, Placeholder)>,
    values: Parameters<'a>,
    /// The column that says which row a new one replaces; `None` where rows are only added.
    key: Option<&'static str>,
}

impl<'a> Columns<'a> {
    /// The sites themselves, inserted or replaced.
    pub(super) fn sites(sites: &[&'a Site]) -> Self {
        Rows::new("site", sites.iter().copied())
            .column("id", Type::INT4_ARRAY, |site| id(site))
            .column("category", Type::TEXT_ARRAY, |site| site.category.name())
            .column("criteria_complete", Type::BOOL_ARRAY, |site| site.criteria_complete)
            .column("inscribed", Type::INT2_ARRAY, |site| year(site.inscribed))
            .column("in_danger", Type::BOOL_ARRAY, |site| site.danger.is_current())
            .column("in_danger_since", Type::INT2_ARRAY, |site| site.danger.since().map(year))
            .column("status", Type::TEXT_ARRAY, |site| site.status.name())
            .column("left_list", Type::INT2_ARRAY, |site| site.status.left().map(year))
            .column("superseded_by", Type::INT4_ARRAY, |site| {
                site.status.superseded_by().map(|by| by.get().cast_signed())
            })
            .column("transboundary", Type::BOOL_ARRAY, |site| site.transboundary)
            .column("longitude", Type::FLOAT8_ARRAY, |site| site.point.map(Point::longitude))
            .column("latitude", Type::FLOAT8_ARRAY, |site| site.point.map(Point::latitude))
            .column("area_hectares", Type::FLOAT8_ARRAY, |site| site.area.map(Hectares::get))
            .column("wikidata", Type::INT8_ARRAY, |site| site.wikidata.map(|item| item.0.cast_signed()))
            .replacing("id")
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
        Rows::new("site_text", rows)
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("language", Type::TEXT_ARRAY, |&(_, (language, ..))| language)
            .column("name", Type::TEXT_ARRAY, |&(_, (_, name, ..))| name)
            .column("short_description", Type::TEXT_ARRAY, |&(_, (.., description, _))| description)
            .column("justification", Type::TEXT_ARRAY, |&(_, (.., justification))| justification)
            .columns
    }

    /// The criteria the sites were inscribed under.
    pub(super) fn criteria(sites: &[&'a Site]) -> Self {
        Rows::new("site_criterion", each(sites, |site| site.criteria.iter()))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("criterion", Type::TEXT_ARRAY, |(_, criterion)| criterion.numeral())
            .columns
    }

    /// The regions the sites lie in.
    pub(super) fn regions(sites: &[&'a Site]) -> Self {
        Rows::new("site_region", each(sites, |site| site.regions.iter()))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("region", Type::TEXT_ARRAY, |(_, region)| region.code())
            .columns
    }

    /// The states the sites belong to.
    pub(super) fn states(sites: &[&'a Site]) -> Self {
        Rows::new("site_state", each(sites, |site| numbered(&site.states)))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("position", Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column("iso", Type::TEXT_ARRAY, |&(_, (_, state))| state.iso.as_ref().map(CountryCode::as_str))
            .column("name", Type::TEXT_ARRAY, |&(_, (_, state))| &*state.name)
            .columns
    }

    /// The years the sites were extended.
    pub(super) fn extensions(sites: &[&'a Site]) -> Self {
        Rows::new("site_extension", each(sites, |site| numbered(&site.extended)))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("position", Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column("year", Type::INT2_ARRAY, |&(_, (_, extended))| year(*extended))
            .columns
    }

    /// The sites' past periods in danger.
    pub(super) fn dangers(sites: &[&'a Site]) -> Self {
        Rows::new("site_danger", each(sites, |site| site.danger.past()))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("first_year", Type::INT2_ARRAY, |(_, period)| year(period.from()))
            .column("last_year", Type::INT2_ARRAY, |(_, period)| year(period.to()))
            .columns
    }

    /// The parts of the sites.
    pub(super) fn components(sites: &[&'a Site]) -> Self {
        Rows::new("site_component", each(sites, |site| numbered(&site.components)))
            .column("site_id", Type::INT4_ARRAY, |&(id, _)| id)
            .column("position", Type::INT4_ARRAY, |&(_, (position, _))| position)
            .column("longitude", Type::FLOAT8_ARRAY, |(_, (_, component))| component.point.longitude())
            .column("latitude", Type::FLOAT8_ARRAY, |(_, (_, component))| component.point.latitude())
            .column("country", Type::TEXT_ARRAY, |&(_, (_, component))| {
                component.country.as_ref().map(CountryCode::as_str)
            })
            .columns
    }

    /// The table the rows are written to.
    pub(super) fn table(&self) -> &'static str {
        self.table
    }

    /// Writes the rows, if there are any.
    pub(super) async fn write(&self, transaction: &Transaction<'_>) -> Result<()> {
        if self.is_empty {
            return Ok(());
        }
        transaction.execute_typed(&self.statement(), &self.values.to_vec()).await.map(drop).map_err(failed)
    }

    fn statement(&self) -> String {
        let table = self.table;
        let names = list(self.names.iter().map(|(name, _)| *name));
        let values = list(self.names.iter().map(|(_, value)| value));
        let replace = self.key.map_or_else(String::new, |key| self.replace_clause(key));
        format!("INSERT INTO whc.{table} ({names}) SELECT * FROM unnest({values}) {replace}")
    }

    fn replace_clause(&self, key: &str) -> String {
        let others = self.names.iter().filter(|(name, _)| *name != key);
        let set = list(others.map(|(name, _)| format!("{name} = excluded.{name}")));
        format!("ON CONFLICT ({key}) DO UPDATE SET {set}")
    }
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// Rows on their way into columns.
struct Rows<'a, R> {
    rows: Vec<R>,
    columns: Columns<'a>,
}

impl<'a, R> Rows<'a, R> {
    fn new(table: &'static str, rows: impl Iterator<Item = R>) -> Self {
        let rows: Vec<R> = rows.collect();
        let (names, values) = (Vec::new(), Parameters::default());
        let columns = Columns { table, is_empty: rows.is_empty(), names, values, key: None };
        Self { rows, columns }
    }

    fn column<T: ToSql + Sync + Send + 'a>(
        mut self,
        name: &'static str,
        kind: Type,
        value: impl Fn(&R) -> T,
    ) -> Self {
        let values: Vec<T> = self.rows.iter().map(value).collect();
        let placeholder = self.columns.values.add(values, kind);
        self.columns.names.push((name, placeholder));
        self
    }

    /// A new row takes the place of the one with the same `key`.
    fn replacing(mut self, key: &'static str) -> Self {
        self.columns.key = Some(key);
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
