//! One site, changed by a curator: locks and looks, lets somebody decide, writes the change with all that goes with it.

use std::collections::BTreeSet;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::{self, column, record, select_records};
use super::idempotency::{self, About, Keyed};
use super::pool::Pool;
use super::statement::{Parameters, Statement};
use super::transaction::{READ_COMMITTED, Transaction};
use super::{changes, marks};
use crate::auth::Curator;
use crate::error::{Error, Result};
use crate::repository::curation::{FoundSite, SiteDecision, SiteEdit, SitePlacement, SitePut, SiteWriting};
use crate::repository::imports::ImportedChange;
use crate::site::{Change, SiteId, SiteRecord, SiteRevision};

pub(super) async fn get(pool: &Pool, site: SiteId) -> Result<Option<SiteRecord>> {
    let (statement, parameters) = look(site);
    pool.query(&statement, &parameters.to_vec()).await?.first().map(record).transpose()
}

/// One transaction of two round trips.
pub(super) async fn put(
    pool: &Pool,
    curator: &Curator,
    put: &SitePut<'_>,
    edit: &mut SiteEdit<'_>,
) -> Result<SitePlacement> {
    if put.reason.is_some_and(|reason| reason.contains('\0')) {
        return Err(Error::invalid("the reason contains a zero byte"));
    }
    let keyed = put.request.map(|request| Keyed { request, actor: curator.actor(), trace: put.trace });
    let mut begin = vec![lock(keyed), idempotency::look(keyed), look(put.site)];
    begin.extend(put.superseder.map(look));
    let (transaction, rows) = Transaction::begin(pool, READ_COMMITTED, &begin).await?;
    let decision = found(&rows)?.decide(put, edit);
    let remembered = |status| {
        let record = move |keyed| idempotency::remember(keyed, status, &About::Site(put.site));
        keyed.into_iter().flat_map(move |keyed| [idempotency::forget_old(put.trace), record(keyed)])
    };
    match decision {
        Err(error) => transaction.roll_back().await.and(Err(error)),
        Ok(SiteDecision::Nothing(placement)) => transaction.roll_back().await.map(|()| placement),
        Ok(SiteDecision::Conflict(revision)) => {
            let statements: Vec<_> = remembered(409).collect();
            transaction.commit(&statements).await.map(|_| SitePlacement::Exists(revision))
        }
        Ok(SiteDecision::Write(writing)) => {
            // The database sets the time of the change; this one is not used.
            let change = writing.change(put, put.trace.at());
            let event = serde_json::to_string(&writing.values).map_err(unwritable)?;
            let rows = {
                let mut statements = write(&writing, change.as_ref())?;
                statements.push(tell(&writing, put, curator, event));
                statements.extend(remembered(201));
                statements.push(revision(put.site));
                transaction.commit(&statements).await?
            };
            let written = rows.last().and_then(|rows| rows.first());
            let revision =
                written.map_or_else(|| Err(without_a_row()), |row| column::<i64>(row, "revision"))?;
            writing.log(put, curator);
            Ok(writing.placement(SiteRevision::new(revision.cast_unsigned())))
        }
    }
}

/// Waits until nobody else changes any site, as revisions do: the version of the whole is the first lock of every writer. A
/// request with a key does not wait for the same one.
fn lock(keyed: Option<Keyed<'_>>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let free = idempotency::is_free(keyed, &mut parameters);
    (format!("SELECT {free} AS free, whc.lock_dataset_version()").into(), parameters)
}

/// The site. A statement of its own, so that it sees what was committed while the lock was waited for.
fn look(site: SiteId) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let id = parameters.add(site.get().cast_signed(), Type::INT4);
    (format!("{} WHERE site.id = {id}", select_records()).into(), parameters)
}

fn found(rows: &[Vec<Row>]) -> Result<FoundSite> {
    let [lock, earlier, site, superseder] =
        [0, 1, 2, 3].map(|at| rows.get(at).map_or(&[][..], Vec::as_slice));
    Ok(FoundSite {
        record: site.first().map(record).transpose()?,
        superseder: superseder.first().map(record).transpose()?,
        earlier: idempotency::earlier(earlier, str::parse)?,
        in_flight: !column::<bool>(lock.first().ok_or_else(without_a_row)?, "free")?,
    })
}

/// The site, its marks and its line of history.
fn write<'a>(writing: &'a SiteWriting, change: Option<&'a Change>) -> Result<Vec<Statement<'a>>> {
    let (site, before) = (&*writing.site, writing.before.as_ref());
    let mut statements = Vec::new();
    if let Some(change) = change {
        statements.extend(columns::put(&[site])?);
        let names = change.field_names();
        let values = ImportedChange::between(before.map(|record| &*record.site), site, names);
        statements.push(changes::insert(std::iter::once((change, values)), None));
    }
    let marked = before.map(|record| record.curated.clone()).unwrap_or_default();
    let new: BTreeSet<_> = writing.curated.difference(&marked).copied().collect();
    let gone: BTreeSet<_> = marked.difference(&writing.curated).copied().collect();
    statements.extend((!new.is_empty()).then(|| marks::add(site.id, &new)));
    statements.extend((!gone.is_empty()).then(|| marks::remove(site.id, &gone)));
    Ok(statements)
}

/// The event of the audit, with these values.
fn tell<'a>(
    writing: &'a SiteWriting,
    put: &'a SitePut<'_>,
    curator: &'a Curator,
    values: String,
) -> Statement<'a> {
    let mut parameters = Parameters::default();
    let actor = curator.actor();
    let at = parameters.add(put.trace.at(), Type::TIMESTAMPTZ);
    let issuer = parameters.add(actor.issuer.as_deref(), Type::TEXT);
    let actor = parameters.add(actor.subject.as_str(), Type::TEXT);
    let action = parameters.add(writing.action().name(), Type::TEXT);
    let site = parameters.add(i64::from(put.site.get()), Type::INT8);
    let request = parameters.add(put.trace.request_id(), Type::TEXT);
    let fields = parameters.add(writing.fields(), Type::TEXT_ARRAY);
    let values = parameters.add(values, Type::TEXT);
    let text = format!(
        "INSERT INTO whc.audit_event
            (at, issuer, actor, action, subject_kind, subject_id, request_id, fields, changed)
        VALUES ({at}, {issuer}, {actor}, {action}, 'site', {site}, {request}, {fields}, {values}::json)"
    );
    (text.into(), parameters)
}

fn revision(site: SiteId) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let id = parameters.add(site.get().cast_signed(), Type::INT4);
    (format!("SELECT revision FROM whc.site WHERE id = {id}").into(), parameters)
}

fn without_a_row() -> Error {
    Error::internal("the database answers without a row")
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::internal("an event cannot be written").with_source(error)
}
