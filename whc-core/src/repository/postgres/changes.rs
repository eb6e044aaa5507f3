//! The history of the sites: written with every change, read as pages.

use std::sync::Arc;
use std::time::SystemTime;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::{column, site_id};
use super::pool::Pool;
use super::statement::{Conditions, Parameters, Statement, any_of};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::repository::imports::ImportedChange;
use crate::site::{Change, ChangeQuery};

pub(super) async fn list(pool: &Pool, query: &ChangeQuery) -> Result<Page<Arc<Change>>> {
    let (statement, parameters) = select(query);
    page(&pool.query(&statement, &parameters.to_vec()).await?)
}

pub(super) fn select(query: &ChangeQuery) -> Statement<'static> {
    let ids = any_of(query.ids.iter().map(|id| id.get().cast_signed()));
    let matching = Conditions::default()
        .and(query.since, Type::TIMESTAMPTZ, |since| format!("at >= {since}"))
        .and(ids, Type::INT4_ARRAY, |ids| format!("site_id = ANY ({ids})"));
    let (matching, mut parameters) = matching.into_parts();
    let window = parameters.add_window(query.window);
    (page_statement(&matching, &window).into(), parameters)
}

/// The page in the rows of [`select`].
pub(super) fn page(rows: &[Row]) -> Result<Page<Arc<Change>>> {
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
            page.at, page.site_id, page.kind, page.fields, page.name, page.source, page.reason
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
        reason: column(row, "reason")?,
    }))
}

/// Records these changes, at the time of the database. The fields of a row are one text, since an array of arrays of
/// different lengths cannot be sent. No field's name has a space.
///
/// With each goes what the values were before and after.
pub(super) fn insert<'a>(
    lines: impl Iterator<Item = (&'a Change, ImportedChange)>,
    import: Option<i64>,
) -> Statement<'a> {
    let (changes, values): (Vec<_>, Vec<_>) = lines.unzip();
    let (before, after): (Vec<_>, Vec<_>) = values.iter().map(ImportedChange::to_json).unzip();
    let each =
        |text: fn(&Change) -> Option<&str>| changes.iter().map(|change| text(change)).collect::<Vec<_>>();
    let ids: Vec<_> = changes.iter().map(|change| change.site.get().cast_signed()).collect();
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.name()).collect();
    let fields: Vec<_> = changes.iter().map(|change| change.fields.join(" ")).collect();
    let mut parameters = Parameters::default();
    let ids = parameters.add(ids, Type::INT4_ARRAY);
    let kinds = parameters.add(kinds, Type::TEXT_ARRAY);
    let fields = parameters.add(fields, Type::TEXT_ARRAY);
    let names = parameters.add(each(|change| change.name.as_deref()), Type::TEXT_ARRAY);
    let sources = parameters.add(each(|change| change.source.as_deref()), Type::TEXT_ARRAY);
    let reasons = parameters.add(each(|change| change.reason.as_deref()), Type::TEXT_ARRAY);
    let before = parameters.add(before, Type::TEXT_ARRAY);
    let after = parameters.add(after, Type::TEXT_ARRAY);
    let import = parameters.add(import, Type::INT8);
    let text = format!(
        "INSERT INTO whc.site_change
            (site_id, kind, fields, name, source, reason, knows_marks, import, before, after)
        SELECT site_id, kind, string_to_array(fields, ' '), name, source, reason, true, {import},
            before::json, after::json
        FROM unnest({ids}, {kinds}, {fields}, {names}, {sources}, {reasons}, {before}, {after})
            AS change (site_id, kind, fields, name, source, reason, before, after)"
    );
    (text.into(), parameters)
}

fn unreadable(error: Error) -> Error {
    Error::internal("a change in the database cannot be read").with_source(error)
}
