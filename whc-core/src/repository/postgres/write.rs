//! Revisions: read everything, write what changed, in one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio_postgres::{Client, IsolationLevel, Transaction};

use super::changes;
use super::columns::{of_sites, of_tables, select};
use super::failure::failed;
use super::read::sites;
use crate::error::Result;
use crate::repository::Revision;
use crate::site::{Site, SiteId};

/// From how many sites on the planner's idea of the tables has to be renewed with them.
const MANY: usize = 100;

/// Lets `revision` see every site and writes what it returns, and what that changes. Nothing happens unless all of it
/// does.
pub(super) async fn revise(
    client: &mut Client,
    source: Option<&str>,
    revision: &mut Revision<'_>,
) -> Result<usize> {
    // Each statement must see what was committed while it waited for the lock.
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
    let transaction = transaction.start().await.map_err(failed)?;
    transaction.execute_typed("SELECT whc.lock_dataset_version()", &[]).await.map_err(failed)?;
    let every_site = format!("{} ORDER BY site.id", select());
    let rows = transaction.query_typed(&every_site, &[]).await.map_err(failed)?;
    let before = sites(&rows)?;
    let revised = revision(&before)?;
    let count = revised.len();
    let changed = changed(&before, &revised);
    if !changed.is_empty() {
        put(&transaction, &changed).await?;
        changes::write(&transaction, &before, &changed, source).await?;
        if changed.len() >= MANY {
            transaction.execute_typed("SELECT whc.renew_statistics()", &[]).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
    }
    Ok(count)
}

/// The sites that differ from what is there, each once: of two with one id the later counts.
fn changed<'a>(before: &[Arc<Site>], revised: &'a [Site]) -> Vec<&'a Site> {
    let by_id: BTreeMap<SiteId, &Site> = revised.iter().map(|site| (site.id, site)).collect();
    let same = |site: &Site| {
        before.binary_search_by_key(&site.id, |old| old.id).is_ok_and(|at| *before[at] == *site)
    };
    by_id.into_values().filter(|site| !same(site)).collect()
}

async fn put(transaction: &Transaction<'_>, sites: &[&Site]) -> Result<()> {
    let ids = sites.iter().map(|site| site.id.get().cast_signed()).collect();
    of_sites(sites).put(transaction).await?;
    for rows in of_tables(sites) {
        rows.replace(transaction, &ids).await?;
    }
    Ok(())
}
