//! Imports: remembered with what they change, and read again to be reviewed or taken back.

use std::time::SystemTime;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::column;
use super::pool::Pool;
use super::statement::{Parameters, Statement};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::repository::imports::{ImportRecord, ImportedChange, ImportedChanges};
use crate::repository::revision::RevisionOrigin;
use crate::site::FieldName;

const LAST: &str = "SELECT number, at, source, sites, findings::text, takes_back FROM whc.site_import
    ORDER BY number DESC LIMIT 1";

const TO_TAKE_BACK: &str =
    "SELECT number, at, source, sites, findings::text, takes_back FROM whc.site_import AS import
    WHERE takes_back IS NULL
        AND NOT EXISTS (SELECT FROM whc.site_import AS other WHERE other.takes_back = import.number)
        AND EXISTS (SELECT FROM whc.site_change WHERE site_change.import = import.number)
    ORDER BY number DESC LIMIT 1";

const CHANGES: &str = "SELECT fields, before::text, after::text FROM whc.site_change WHERE import = $1
    ORDER BY site_id";

pub(super) async fn last(pool: &Pool) -> Result<Option<ImportRecord>> {
    pool.query(LAST, &[]).await?.first().map(record).transpose()
}

pub(super) async fn to_take_back(pool: &Pool) -> Result<Option<ImportedChanges>> {
    let rows = pool.query(TO_TAKE_BACK, &[]).await?;
    let Some(import) = rows.first().map(record).transpose()? else { return Ok(None) };
    let number = import.number.cast_signed();
    let rows = pool.query(CHANGES, &[(&number, Type::INT8)]).await?;
    let changes = rows.iter().map(change).collect::<Result<_>>()?;
    Ok(Some(ImportedChanges::new(import, changes)))
}

/// Remembers an import; the row that comes back has its number.
pub(super) fn insert<'a>(
    origin: &'a RevisionOrigin,
    changed: usize,
    findings: &[Finding],
) -> Result<Statement<'a>> {
    let findings = serde_json::to_string(findings)
        .map_err(|error| Error::internal("findings cannot be written").with_source(error))?;
    let mut parameters = Parameters::default();
    let source = origin.source.as_deref().filter(|source| !source.is_empty());
    let source = parameters.add(source, Type::TEXT);
    let changed = parameters.add(i32::try_from(changed).unwrap_or(i32::MAX), Type::INT4);
    let findings = parameters.add(findings, Type::TEXT);
    let takes_back = parameters.add(origin.takes_back.map(u64::cast_signed), Type::INT8);
    let text = format!(
        "INSERT INTO whc.site_import (source, sites, findings, takes_back)
        VALUES ({source}, {changed}, {findings}::json, {takes_back}) RETURNING number"
    );
    Ok((text.into(), parameters))
}

fn record(row: &Row) -> Result<ImportRecord> {
    let unreadable = |error| Error::internal("findings in the database cannot be read").with_source(error);
    let number = column::<i64>(row, "number")?.cast_unsigned();
    let takes_back = column::<Option<i64>>(row, "takes_back")?.map(i64::cast_unsigned);
    let sites = usize::try_from(column::<i32>(row, "sites")?).unwrap_or_default();
    Ok(ImportRecord {
        source: column(row, "source")?,
        sites,
        findings: serde_json::from_str(column(row, "findings")?).map_err(unreadable)?,
        takes_back,
        ..ImportRecord::new(number, column::<SystemTime>(row, "at")?)
    })
}

fn change(row: &Row) -> Result<ImportedChange> {
    let fields = column::<Vec<&str>>(row, "fields")?;
    let fields = fields.into_iter().filter_map(FieldName::find).collect();
    ImportedChange::from_json(column(row, "before")?, column(row, "after")?, fields)
}
