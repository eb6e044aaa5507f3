//! A case for a check, with somebody who may do everything with it.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::audit::{AuditEvent, AuditQuery, Trace};
use crate::auth::{Access, Actor, Auditor, Caller, CaseAccess, Erase, Read, Scopes, Write};
use crate::contact::{CaseId, Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::page::Window;
use crate::repository::{ContactRepository, IdempotentRequest, Placement};
use crate::testing::MockClock;
use crate::testing::conformance::{Outcome, failed};

/// One case of a store, as somebody works on it.
pub(super) struct Case<'a> {
    pub(super) store: &'a dyn ContactRepository,
    pub(super) id: CaseId,
    pub(super) caller: Caller,
}

pub(super) async fn ready(store: &dyn ContactRepository) -> Outcome {
    store.ready().await.map_err(failed)
}

/// Somebody with every scope, for every case.
pub(super) fn somebody(subject: &str) -> Caller {
    Caller::new(Actor { issuer: Some("tests".to_owned()), subject: subject.to_owned() }, Scopes::all())
}

pub(super) fn auditor() -> Auditor {
    somebody("auditor").auditor().expect("a scope for everything")
}

/// A request at so many seconds past a fixed time.
pub(super) fn trace(seconds: u64) -> Trace {
    let day = SystemTime::UNIX_EPOCH + Duration::new(1_800_000_000, 123_456_789);
    Trace::new(format!("request-{seconds}"), &MockClock::at(day + Duration::from_secs(seconds)))
}

/// The names of what an event is about.
pub(super) fn told(event: &AuditEvent) -> String {
    format!("{} {}", event.action, event.fields.join(" "))
}

impl<'a> Case<'a> {
    pub(super) fn new(store: &'a dyn ContactRepository, number: u64) -> Self {
        Self { store, id: CaseId::new(number).expect("a number of a case"), caller: somebody("42") }
    }

    pub(super) fn access<A: Access>(&self) -> CaseAccess<A> {
        self.caller.case_access(self.id).expect("a scope for everything")
    }

    pub(super) fn details(&self, body: &Value) -> Outcome<ContactDetails> {
        ContactDetails::from_json(self.id, body).map_err(|violations| violations.to_string())
    }

    pub(super) fn patch(&self, body: &Value) -> Outcome<ContactPatch> {
        ContactPatch::from_json(self.id, body).map_err(|violations| violations.to_string())
    }

    pub(super) async fn get(&self) -> Outcome<Option<Contact>> {
        self.store.get(&self.access::<Read>()).await.map_err(failed)
    }

    pub(super) async fn put(
        &self,
        body: &Value,
        if_match: Option<&IfMatch<ContactVersion>>,
        at: u64,
    ) -> Outcome<Placement> {
        let (access, details) = (self.access::<Write>(), self.details(body)?);
        self.store.put(&access, details, if_match, &trace(at)).await.map_err(failed)
    }

    /// The contact that this creates.
    pub(super) async fn created(&self, body: &Value, at: u64) -> Outcome<Contact> {
        match self.put(body, None, at).await? {
            Placement::Created(contact) => Ok(contact),
            other => Err(format!("not created: {other:?}")),
        }
    }

    pub(super) async fn erase(&self, at: u64) -> Outcome<bool> {
        self.store.erase(&self.access::<Erase>(), &trace(at)).await.map_err(failed)
    }

    /// What happened to the case, the first first.
    pub(super) async fn events(&self) -> Outcome<Vec<AuditEvent>> {
        let query = AuditQuery::about_case(self.id).with(|query| query.window = Window::ALL);
        let mut events = self.store.events(&auditor(), &query).await.map_err(failed)?.items;
        events.reverse();
        Ok(events)
    }

    /// The same in words.
    pub(super) async fn told(&self) -> Outcome<Vec<String>> {
        Ok(self.events().await?.iter().map(told).collect())
    }
}

/// A request with this key and body.
pub(super) fn request<'a>(key: &'a str, body: &'a str) -> IdempotentRequest<'a> {
    let (target, location) = ("POST /api/contacts", "/api/cases/1/contact");
    IdempotentRequest { key, target, body: body.as_bytes(), location }
}
