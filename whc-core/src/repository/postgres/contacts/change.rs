//! Changes what is kept of a case: locks it and looks, lets somebody decide, writes the change with its event.

use std::borrow::Cow;
use std::time::SystemTime;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::row::{CONTACT, add_details, column, contact, version};
use crate::contact::{Contact, ContactVersion};
use crate::error::{Error, Result};
use crate::repository::contacts::{Change, Effect, Found, Step};
use crate::repository::idempotency::{Earlier, IdempotentRequest, Recorded};
use crate::repository::postgres::pool::Pool;
use crate::repository::postgres::statement::{Parameters, Private};
use crate::repository::postgres::transaction::{READ_COMMITTED, Statement, Transaction};

/// Lets `decide` see the case, and does what it decides, in one transaction.
pub(super) async fn take<T>(
    pool: &Pool,
    step: &Step<'_>,
    request: Option<&IdempotentRequest<'_>>,
    decide: impl FnOnce(Found) -> (T, Effect),
) -> Result<T> {
    let (transaction, rows) =
        Transaction::begin(pool, READ_COMMITTED, &[lock(step, request), look(step, request)]).await?;
    let (outcome, effect) = decide(found(&rows)?);
    let Effect { change, fields, record } = effect;
    let mut statements = Vec::new();
    if let Some(change) = &change {
        statements.push(write(step, change, &fields));
    }
    if let (Some(request), Some(record)) = (request, &record) {
        statements.extend([forget_old(step), remember(step, request, record)]);
    }
    if statements.is_empty() {
        transaction.roll_back().await?;
        return Ok(outcome);
    }
    let rows = transaction.commit(&statements).await?;
    if let Some(change) = &change {
        if rows.first().is_none_or(Vec::is_empty) {
            return Err(Error::unavailable("the contact was changed by hand meanwhile; nothing was written"));
        }
        step.log(change.action(), &fields);
    }
    Ok(outcome)
}

/// Waits until nobody else changes the case. A request with a key does not wait for the same one.
///
/// The locks end with the transaction, so that they work behind a proxy that shares sessions.
fn lock(step: &Step<'_>, request: Option<&IdempotentRequest<'_>>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let key = parameters.add(request.map(|request| request_id(step, request)), Type::TEXT);
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8);
    let text = format!(
        "SELECT coalesce(pg_try_advisory_xact_lock(hashtextextended({key}, 0)), true) AS free,
            pg_advisory_xact_lock({case}) IS NULL AS locked"
    );
    (Cow::Owned(text), parameters)
}

/// What there is of the case. A statement of its own, so that it sees what was committed while the lock was waited for.
fn look<'a>(step: &Step<'_>, request: Option<&'a IdempotentRequest<'_>>) -> Statement<'a> {
    let mut parameters = Parameters::default();
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8);
    let id = parameters.add(request.map(|request| request_id(step, request).into_bytes()), Type::BYTEA);
    let body = parameters.add(Private(request.map(|request| request.body)), Type::BYTEA);
    let oldest = parameters.add(oldest(step), Type::TIMESTAMPTZ);
    let text = format!(
        "SELECT gen_random_uuid()::text AS fresh, {CONTACT},
            earlier.status AS earlier_status, earlier.location AS earlier_location,
            earlier.version AS earlier_version, earlier.body = whc.keyed_hash({body}) AS same_body,
            EXISTS (SELECT FROM whc.idempotency AS kept WHERE kept.case_id = {case}) AS recorded
        FROM (VALUES (true)) AS always
        LEFT JOIN whc.case_contact AS contact ON contact.case_id = {case}
        LEFT JOIN whc.idempotency AS earlier ON earlier.id = whc.keyed_hash({id}) AND earlier.at > {oldest}"
    );
    (Cow::Owned(text), parameters)
}

fn found(rows: &[Vec<Row>]) -> Result<Found> {
    let [Some(lock), Some(row)] = [0, 1].map(|at| rows.get(at).and_then(|rows| rows.first())) else {
        return Err(Error::internal("the database answers without a row"));
    };
    let status = column::<Option<i16>>(row, "earlier_status")?;
    let earlier = status.map(|status| {
        let location = column::<&str>(row, "earlier_location")?;
        let outcome = Recorded::new(status.unsigned_abs(), location, version(row, "earlier_version")?);
        Ok::<_, Error>(Earlier { outcome, same_body: column(row, "same_body")? })
    });
    Ok(Found {
        contact: contact(row)?,
        fresh: version(row, "fresh")?,
        earlier: earlier.transpose()?,
        in_flight: !column::<bool>(lock, "free")?,
        recorded: column(row, "recorded")?,
    })
}

/// The change and its event, in one statement: where there is no change, there is no event.
fn write<'a>(step: &'a Step<'_>, change: &'a Change, fields: &[&'static str]) -> Statement<'a> {
    let mut parameters = Parameters::default();
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8).to_string();
    let changed = match change {
        Change::Create(contact) => insert(contact, &case, &mut parameters),
        Change::Update(contact) => update(contact, &case, &mut parameters),
        Change::Delete => {
            format!("changed AS (DELETE FROM whc.case_contact WHERE case_id = {case} RETURNING case_id)")
        }
        Change::Erase => format!(
            "contact AS (DELETE FROM whc.case_contact WHERE case_id = {case}),
            requests AS (DELETE FROM whc.idempotency WHERE case_id = {case}),
            changed AS (SELECT {case} AS case_id)"
        ),
    };
    let at = parameters.add(step.trace.at(), Type::TIMESTAMPTZ);
    let issuer = parameters.add(step.actor.issuer.as_deref(), Type::TEXT);
    let actor = parameters.add(step.actor.subject.as_str(), Type::TEXT);
    let action = parameters.add(change.action().name(), Type::TEXT);
    let request = parameters.add(step.trace.request_id(), Type::TEXT);
    let fields = parameters.add(fields.to_vec(), Type::TEXT_ARRAY);
    let text = format!(
        "WITH {changed}
        INSERT INTO whc.audit_event (at, issuer, actor, action, subject_kind, subject_id, request_id, fields)
        SELECT {at}, {issuer}, {actor}, {action}, 'case', case_id, {request}, {fields} FROM changed
        RETURNING number"
    );
    (Cow::Owned(text), parameters)
}

fn insert<'a>(contact: &'a Contact, case: &str, parameters: &mut Parameters<'a>) -> String {
    let details = add_details(parameters, &contact.details).join(", ");
    let version = parameters.add(contact.version.as_str(), Type::TEXT);
    let created = parameters.add(contact.created, Type::TIMESTAMPTZ);
    let updated = parameters.add(contact.updated, Type::TIMESTAMPTZ);
    format!(
        "changed AS (INSERT INTO whc.case_contact
            (case_id, title, first_name, last_name, phone_no, address, site_id, version, created_at, updated_at)
            VALUES ({case}, {details}, {version}, {created}, {updated}) RETURNING case_id)"
    )
}

fn update<'a>(contact: &'a Contact, case: &str, parameters: &mut Parameters<'a>) -> String {
    let details = add_details(parameters, &contact.details).join(", ");
    let version = parameters.add(contact.version.as_str(), Type::TEXT);
    let updated = parameters.add(contact.updated, Type::TIMESTAMPTZ);
    format!(
        "changed AS (UPDATE whc.case_contact
            SET (title, first_name, last_name, phone_no, address, site_id, version, updated_at)
                = ROW ({details}, {version}, {updated}) WHERE case_id = {case} RETURNING case_id)"
    )
}

/// Removes what was kept long enough; some at a time, and what others remove is left to them.
fn forget_old(step: &Step<'_>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let oldest = parameters.add(oldest(step), Type::TIMESTAMPTZ);
    let text = format!(
        "DELETE FROM whc.idempotency WHERE id IN (SELECT id FROM whc.idempotency WHERE at <= {oldest}
            ORDER BY at LIMIT 1000 FOR UPDATE SKIP LOCKED)"
    );
    (Cow::Owned(text), parameters)
}

fn remember<'a>(
    step: &Step<'_>,
    request: &'a IdempotentRequest<'_>,
    outcome: &'a Recorded<ContactVersion>,
) -> Statement<'a> {
    let mut parameters = Parameters::default();
    let id = parameters.add(request_id(step, request).into_bytes(), Type::BYTEA);
    let body = parameters.add(Private(request.body), Type::BYTEA);
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8);
    let status = parameters.add(outcome.status.cast_signed(), Type::INT2);
    let location = parameters.add(outcome.location.as_str(), Type::TEXT);
    let version = parameters.add(outcome.version.as_str(), Type::TEXT);
    let at = parameters.add(step.trace.at(), Type::TIMESTAMPTZ);
    let text = format!(
        "INSERT INTO whc.idempotency (id, body, case_id, status, location, version, at)
        VALUES (whc.keyed_hash({id}), whc.keyed_hash({body}), {case}, {status}, {location}, {version}, {at})
        ON CONFLICT (id) DO UPDATE SET (body, case_id, status, location, version, at)
            = ROW (excluded.body, excluded.case_id, excluded.status, excluded.location, excluded.version, excluded.at)"
    );
    (Cow::Owned(text), parameters)
}

/// Caller, method and path, and key as one text that no other four make.
fn request_id(step: &Step<'_>, request: &IdempotentRequest<'_>) -> String {
    let issuer = step.actor.issuer.as_deref();
    serde_json::json!([issuer, step.actor.subject, request.target, request.key]).to_string()
}

/// From this time on back, recorded outcomes count no longer.
fn oldest(step: &Step<'_>) -> SystemTime {
    step.trace.at().checked_sub(IdempotentRequest::KEPT).unwrap_or(SystemTime::UNIX_EPOCH)
}
