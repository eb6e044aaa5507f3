//! Queries over the sites, each a single statement, so that it sees one state of the data.

use std::sync::Arc;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::{self, select};
use super::filter::conditions;
use super::pool::Pool;
use super::statement::{Conditions, Parameters};
use crate::error::{Error, Result};
use crate::page::{Page, Window};
use crate::repository::Version;
use crate::site::{Order, Site, SiteId, SiteQuery, SortKey};

pub(super) const VERSION: &str = "SELECT left(replace(edition::text, '-', ''), 16) || '-' || number AS version, moved_at FROM whc.dataset_version";

pub(super) async fn get(pool: &Pool, id: SiteId) -> Result<Option<Arc<Site>>> {
    let statement = format!("{} WHERE site.id = $1", select());
    let rows = pool.query(&statement, &[(&id.get().cast_signed(), Type::INT4)]).await?;
    Ok(sites(&rows)?.pop())
}

/// The page of sites that `query` selects.
///
/// Folded text, scores and distances are computed in Rust: SQL's collations, trigrams and trigonometry give almost, but
/// not exactly, the same order. So where a query needs them, SQL selects the sites that pass its other filters, and
/// [`SiteQuery::select`] does the rest.
pub(super) async fn list(pool: &Pool, query: &SiteQuery) -> Result<Page<Arc<Site>>> {
    let matching = conditions(query);
    match sql_order(query) {
        Some(order) => {
            let Page { items, total } = page(pool, matching, order, query.window).await?;
            Ok(Page { items: items.iter().filter_map(|site| query.seen(site)).collect(), total })
        }
        None => Ok(query.select(&candidates(pool, matching).await?)),
    }
}

/// The order in SQL, a total one; `None` where SQL cannot answer the whole query.
fn sql_order(query: &SiteQuery) -> Option<&'static str> {
    if query.search.is_some() || query.near.is_some() {
        return None;
    }
    let Order { key, descending } = query.order();
    match (key, descending) {
        // Nothing has a distance or a score here, so all come by id.
        (SortKey::Id, false) | (SortKey::Distance | SortKey::Relevance, _) => Some("id"),
        (SortKey::Id, true) => Some("id DESC"),
        (SortKey::Inscribed, false) => Some("inscribed, id"),
        (SortKey::Inscribed, true) => Some("inscribed DESC, id"),
        (SortKey::Area, false) => Some("area_hectares, id"),
        (SortKey::Area, true) => Some("area_hectares DESC NULLS LAST, id"),
        (SortKey::Name, _) => None,
    }
}

async fn candidates(pool: &Pool, matching: Conditions<'_>) -> Result<Vec<Arc<Site>>> {
    let (matching, parameters) = matching.into_parts();
    sites(&pool.query(&format!("{} WHERE {matching}", select()), &parameters.to_vec()).await?)
}

async fn page(pool: &Pool, matching: Conditions<'_>, order: &str, window: Window) -> Result<Page<Arc<Site>>> {
    let (matching, mut parameters) = matching.into_parts();
    let statement = page_statement(&matching, order, window, &mut parameters);
    let rows = pool.query(&statement, &parameters.to_vec()).await?;
    let total = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>("total")).map_err(unreadable)?;
    // A page past the end is one row with the total and no site.
    let ids = rows.first().map_or(Ok(None), |row| row.try_get::<_, Option<i32>>("id")).map_err(unreadable)?;
    let items = if ids.is_some() { sites(&rows)? } else { Vec::new() };
    Ok(Page { items, total: total.unsigned_abs() })
}

fn page_statement(matching: &str, order: &str, window: Window, parameters: &mut Parameters<'_>) -> String {
    let (select, window) = (select(), parameters.add_window(window));
    format!(
        "WITH matching AS (SELECT site.* FROM whc.site AS site WHERE {matching}),
            page AS (SELECT id FROM matching ORDER BY {order} {window})
        SELECT facts.*, (SELECT count(*) FROM matching) AS total
        FROM (VALUES (true)) AS always
        LEFT JOIN ({select} WHERE site.id IN (SELECT id FROM page)) AS facts ON true
        ORDER BY {order}"
    )
}

pub(super) async fn version(pool: &Pool) -> Result<Version> {
    version_in(&pool.query(VERSION, &[]).await?)
}

/// The version in the rows of [`VERSION`].
pub(super) fn version_in(rows: &[Row]) -> Result<Version> {
    let row = rows.first().ok_or_else(|| Error::internal("the database has lost its version"))?;
    let version = Version::new(row.try_get::<_, &str>("version").map_err(unreadable)?);
    Ok(version.modified_at(row.try_get("moved_at").map_err(unreadable)?))
}

/// The sites in rows that begin with the columns of [`select`].
pub(super) fn sites(rows: &[Row]) -> Result<Vec<Arc<Site>>> {
    rows.iter().map(|row| columns::site(row).map(Arc::new)).collect()
}

fn unreadable(error: tokio_postgres::Error) -> Error {
    Error::internal("the database answers in an unknown form").with_source(error)
}
