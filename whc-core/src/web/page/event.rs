//! An event of the audit as a row.

use serde_json::Value;

use super::address::Address;
use super::frame::Frame;
use super::moment::Moment;
use crate::audit::{AuditEvent, Subject, ValueChange};

/// The most letters of a value that are shown.
const LONGEST_VALUE: usize = 300;

/// An event of the audit.
pub(crate) struct EventRow<'a> {
    pub(crate) at: Moment,
    pub(crate) actor: String,
    /// Who vouches for them.
    pub(crate) issuer: String,
    pub(crate) action: &'static str,
    pub(crate) subject: String,
    pub(crate) address: Address<'a>,
    pub(crate) fields: String,
    pub(crate) values: Vec<Difference>,
}

/// A value before and after.
pub(crate) struct Difference {
    pub(crate) field: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

impl<'a> EventRow<'a> {
    /// Of this event.
    pub(crate) fn new(event: &AuditEvent, frame: &Frame<'a>) -> Self {
        Self {
            at: Moment(event.at),
            actor: event.actor.subject.clone(),
            issuer: event.actor.issuer.clone().unwrap_or_default(),
            action: event.action.name(),
            subject: event.subject.to_string(),
            address: match event.subject {
                Subject::Case(case) => frame.to.page(format!("/contacts/{case}")),
                Subject::Site(site) => frame.to.site(site),
            },
            fields: event.fields.join(", "),
            values: event.values.iter().map(Difference::new).collect(),
        }
    }
}

impl Difference {
    fn new(change: &ValueChange) -> Self {
        let ValueChange { field, before, after } = change;
        Self { field: field.clone(), before: text(before), after: text(after) }
    }
}

/// A value as people read it, cut where it is long.
fn text(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(self::text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    let mut shown: String = text.chars().take(LONGEST_VALUE).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
