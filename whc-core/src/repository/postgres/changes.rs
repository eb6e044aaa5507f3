//! The history of the sites: written with every change, read as pages.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Row, Transaction};

use super::failure::failed;
use super::pool::{Parameter, Pool};
use super::row::{column, site_id};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::site::{Change, ChangeQuery, Site, SiteId};

const PAGE: &str = include_str!("changes.sql");

/// The fields of a row are one text, since an array of arrays of different lengths cannot be sent. No field's name has
/// a space.
const INSERT: &str = "
    INSERT INTO whc.site_change (site_id, kind, fields, name, source)
    SELECT site_id, kind, string_to_array(fields, ' '), name, $5
    FROM unnest($1, $2, $3, $4) AS change (site_id, kind, fields, name)";

pub(super) async fn list(pool: &Pool, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
    let ids: Option<Vec<i32>> =
        (!query.ids.is_empty()).then(|| query.ids.iter().map(|id| id.get().cast_signed()).collect());
    let limit = i64::from(query.window.limit());
    let offset = i64::try_from(query.window.offset()).unwrap_or(i64::MAX);
    let parameters: [Parameter<'_>; 4] = [
        (&query.since, Type::TIMESTAMPTZ),
        (&ids, Type::INT4_ARRAY),
        (&limit, Type::INT8),
        (&offset, Type::INT8),
    ];
    let rows = pool.query(PAGE, &parameters).await?;
    let total = rows.first().map_or(Ok(0), |row| column::<i64>(row, "total"))?;
    let items = rows.iter().filter_map(|row| change(row).transpose());
    let items = items.map(|item| item.map(Arc::new)).collect::<Result<_>>().map_err(unreadable)?;
    Ok(Page { items, total: total.unsigned_abs() })
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
    }))
}

/// Writes down what becomes of the sites `before` when those `changed` replace them.
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
    // The database has the time: this one is not looked at.
    let at = SystemTime::UNIX_EPOCH;
    let happened: Vec<_> = changed
        .iter()
        .filter_map(|site| Change::between(known.get(&site.id).copied(), site, at, source))
        .collect();
    let ids: Vec<_> = happened.iter().map(|change| change.site.get().cast_signed()).collect();
    let kinds: Vec<_> = happened.iter().map(|change| change.kind.name()).collect();
    let fields: Vec<_> = happened.iter().map(|change| change.fields.join(" ")).collect();
    let names: Vec<_> = happened.iter().map(|change| change.name.as_deref()).collect();
    let source = happened.first().and_then(|change| change.source.as_deref());
    let parameters: [(&(dyn ToSql + Sync), Type); 5] = [
        (&ids, Type::INT4_ARRAY),
        (&kinds, Type::TEXT_ARRAY),
        (&fields, Type::TEXT_ARRAY),
        (&names, Type::TEXT_ARRAY),
        (&source, Type::TEXT),
    ];
    transaction.execute_typed(INSERT, &parameters).await.map(drop).map_err(failed)
}

fn unreadable(error: Error) -> Error {
    Error::internal("a change in the database cannot be read").with_source(error)
}
