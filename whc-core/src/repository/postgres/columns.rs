//! The columns of a site: the select, the site in a row and the rows of a site are made from one table.

mod cells;
mod groups;
mod rows;
mod select;
mod table;
mod value;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use self::cells::Cells;
pub(super) use self::groups::site_id;
use self::rows::{Columns, Rows};
pub(super) use self::table::OLDEST_SCHEMA;
use self::table::{FACTS, REQUIRED, required};
use super::statement::{Parameters, Statement};
use crate::error::{Error, Result};
use crate::site::{FieldName, Site, SiteId, SiteRecord, SiteRevision};

/// One fact of a site: where it is kept, and how it is read from there.
struct Fact {
    place: Place,
    read: Read,
}

/// Where a fact is kept: in columns of `whc.site`, in a table with any number of rows for a site, or in both.
struct Place {
    columns: OfSite,
    table: Option<Table>,
}

/// A table with any number of rows for a site.
struct Table {
    name: &'static str,
    rows: OfTable,
}

/// Adds the columns of a fact, each with its name and its value in every site. Of no sites it tells the names.
type OfSite = for<'a> fn(Rows<'a, &'a Site>) -> Rows<'a, &'a Site>;

/// The rows that sites have in a table. Of no sites they tell its columns.
type OfTable = for<'a> fn(Rows<'a, &'a Site>) -> Columns<'a>;

/// Takes as many cells as the fact has columns, those of `whc.site` first, those of its table as arrays.
type Read = fn(&mut Site, &mut Cells<'_>) -> Result<()>;

impl Place {
    const fn new() -> Self {
        Self { columns: |sites| sites, table: None }
    }

    const fn columns(self, columns: OfSite) -> Self {
        Self { columns, ..self }
    }

    const fn table(self, name: &'static str, rows: OfTable) -> Self {
        Self { table: Some(Table { name, rows }), ..self }
    }

    /// The fact that is kept here.
    const fn read(self, read: Read) -> Fact {
        Fact { place: self, read }
    }
}

/// Every place, in the order of the cells of a row.
fn places() -> impl Iterator<Item = &'static Place> {
    std::iter::once(&REQUIRED).chain(FACTS.iter().map(|fact| &fact.place))
}

/// The statement that has all facts of each site, one row a site; a WHERE clause can follow.
pub(super) fn select() -> &'static str {
    static SELECT: LazyLock<String> = LazyLock::new(|| select::statement(places(), ""));
    &SELECT
}

/// The same with the revision and the marks of each.
pub(super) fn select_records() -> &'static str {
    static SELECT: LazyLock<String> = LazyLock::new(|| select::statement(places(), KEPT_BESIDE));
    &SELECT
}

const KEPT_BESIDE: &str =
    ", site.revision, ARRAY(SELECT field FROM whc.site_curated WHERE site_id = site.id) AS curated";

/// The record in a row of [`select_records()`]. A mark of a field that a later program knows is not in it.
///
/// # Errors
/// Those of [`site`].
pub(super) fn record(row: &Row) -> Result<SiteRecord> {
    let site = Arc::new(site(row)?);
    let revision = SiteRevision::new(column::<i64>(row, "revision")?.cast_unsigned());
    let curated = column::<Vec<&str>>(row, "curated")?;
    let curated = curated.into_iter().filter_map(FieldName::find).collect();
    Ok(SiteRecord::new(site, revision).with_curated(curated))
}

/// The cell of a row in the column with this name.
pub(super) fn column<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T> {
    row.try_get(name).map_err(|error| {
        Error::internal("the database answers in an unknown form")
            .with_source(format!("column {name}: {error}"))
    })
}

/// The site in a row that begins with the columns of [`select()`].
///
/// # Errors
/// Internal, with the id and the column, if the row holds what no site can.
pub(super) fn site(row: &Row) -> Result<Site> {
    read(&mut Cells::new(row)).map_err(|error| {
        let site = row.try_get::<_, i32>("id").map_or("a site".to_owned(), |id| format!("site {id}"));
        Error::internal("a site in the database cannot be read").with_source(error.within(site))
    })
}

fn read(cells: &mut Cells<'_>) -> Result<Site> {
    let mut site = required(cells)?;
    for fact in FACTS {
        (fact.read)(&mut site, cells)?;
    }
    Ok(site)
}

/// The statements that write these sites in place of what there is of them.
///
/// # Errors
/// Invalid, if a site holds what PostgreSQL cannot.
pub(super) fn put<'a>(sites: &[&'a Site]) -> Result<Vec<Statement<'a>>> {
    let ids: Vec<_> = sites.iter().map(|site| site.id.get().cast_signed()).collect();
    let mut statements: Vec<_> = of_sites(sites).put()?.into_iter().collect();
    for rows in of_tables(sites) {
        statements.extend(rows.replace(&ids)?);
    }
    Ok(statements)
}

/// The statement that removes these sites with all that is kept of them.
pub(super) fn remove(ids: &BTreeSet<SiteId>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let ids: Vec<_> = ids.iter().map(|id| id.get().cast_signed()).collect();
    let ids = parameters.add(ids, Type::INT4_ARRAY);
    (format!("DELETE FROM whc.site WHERE id = ANY ({ids})").into(), parameters)
}

/// The rows of `whc.site` that these sites are.
fn of_sites<'a>(sites: &[&'a Site]) -> Columns<'a> {
    places().fold(Rows::new("site", sites), |rows, place| (place.columns)(rows)).columns
}

/// The rows that these sites have in each of the other tables.
fn of_tables<'a>(sites: &[&'a Site]) -> impl Iterator<Item = Columns<'a>> {
    let tables = places().filter_map(|place| place.table.as_ref());
    tables.map(|table| (table.rows)(Rows::new(table.name, sites)))
}

#[cfg(test)]
mod tests {
    use super::{Columns, of_sites, of_tables};
    use crate::site::{Site, StateParty, embedded};

    fn refusal(change: impl FnOnce(&mut Site)) -> Option<String> {
        let mut site = embedded().unwrap().swap_remove(0);
        change(&mut site);
        let sites = [&site];
        let mut rows = std::iter::once(of_sites(&sites)).chain(of_tables(&sites));
        rows.find_map(Columns::refusal).map(|error| error.to_string())
    }

    #[test]
    fn what_the_database_cannot_hold_is_refused_with_the_site() {
        assert_eq!(refusal(|_| {}), None);
        let state = refusal(|site| site.states.push(StateParty { iso: None, name: "a\0b".into() }));
        assert_eq!(state.unwrap(), "site 1: a text contains a zero byte");
    }
}
