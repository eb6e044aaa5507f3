//! All sites in one state, and of a state known before only what is different.

use std::collections::HashMap;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::{column, record, select_records, site_id};
use super::pool::Pool;
use super::statement::{Parameters, Statement};
use super::transaction::{ONE_STATE, Transaction};
use super::{changes, read};
use crate::error::{Error, Result};
use crate::repository::Snapshot;
use crate::site::{ChangeQuery, SiteId, SiteRecord, SiteRevision};

/// How many sites are read at once, so that each answer comes in time.
const CHUNK: usize = 10_000;

const REVISIONS: &str = "SELECT array_agg(id) AS ids, array_agg(revision) AS revisions
    FROM (SELECT id, revision FROM whc.site ORDER BY id) AS site";

/// A snapshot of now. Sites whose revisions are those of `known` are taken from there.
pub(super) async fn snapshot(pool: &Pool, known: Option<&Snapshot>) -> Result<Snapshot> {
    let begin = [bare(read::VERSION), bare(REVISIONS), changes::select(&ChangeQuery::LATEST)];
    let (transaction, rows) = Transaction::begin(pool, ONE_STATE, &begin).await?;
    let [version, revisions, history] = [0, 1, 2].map(|at| rows.get(at).map_or(&[][..], Vec::as_slice));
    let (version, there) = (read::version_in(version)?, revisions_in(revisions)?);
    let changes = changes::page(history)?.items;
    let same = |(id, revision): &(SiteId, SiteRevision)| {
        known.is_some_and(|known| known.kept_revision(*id) == Some(*revision))
    };
    let other: Vec<_> = there.iter().filter(|site| !same(site)).map(|(id, _)| *id).collect();
    let mut read: HashMap<SiteId, SiteRecord> = HashMap::with_capacity(other.len());
    for chunk in other.chunks(CHUNK) {
        for row in transaction.query(&[records(chunk)]).await?.iter().flatten() {
            let record = record(row)?;
            read.insert(record.site.id, record);
        }
    }
    transaction.roll_back().await?;
    let known = |id| known.and_then(|known| known.record(id));
    let records = there.iter().map(|(id, _)| {
        let record = read.remove(id).or_else(|| known(*id));
        record.ok_or_else(|| Error::internal(format!("the database has lost site {id} within a transaction")))
    });
    Ok(Snapshot::of_records(version, records.collect::<Result<_>>()?)?.with_changes(changes))
}

/// The sites with their revisions, ordered by id.
fn revisions_in(rows: &[Row]) -> Result<Vec<(SiteId, SiteRevision)>> {
    let Some(row) = rows.first() else { return Ok(Vec::new()) };
    // An aggregate makes null of no rows.
    let ids = column::<Option<Vec<i32>>>(row, "ids")?.unwrap_or_default();
    let revisions = column::<Option<Vec<i64>>>(row, "revisions")?.unwrap_or_default();
    let pairs = ids.into_iter().zip(revisions);
    pairs.map(|(id, number)| Ok((site_id(id)?, SiteRevision::new(number.cast_unsigned())))).collect()
}

fn records(ids: &[SiteId]) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let ids: Vec<_> = ids.iter().map(|id| id.get().cast_signed()).collect();
    let ids = parameters.add(ids, Type::INT4_ARRAY);
    (format!("{} WHERE site.id = ANY ({ids})", select_records()).into(), parameters)
}

fn bare(text: &'static str) -> Statement<'static> {
    (text.into(), Parameters::default())
}
