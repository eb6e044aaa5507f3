//! The history of the sites: written with every change, read as pages.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_postgres::types::{FromSql, Type};
use tokio_postgres::{Row, Transaction};

use super::columns::site_id;
use super::failure::failed;
use super::pool::Pool;
use super::statement::{Conditions, Parameters, any_of};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Site, SiteId};

pub(super) async fn list(pool: &Pool, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
    let ids = any_of(query.ids.iter().map(|id| id.get().cast_signed()));
    let matching = Conditions::default()
        .and(query.since, Type::TIMESTAMPTZ, |since| format!("at >= {since}"))
        .and(ids, Type::INT4_ARRAY, |ids| format!("site_id = ANY ({ids})"));
    let (matching, mut parameters) = matching.into_parts();
    let statement = page_statement(&matching, &parameters.add_window(query.window));
    let rows = pool.query(&statement, &parameters.to_vec()).await?;
    let total = rows.first().map_or(Ok(0), |row| column::<i64>(row, "total"))?;
    let items = rows.iter().filter_map(|row| change(row).transpose());
    let items = items.map(|item| item.map(Arc::new)).collect::<Result<_>>().map_err(unreadable)?;
    Ok(Page { items, total: total.unsigned_abs() })
}

/// A page past the end is one row with the total and no change.
fn page_statement(matching: &str, window: &str) -> String {
    format!(
        "WITH matching AS (SELECT * FROM whc.site_change WHERE {matching}),
            page AS (SELECT * FROM matching ORDER BY at DESC, site_id, number DESC {window})
        SELECT (SELECT count(*) FROM matching) AS total,
            page.at, page.site_id, page.kind, page.fields, page.name, page.source
        FROM (VALUES (true)) AS always LEFT JOIN page ON true
        ORDER BY page.at DESC, page.site_id, page.number DESC"
    )
}

/// The change in this row; `None` where there is only the total.
fn change(row: &Row) -> Result<Option<Change>> {
    let Some(at) = column::<Option<SystemTime>>(row, "at")? else { return Ok(None) };
    Ok(Some(Change {
        at,
        site: site_id(column(row, "site_id")?)?,
        kind: column::<&str>(row, "kind")?.parse()?,
        fields: column(row, "fields")?,
        name: column(row, "name")?,
        source: column(row, "source")?,
        reason: None,
    }))
}

fn column<'a, T: FromSql<'a>>(row: &'a Row, name: &str) -> Result<T> {
    row.try_get(name).map_err(|error| Error::internal(format!("column {name}")).with_source(error))
}

/// Records the differences between the sites `before` and those `changed` that replace them.
pub(super) async fn write(
    transaction: &Transaction<'_>,
    before: &[Arc<Site>],
    changed: &[&Site],
    source: Option<&str>,
) -> Result<()> {
    if source.is_some_and(|source| source.contains('\0')) {
        return Err(Error::invalid("the name of the file contains a zero byte"));
    }
    let known: HashMap<SiteId, &Site> = before.iter().map(|site| (site.id, &**site)).collect();
    // The database sets the time of the change; this one is not used.
    let at = SystemTime::UNIX_EPOCH;
    let happened: Vec<_> = changed
        .iter()
        .filter_map(|site| Change::between(known.get(&site.id).copied(), site, at, source))
        .collect();
    let mut parameters = Parameters::default();
    let statement = insert_statement(&happened, &mut parameters);
    transaction.execute_typed(&statement, &parameters.to_vec()).await.map(drop).map_err(failed)
}

/// The fields of a row are one text, since an array of arrays of different lengths cannot be sent. No field's name has
/// a space.
fn insert_statement<'a>(changes: &'a [Change], parameters: &mut Parameters<'a>) -> String {
    let ids: Vec<_> = changes.iter().map(|change| change.site.get().cast_signed()).collect();
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.name()).collect();
    let fields: Vec<_> = changes.iter().map(|change| change.fields.join(" ")).collect();
    let names: Vec<_> = changes.iter().map(|change| change.name.as_deref()).collect();
    let source = changes.first().and_then(|change| change.source.as_deref());
    let ids = parameters.add(ids, Type::INT4_ARRAY);
    let kinds = parameters.add(kinds, Type::TEXT_ARRAY);
    let fields = parameters.add(fields, Type::TEXT_ARRAY);
    let names = parameters.add(names, Type::TEXT_ARRAY);
    let source = parameters.add(source, Type::TEXT);
    format!(
        "INSERT INTO whc.site_change (site_id, kind, fields, name, source)
        SELECT site_id, kind, string_to_array(fields, ' '), name, {source}
        FROM unnest({ids}, {kinds}, {fields}, {names}) AS change (site_id, kind, fields, name)"
    )
}

fn unreadable(error: Error) -> Error {
    Error::internal("a change in the database cannot be read").with_source(error)
}
