//! Revisions: read everything, write what changed, in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_postgres::{Client, IsolationLevel, Transaction};

use super::changes;
use super::columns::{column, put, record, remove, select_records};
use super::failure::failed;
use super::imports;
use super::marks;
use super::statement::Statement;
use crate::error::{Error, Result};
use crate::repository::imports::{Draft, Drafting};
use crate::repository::revision::{Revised, RevisionOrigin};
use crate::site::{Curated, KnownSites, Site, SiteId};

/// From how many sites on the planner's idea of the tables has to be renewed with them.
const MANY: usize = 100;

/// Lets `drafting` see every site and writes what it returns, and what that changes. Nothing happens unless all of it
/// does.
pub(super) async fn revise(
    client: &mut Client,
    origin: &RevisionOrigin,
    drafting: &mut Drafting<'_>,
) -> Result<usize> {
    // Each statement must see what was committed while it waited for the lock.
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
    let transaction = transaction.start().await.map_err(failed)?;
    transaction.execute_typed("SELECT whc.lock_dataset_version()", &[]).await.map_err(failed)?;
    let (sites, curated) = every_site(&transaction).await?;
    let known = KnownSites::new(&sites, &curated);
    let Draft { sites: wanted, mut removed, findings } = drafting(&known)?;
    removed.retain(|id| known.get(*id).is_some());
    let count = wanted.len() + removed.len();
    // The database sets the time of a change; this one is not used.
    let revised = origin.revised(&known, wanted, SystemTime::UNIX_EPOCH)?;
    let changed = revised.len() + removed.len();
    if changed == 0 && findings.is_none() {
        return Ok(count);
    }
    check(origin)?;
    let import = match findings {
        Some(findings) => Some(remember(&transaction, &imports::insert(origin, changed, &findings)?).await?),
        None => None,
    };
    for (text, parameters) in statements(&revised, &removed, import)? {
        transaction.execute_typed(&text, &parameters.to_vec()).await.map_err(failed)?;
    }
    if changed >= MANY {
        transaction.execute_typed("SELECT whc.renew_statistics()", &[]).await.map_err(failed)?;
    }
    transaction.commit().await.map_err(failed)?;
    Ok(count)
}

/// # Errors
/// Invalid, if the name of the file holds what PostgreSQL cannot.
fn check(origin: &RevisionOrigin) -> Result<()> {
    if origin.source.as_deref().is_some_and(|source| source.contains('\0')) {
        return Err(Error::invalid("the name of the file contains a zero byte"));
    }
    Ok(())
}

/// The number of the import.
async fn remember(transaction: &Transaction<'_>, (text, parameters): &Statement<'_>) -> Result<i64> {
    let rows = transaction.query_typed(text, &parameters.to_vec()).await.map_err(failed)?;
    let row = rows.first().ok_or_else(|| Error::internal("the database answers without a row"))?;
    column(row, "number")
}

async fn every_site(transaction: &Transaction<'_>) -> Result<(Vec<Arc<Site>>, Curated)> {
    let every_site = format!("{} ORDER BY site.id", select_records());
    let rows = transaction.query_typed(&every_site, &[]).await.map_err(failed)?;
    let (mut sites, mut curated) = (Vec::with_capacity(rows.len()), Curated::new());
    for row in &rows {
        let record = record(row)?;
        if !record.curated.is_empty() {
            curated.insert(record.site.id, record.curated);
        }
        sites.push(record.site);
    }
    Ok((sites, curated))
}

fn statements<'a>(
    revised: &'a [Revised],
    removed: &BTreeSet<SiteId>,
    import: Option<i64>,
) -> Result<Vec<Statement<'a>>> {
    let mut statements = Vec::new();
    if !revised.is_empty() {
        let sites: Vec<_> = revised.iter().map(|revised| &*revised.site).collect();
        statements.extend(put(&sites)?);
        let lines = revised.iter().map(|revised| (&revised.change, revised.values()));
        statements.push(changes::insert(lines, import));
    }
    // The database tells the history of it.
    statements.extend((!removed.is_empty()).then(|| remove(removed)));
    let overruled = revised.iter().filter(|revised| !revised.overruled.is_empty());
    statements.extend(overruled.map(|revised| marks::remove(revised.site.id, &revised.overruled)));
    Ok(statements)
}
