//! Between rows and contacts, and from rows to events.

use std::time::SystemTime;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use crate::audit::{AuditEvent, Subject, ValueChange};
use crate::auth::Actor;
use crate::contact::{CaseId, Contact, ContactDetails, ContactVersion, TextField, Texts};
use crate::error::{Error, Result};
use crate::repository::postgres::columns::{column, site_id};
use crate::repository::postgres::statement::{Parameters, Private};

/// The columns of a contact, as [`contact`] reads them.
pub(super) const CONTACT: &str = "contact.case_id, contact.title, contact.first_name, contact.last_name, \
    contact.phone_no, contact.address, contact.site_id, contact.version, contact.created_at, contact.updated_at";

/// The columns of an event, as [`event`] reads them.
pub(super) const EVENT: &str = "event.number, event.at, event.issuer, event.actor, event.action, \
    event.subject_kind, event.subject_id, event.request_id, event.fields, event.changed::text AS changed";

/// The contact in this row; `None` where an outer join found none.
pub(super) fn contact(row: &Row) -> Result<Option<Contact>> {
    let Some(case) = column::<Option<i64>>(row, "case_id")? else { return Ok(None) };
    let mut texts = Texts::default();
    for (text, field) in texts.iter_mut().zip(TextField::ALL) {
        *text = column(row, field.name())?;
    }
    let site = column::<Option<i32>>(row, "site_id")?.map(site_id).transpose()?;
    let details = ContactDetails::restored(texts, site);
    let contact = Contact::new(case_id(case)?, details, version(row, "version")?, column(row, "created_at")?);
    Ok(Some(Contact { updated: column(row, "updated_at")?, ..contact }))
}

/// Adds what a contact says as parameters, in the order of the columns from `title` to `site_id`, and returns their
/// placeholders.
pub(super) fn add_details<'a>(parameters: &mut Parameters<'a>, details: &'a ContactDetails) -> Vec<String> {
    let mut placeholders: Vec<_> = TextField::ALL
        .into_iter()
        .map(|field| parameters.add(Private(details.text(field)), Type::TEXT).to_string())
        .collect();
    let site = details.site().map(|site| site.get().cast_signed());
    placeholders.push(parameters.add(site, Type::INT4).to_string());
    placeholders
}

/// The event in this row; `None` where an outer join found none.
pub(super) fn event(row: &Row) -> Result<Option<AuditEvent>> {
    let Some(number) = column::<Option<i64>>(row, "number")? else { return Ok(None) };
    let subject = column::<i64>(row, "subject_id")?;
    Ok(Some(AuditEvent {
        number: number.unsigned_abs(),
        at: column::<SystemTime>(row, "at")?,
        actor: Actor { issuer: column(row, "issuer")?, subject: column(row, "actor")? },
        action: column::<&str>(row, "action")?.parse()?,
        subject: match column::<&str>(row, "subject_kind")? {
            "case" => Subject::Case(case_id(subject)?),
            _ => Subject::Site(site_id(subject.try_into().unwrap_or_default())?),
        },
        request_id: column(row, "request_id")?,
        fields: column(row, "fields")?,
        values: column::<Option<&str>>(row, "changed")?.map_or(Ok(Vec::new()), values)?,
    }))
}

fn values(text: &str) -> Result<Vec<ValueChange>> {
    serde_json::from_str(text)
        .map_err(|error| Error::internal("an event in the database cannot be read").with_source(error))
}

pub(super) fn version(row: &Row, name: &str) -> Result<ContactVersion> {
    column::<&str>(row, name).map(ContactVersion::new)
}

fn case_id(number: i64) -> Result<CaseId> {
    CaseId::new(number.unsigned_abs())
}
