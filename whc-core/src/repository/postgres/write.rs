//! Revisions: read everything, write what changed, in one transaction.

mod columns;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio_postgres::types::Type;
use tokio_postgres::{Client, IsolationLevel, Transaction};

use self::columns::Columns;
use super::changes;
use super::failure::failed;
use super::read::{FACTS, sites};
use super::statement::Parameter;
use crate::error::{Error, Result};
use crate::repository::Revision;
use crate::site::{Site, SiteId, Translations};

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
    let rows = transaction.query_typed(&format!("{FACTS} ORDER BY site.id"), &[]).await.map_err(failed)?;
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
    refuse_unstorable(sites)?;
    let ids: Vec<i32> = sites.iter().map(|site| columns::id(site)).collect();
    Columns::sites(sites).write(transaction).await?;
    for columns in [
        Columns::texts(sites),
        Columns::criteria(sites),
        Columns::regions(sites),
        Columns::states(sites),
        Columns::extensions(sites),
        Columns::dangers(sites),
        Columns::components(sites),
    ] {
        let old: [Parameter<'_>; 1] = [(&ids, Type::INT4_ARRAY)];
        let delete = format!("DELETE FROM whc.{} WHERE site_id = ANY ($1)", columns.table());
        transaction.execute_typed(&delete, &old).await.map_err(failed)?;
        columns.write(transaction).await?;
    }
    Ok(())
}

/// A site can hold two things PostgreSQL cannot: say so before it does, and say where.
fn refuse_unstorable(sites: &[&Site]) -> Result<()> {
    for site in sites {
        let translations = [site.names.translations(), &site.short_descriptions, &site.justifications];
        let mut texts = translations
            .into_iter()
            .flat_map(Translations::iter)
            .map(|(_, text)| text)
            .chain(site.states.iter().map(|state| &*state.name));
        if texts.any(|text| text.contains('\0')) {
            return Err(Error::invalid(format!("a text of site {} contains a zero byte", site.id)));
        }
        if let Some(item) = site.wikidata.filter(|item| i64::try_from(item.0).is_err()) {
            return Err(Error::invalid(format!("site {} cannot be the Wikidata item {item}", site.id)));
        }
    }
    Ok(())
}
