//! Revisions: read everything, write what changed, in one transaction.

use std::sync::Arc;
use std::time::SystemTime;

use tokio_postgres::{Client, IsolationLevel, Transaction};

use super::changes;
use super::columns::{put, record, select_records};
use super::failure::failed;
use super::marks;
use super::statement::Statement;
use crate::error::{Error, Result};
use crate::repository::revision::{Revised, Revision, RevisionOrigin};
use crate::site::{Curated, KnownSites, Site};

/// From how many sites on the planner's idea of the tables has to be renewed with them.
const MANY: usize = 100;

/// Lets `revision` see every site and writes what it returns, and what that changes. Nothing happens unless all of it
/// does.
pub(super) async fn revise(
    client: &mut Client,
    origin: &RevisionOrigin,
    revision: &mut Revision<'_>,
) -> Result<usize> {
    // Each statement must see what was committed while it waited for the lock.
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
    let transaction = transaction.start().await.map_err(failed)?;
    transaction.execute_typed("SELECT whc.lock_dataset_version()", &[]).await.map_err(failed)?;
    let (sites, curated) = every_site(&transaction).await?;
    let known = KnownSites::new(&sites, &curated);
    let wanted = revision(&known)?;
    let count = wanted.len();
    // The database sets the time of a change; this one is not used.
    let revised = origin.revised(&known, wanted, SystemTime::UNIX_EPOCH)?;
    if !revised.is_empty() {
        for (text, parameters) in statements(&revised, origin)? {
            transaction.execute_typed(&text, &parameters.to_vec()).await.map_err(failed)?;
        }
        if revised.len() >= MANY {
            transaction.execute_typed("SELECT whc.renew_statistics()", &[]).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
    }
    Ok(count)
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

fn statements<'a>(revised: &'a [Revised], origin: &'a RevisionOrigin) -> Result<Vec<Statement<'a>>> {
    if origin.source.as_deref().is_some_and(|source| source.contains('\0')) {
        return Err(Error::invalid("the name of the file contains a zero byte"));
    }
    let sites: Vec<_> = revised.iter().map(|revised| &*revised.site).collect();
    let mut statements = put(&sites)?;
    statements.push(changes::insert(revised.iter().map(|revised| &revised.change)));
    let overruled = revised.iter().filter(|revised| !revised.overruled.is_empty());
    statements.extend(overruled.map(|revised| marks::remove(revised.site.id, &revised.overruled)));
    Ok(statements)
}
