//! Changes what is kept of a case: locks it and looks, lets somebody decide, writes the change with its event.

use std::borrow::Cow;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::row::{CONTACT, add_details, contact, version};
use crate::contact::{Contact, ContactVersion};
use crate::error::{Error, Result};
use crate::repository::contacts::{Change, Effect, Found, Step};
use crate::repository::idempotency::IdempotentRequest;
use crate::repository::postgres::columns::column;
use crate::repository::postgres::idempotency::{self, About, Keyed};
use crate::repository::postgres::pool::Pool;
use crate::repository::postgres::statement::{Parameters, Statement};
use crate::repository::postgres::transaction::{READ_COMMITTED, Transaction};

/// Lets `decide` see the case, and does what it decides, in one transaction.
pub(super) async fn take<T>(
    pool: &Pool,
    step: &Step<'_>,
    request: Option<&IdempotentRequest<'_>>,
    decide: impl FnOnce(Found) -> (T, Effect),
) -> Result<T> {
    let keyed = request.map(|request| Keyed { request, actor: step.actor, trace: step.trace });
    let begin = [lock(step, keyed), idempotency::look(keyed), look(step)];
    let (transaction, rows) = Transaction::begin(pool, READ_COMMITTED, &begin).await?;
    let (outcome, effect) = decide(found(&rows)?);
    let Effect { change, fields, record, forgets } = effect;
    let mut statements = Vec::new();
    if let Some(change) = &change {
        statements.push(write(step, change, &fields));
    }
    if forgets {
        statements.push(idempotency::forget_old(step.trace));
    }
    if let (Some(keyed), Some(record)) = (keyed, &record) {
        let about = About::Contact(step.case, &record.version);
        statements.push(idempotency::remember(keyed, record.status, &about));
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
fn lock(step: &Step<'_>, keyed: Option<Keyed<'_>>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let free = idempotency::is_free(keyed, &mut parameters);
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8);
    let text = format!("SELECT {free} AS free, pg_advisory_xact_lock({case}) IS NULL AS locked");
    (Cow::Owned(text), parameters)
}

/// What there is of the case. A statement of its own, so that it sees what was committed while the lock was waited for.
fn look(step: &Step<'_>) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let case = parameters.add(step.case.get().cast_signed(), Type::INT8);
    let text = format!(
        "SELECT gen_random_uuid()::text AS fresh, {CONTACT},
            EXISTS (SELECT FROM whc.idempotency AS kept WHERE kept.case_id = {case}) AS recorded
        FROM (VALUES (true)) AS always
        LEFT JOIN whc.case_contact AS contact ON contact.case_id = {case}"
    );
    (Cow::Owned(text), parameters)
}

fn found(rows: &[Vec<Row>]) -> Result<Found> {
    let [[lock], earlier, [row]] = [0, 1, 2].map(|at| rows.get(at).map_or(&[][..], Vec::as_slice)) else {
        return Err(Error::internal("the database answers without a row"));
    };
    Ok(Found {
        contact: contact(row)?,
        fresh: version(row, "fresh")?,
        earlier: idempotency::earlier(earlier, |version| Ok(ContactVersion::new(version)))?,
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
