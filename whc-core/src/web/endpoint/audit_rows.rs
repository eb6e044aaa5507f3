//! How an event of the audit is written.

use serde::Serialize;

use crate::audit::{AuditEvent, ValueChange};
use crate::web::format::csv::{Cell, joined, plain, text};
use crate::web::format::{Row, timestamp};

/// An event, as clients read it.
#[derive(Serialize)]
pub(super) struct EventRow<'a> {
    id: u64,
    at: String,
    issuer: Option<&'a str>,
    actor: &'a str,
    action: &'static str,
    subject: &'static str,
    subject_id: u64,
    fields: &'a [String],
    request_id: &'a str,
    /// Of sites only, since what a contact says is personal.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'a [ValueChange],
}

impl<'a> EventRow<'a> {
    pub(super) fn new(event: &'a AuditEvent) -> Self {
        Self {
            id: event.number,
            at: timestamp::to_text(event.at),
            issuer: event.actor.issuer.as_deref(),
            actor: &event.actor.subject,
            action: event.action.name(),
            subject: event.subject.kind(),
            subject_id: event.subject.number(),
            fields: &event.fields,
            request_id: &event.request_id,
            values: &event.values,
        }
    }
}

impl Row for EventRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["id", "at", "issuer", "actor", "action", "subject", "subject_id", "fields", "request_id"];

    fn cells(&self) -> Vec<Cell> {
        vec![
            plain(&self.id),
            plain(&self.at),
            text(self.issuer.unwrap_or_default()),
            text(self.actor),
            plain(&self.action),
            plain(&self.subject),
            plain(&self.subject_id),
            joined(self.fields),
            text(self.request_id),
        ]
    }
}
