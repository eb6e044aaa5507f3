//! Sites turned into rows of a table: one array a column, so that any number of rows is one statement.

use tokio_postgres::types::Type;

use super::value::{Value, storable};
use crate::error::{Error, Result};
use crate::repository::postgres::statement::{Parameters, Placeholder, Statement};
use crate::site::{Site, SiteId};

/// The columns of tables that have any number of rows for a site: whose they are, and in which order.
const KEYS: [&str; 2] = [SITE_ID, POSITION];
const SITE_ID: &str = "site_id";
const POSITION: &str = "position";

/// Rows of a table on their way into columns, each with the site it belongs to.
pub(super) struct Rows<'a, R> {
    rows: Vec<(SiteId, R)>,
    pub columns: Columns<'a>,
}

/// The columns of a table, with the values of its new rows.
pub(in crate::repository::postgres) struct Columns<'a> {
    table: &'static str,
    is_empty: bool,
    names: Vec<(&'static str, Placeholder)>,
    values: Parameters<'a>,
    /// Why a value cannot be written.
    refusal: Option<Error>,
}

impl<'a> Rows<'a, &'a Site> {
    /// The sites themselves.
    pub(super) fn new(table: &'static str, sites: &[&'a Site]) -> Self {
        Self::with(table, sites.iter().map(|&site| (site.id, site)))
    }

    /// A row for each thing that `of` finds in a site. The database keeps no order of them.
    pub(super) fn each<I: IntoIterator<Item: Copy>>(self, of: impl Fn(&'a Site) -> I) -> Rows<'a, I::Item> {
        let items = |(id, site)| of(site).into_iter().map(move |item| (id, item));
        let rows = Rows::with(self.columns.table, self.rows.into_iter().flat_map(items));
        let ids = rows.rows.iter().map(|&(id, _)| id.get().cast_signed()).collect();
        rows.add(SITE_ID, ids)
    }

    /// A row for each element of a list, which comes back in its order.
    pub(super) fn each_in_order<T>(self, of: impl Fn(&'a Site) -> &'a [T]) -> Rows<'a, &'a T> {
        // No list in memory reaches the greatest position.
        let numbered =
            self.each(|site| (0..i32::MAX).zip(of(site))).column(POSITION, |(position, _)| position);
        let rows = numbered.rows.into_iter().map(|(id, (_, item))| (id, item)).collect();
        Rows { rows, columns: numbered.columns }
    }
}

impl<'a, R: Copy> Rows<'a, R> {
    fn with(table: &'static str, rows: impl Iterator<Item = (SiteId, R)>) -> Self {
        let rows: Vec<_> = rows.collect();
        let (names, values) = (Vec::new(), Parameters::default());
        let columns = Columns { table, is_empty: rows.is_empty(), names, values, refusal: None };
        Self { rows, columns }
    }

    /// Adds a column, with its value in every row. Where one cannot be stored nothing can be written, and the error says why.
    pub(super) fn column<T: Value + 'a>(mut self, name: &'static str, value: impl Fn(R) -> T) -> Self {
        let value =
            |&(id, row)| storable(value(row)).map_err(|error: Error| error.within(format!("site {id}")));
        match self.rows.iter().map(value).collect() {
            Ok(values) => return self.add(name, values),
            Err(error) => self.columns.refusal = Some(error),
        }
        self
    }

    fn add<T: Value + 'a>(mut self, name: &'static str, values: Vec<T>) -> Self {
        let placeholder = self.columns.values.add(values, T::ARRAY);
        self.columns.names.push((name, placeholder));
        self
    }
}

impl<'a> Columns<'a> {
    /// The columns that are part of a site, not of the table's key.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().map(|(name, _)| *name).filter(|name| !KEYS.contains(name))
    }

    /// Whether the rows of a site have an order.
    pub(super) fn is_ordered(&self) -> bool {
        self.names.iter().any(|(name, _)| *name == POSITION)
    }

    /// Why the rows cannot be written, if they cannot.
    #[cfg(test)]
    pub(super) fn refusal(self) -> Option<Error> {
        self.refusal
    }

    /// Inserts the rows, or replaces those with the same `id`.
    ///
    /// # Errors
    /// Invalid, if a site holds what PostgreSQL cannot.
    pub(in crate::repository::postgres) fn put(self) -> Result<Option<Statement<'a>>> {
        let others = self.names().filter(|name| *name != "id");
        let replace = list(others.map(|name| format!("{name} = excluded.{name}")));
        self.insert(&format!("ON CONFLICT (id) DO UPDATE SET {replace}"))
    }

    /// Inserts the rows in place of all that the sites with these ids have.
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    pub(in crate::repository::postgres) fn replace(self, ids: &[i32]) -> Result<Vec<Statement<'a>>> {
        let mut old = Parameters::default();
        let old_ids = old.add(ids.to_vec(), Type::INT4_ARRAY);
        let delete = format!("DELETE FROM whc.{} WHERE {SITE_ID} = ANY ({old_ids})", self.table);
        let new = self.insert("")?;
        Ok(std::iter::once((delete.into(), old)).chain(new).collect())
    }

    fn insert(self, conflict: &str) -> Result<Option<Statement<'a>>> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        if self.is_empty {
            return Ok(None);
        }
        let (table, names) = (self.table, list(self.names.iter().map(|(name, _)| name)));
        let values = list(self.names.iter().map(|(_, value)| value));
        let text = format!("INSERT INTO whc.{table} ({names}) SELECT * FROM unnest({values}) {conflict}");
        Ok(Some((text.into(), self.values)))
    }
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
