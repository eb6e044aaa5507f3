//! Questions about sites, each one statement and so one moment in time.

use std::sync::Arc;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::pool::Pool;
use super::row;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::repository::Version;
use crate::site::{Site, SiteId, SiteQuery, StatusFilter};

/// Everything known of each site; a WHERE clause can follow.
pub(super) const FACTS: &str = include_str!("facts.sql");

const VERSION: &str =
    "SELECT left(replace(edition::text, '-', ''), 16) || '-' || number AS version FROM whc.dataset_version";

pub(super) async fn get(pool: &Pool, id: SiteId) -> Result<Option<Arc<Site>>> {
    let rows =
        pool.query(&format!("{FACTS} WHERE site.id = $1"), &[(&id.get().cast_signed(), Type::INT4)]).await?;
    Ok(sites(&rows)?.pop())
}

pub(super) async fn list(pool: &Pool, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
    let inscribed = match query.status {
        StatusFilter::Inscribed => Some(true),
        StatusFilter::Delisted => Some(false),
        StatusFilter::All => None,
    };
    let limit = i64::from(query.window.limit());
    let offset = i64::try_from(query.window.offset()).unwrap_or(i64::MAX);
    let rows = pool
        .query(&list_statement(), &[(&inscribed, Type::BOOL), (&limit, Type::INT8), (&offset, Type::INT8)])
        .await?;
    let total = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>("total")).map_err(unreadable)?;
    // A page past the end is one row with the total and no site.
    let ids = rows.first().map_or(Ok(None), |row| row.try_get::<_, Option<i32>>("id")).map_err(unreadable)?;
    let items = if ids.is_some() { sites(&rows)? } else { Vec::new() };
    Ok(Page { items, total: total.unsigned_abs() })
}

fn list_statement() -> String {
    format!(
        "WITH matching AS (SELECT id FROM whc.site WHERE $1 IS NULL OR (status = 'inscribed') = $1),
            page AS (SELECT id FROM matching ORDER BY id LIMIT $2 OFFSET $3)
        SELECT (SELECT count(*) FROM matching) AS total, facts.*
        FROM (VALUES (true)) AS always
        LEFT JOIN ({FACTS} WHERE site.id IN (SELECT id FROM page)) AS facts ON true
        ORDER BY facts.id"
    )
}

pub(super) async fn version(pool: &Pool) -> Result<Version> {
    let rows = pool.query(VERSION, &[]).await?;
    let row = rows.first().ok_or_else(|| Error::internal("the database has lost its version"))?;
    Ok(Version::new(row.try_get::<_, &str>("version").map_err(unreadable)?))
}

/// The sites in rows of [`FACTS`].
pub(super) fn sites(rows: &[Row]) -> Result<Vec<Arc<Site>>> {
    rows.iter().map(|row| row::site(row).map(Arc::new)).collect()
}

fn unreadable(error: tokio_postgres::Error) -> Error {
    Error::internal("the database answers in an unknown form").with_source(error)
}
