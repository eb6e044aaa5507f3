//! What came of requests that may be sent again.

use std::time::SystemTime;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::columns::column;
use super::statement::{Parameters, Placeholder, Private, Statement};
use crate::audit::Trace;
use crate::auth::Actor;
use crate::contact::{CaseId, ContactVersion};
use crate::error::Result;
use crate::repository::idempotency::{Earlier, IdempotentRequest, Recorded};
use crate::site::SiteId;

/// A request that may be sent again, and whose.
#[derive(Clone, Copy)]
pub(super) struct Keyed<'a> {
    pub(super) request: &'a IdempotentRequest<'a>,
    pub(super) actor: &'a Actor,
    pub(super) trace: &'a Trace,
}

/// What a request was about, in the state it is recorded with.
pub(super) enum About<'a> {
    /// A contact in this state.
    Contact(CaseId, &'a ContactVersion),
    /// A site as it is at the end of the transaction.
    Site(SiteId),
}

impl Keyed<'_> {
    /// Caller, method and path, and key as one text that no other four make.
    fn id(&self) -> String {
        let issuer = self.actor.issuer.as_deref();
        serde_json::json!([issuer, self.actor.subject, self.request.target, self.request.key]).to_string()
    }
}

/// From this time on back, recorded outcomes count no longer.
fn oldest(trace: &Trace) -> SystemTime {
    trace.at().checked_sub(IdempotentRequest::KEPT).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Whether no request with the same key is under way, as an expression. It locks the key and does not wait.
pub(super) fn is_free(keyed: Option<Keyed<'_>>, parameters: &mut Parameters<'_>) -> String {
    let key = parameters.add(keyed.map(|keyed| keyed.id()), Type::TEXT);
    format!("coalesce(pg_try_advisory_xact_lock(hashtextextended({key}, 0)), true)")
}

/// Looks for an earlier request with the same key.
pub(super) fn look(keyed: Option<Keyed<'_>>) -> Statement<'_> {
    let mut parameters = Parameters::default();
    let id = parameters.add(keyed.map(|keyed| keyed.id().into_bytes()), Type::BYTEA);
    let body = parameters.add(Private(keyed.map(|keyed| keyed.request.body)), Type::BYTEA);
    let oldest = parameters.add(keyed.map(|keyed| oldest(keyed.trace)), Type::TIMESTAMPTZ);
    let text = format!(
        "SELECT status, location, version, body = whc.keyed_hash({body}) AS same_body
        FROM whc.idempotency WHERE id = whc.keyed_hash({id}) AND at > {oldest}"
    );
    (text.into(), parameters)
}

/// What [`look`] found.
pub(super) fn earlier<V>(rows: &[Row], version: impl Fn(&str) -> Result<V>) -> Result<Option<Earlier<V>>> {
    let earlier = rows.first().map(|row| {
        let (status, version) = (column::<i16>(row, "status")?, version(column(row, "version")?)?);
        let outcome = Recorded::new(status.unsigned_abs(), column(row, "location")?, version);
        Ok(Earlier { outcome, same_body: column(row, "same_body")? })
    });
    earlier.transpose()
}

/// Records what came of a request.
pub(super) fn remember<'a>(keyed: Keyed<'a>, status: u16, about: &About<'a>) -> Statement<'a> {
    let mut parameters = Parameters::default();
    let id = parameters.add(keyed.id().into_bytes(), Type::BYTEA);
    let body = parameters.add(Private(keyed.request.body), Type::BYTEA);
    let status = parameters.add(status.cast_signed(), Type::INT2);
    let location = parameters.add(keyed.request.location, Type::TEXT);
    let at = parameters.add(keyed.trace.at(), Type::TIMESTAMPTZ);
    let (column, number, version) = about.columns(&mut parameters);
    let text = format!(
        "INSERT INTO whc.idempotency (id, body, status, location, at, {column}, version)
        VALUES (whc.keyed_hash({id}), whc.keyed_hash({body}), {status}, {location}, {at}, {number}, {version})
        ON CONFLICT (id) DO UPDATE SET (body, status, location, at, {column}, version)
            = ROW (excluded.body, excluded.status, excluded.location, excluded.at, excluded.{column}, excluded.version)"
    );
    (text.into(), parameters)
}

impl<'a> About<'a> {
    /// The column with its number, that number, and the state.
    fn columns(&self, parameters: &mut Parameters<'a>) -> (&'static str, Placeholder, String) {
        match *self {
            Self::Contact(case, version) => {
                let number = parameters.add(case.get().cast_signed(), Type::INT8);
                let version = parameters.add(version.as_str(), Type::TEXT);
                ("case_id", number, version.to_string())
            }
            Self::Site(site) => {
                let number = parameters.add(site.get().cast_signed(), Type::INT4);
                let version =
                    format!("(SELECT lpad(to_hex(revision), 16, '0') FROM whc.site WHERE id = {number})");
                ("site_id", number, version)
            }
        }
    }
}

/// Removes what was kept long enough: some at a time, and what others remove is left to them.
pub(super) fn forget_old(trace: &Trace) -> Statement<'static> {
    let mut parameters = Parameters::default();
    let oldest = parameters.add(oldest(trace), Type::TIMESTAMPTZ);
    let text = format!(
        "DELETE FROM whc.idempotency WHERE id IN (SELECT id FROM whc.idempotency WHERE at <= {oldest}
            ORDER BY at LIMIT 1000 FOR UPDATE SKIP LOCKED)"
    );
    (text.into(), parameters)
}
