//! Contacts of cases and the audit of their changes.

mod editors;
mod outage;
mod privacy;
mod reading;
mod repeated;
mod rights;
mod round_trips;
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use whc_core::audit::{AuditEvent, AuditQuery, Trace};
use whc_core::auth::{Actor, Auditor, Caller, Scopes};
use whc_core::contact::{CaseId, ContactDetails};
use whc_core::testing::MockClock;
use whc_core::{ContactRepository, Window};

/// Somebody who may do everything.
fn caller() -> Caller {
    Caller::new(Actor { issuer: None, subject: "42".to_owned() }, Scopes::all())
}

fn auditor() -> Auditor {
    caller().auditor().unwrap()
}

fn case(number: u64) -> CaseId {
    CaseId::new(number).unwrap()
}

/// Details with this first name.
fn named(name: &str) -> ContactDetails {
    details(&json!({ "first_name": name }))
}

fn details(body: &Value) -> ContactDetails {
    ContactDetails::from_json(case(1), body).unwrap()
}

/// A request of its own, a second after the last.
fn trace() -> Trace {
    static LAST: AtomicU64 = AtomicU64::new(1_800_000_000);
    let second = LAST.fetch_add(1, Ordering::Relaxed);
    let clock = MockClock::at(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(second));
    Trace::new(format!("request {second}"), &clock)
}

/// Every event, the first first.
async fn events(store: &dyn ContactRepository) -> Vec<AuditEvent> {
    let query = AuditQuery::default().with(|query| query.window = Window::ALL);
    let mut events = store.events(&auditor(), &query).await.unwrap().items;
    events.sort_by_key(|event| event.number);
    events
}
