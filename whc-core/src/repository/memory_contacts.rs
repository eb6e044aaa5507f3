//! Contacts and their audit in memory: for a first try and for tests.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::contacts::{
    CaseRecord, Change, ContactQuery, ContactRepository, Creation, Deletion, Effect, Found, Patching,
    Placement, Step,
};
use super::idempotency::IdempotentRequest;
use super::memory_audit::MemoryAudit;
use super::memory_requests::MemoryRequests;
use crate::audit::{AuditEvent, AuditQuery, Trace};
use crate::auth::{Auditor, CaseAccess, ContactReader, Erase, Read, Write};
use crate::contact::{CaseId, Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::error::Result;
use crate::page::{Page, Window};

/// Contacts in memory, gone with the process.
#[derive(Default)]
pub struct MemoryContacts {
    state: Mutex<State>,
    audit: MemoryAudit,
    /// Makes versions of this process unlike those of others.
    hasher: RandomState,
}

#[derive(Default)]
struct State {
    contacts: BTreeMap<CaseId, Contact>,
    requests: MemoryRequests<CaseId, ContactVersion>,
    versions: u64,
}

impl MemoryContacts {
    /// No contact and no event.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Who changed what; stores of sites can add to it.
    #[must_use]
    pub fn audit(&self) -> MemoryAudit {
        self.audit.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `decide` see the case, and does what it decides.
    fn take<T>(
        &self,
        step: &Step<'_>,
        request: Option<&IdempotentRequest<'_>>,
        decide: impl FnOnce(Found) -> (T, Effect),
    ) -> T {
        let mut state = self.state();
        state.requests.forget_old(step.trace.at());
        let found = self.find(&mut state, step, request);
        let (outcome, effect) = decide(found);
        if let (Some(request), Some(recorded)) = (request, effect.record) {
            state.requests.record(step.actor, request, step.case, recorded, step.trace.at());
        }
        if let Some(change) = effect.change {
            self.append(step, &change, &effect.fields);
            state.change(step.case, change);
        }
        outcome
    }

    fn find(&self, state: &mut State, step: &Step<'_>, request: Option<&IdempotentRequest<'_>>) -> Found {
        state.versions += 1;
        // Versions of another process must not come again.
        let fresh = format!("{:016x}-{:x}", self.hasher.hash_one("version"), state.versions);
        Found {
            contact: state.contacts.get(&step.case).cloned(),
            fresh: ContactVersion::new(fresh),
            earlier: request.and_then(|request| state.requests.earlier(step.actor, request)),
            in_flight: false,
            recorded: state.requests.has_about(&step.case),
        }
    }

    fn append(&self, step: &Step<'_>, change: &Change, fields: &[&str]) {
        self.audit.append(AuditEvent {
            number: 0,
            at: step.trace.at(),
            actor: step.actor.clone(),
            action: change.action(),
            subject: step.subject(),
            request_id: step.trace.request_id().to_owned(),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            values: Vec::new(),
        });
        step.log(change.action(), fields);
    }
}

impl State {
    fn change(&mut self, case: CaseId, change: Change) {
        match change {
            Change::Create(contact) | Change::Update(contact) => drop(self.contacts.insert(case, contact)),
            Change::Delete => drop(self.contacts.remove(&case)),
            Change::Erase => {
                self.contacts.remove(&case);
                self.requests.forget_about(&case);
            }
        }
    }
}

impl fmt::Debug for MemoryContacts {
    /// Without the contacts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryContacts").finish_non_exhaustive()
    }
}

#[async_trait]
impl ContactRepository for MemoryContacts {
    async fn get(&self, access: &CaseAccess<Read>) -> Result<Option<Contact>> {
        Ok(self.state().contacts.get(&access.case()).cloned())
    }

    async fn list(&self, reader: &ContactReader, query: &ContactQuery) -> Result<Page<Contact>> {
        Ok(query.select(self.state().contacts.values(), reader.cases()))
    }

    async fn put(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        if_match: Option<&IfMatch<ContactVersion>>,
        trace: &Trace,
    ) -> Result<Placement> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.put(found, details, if_match)))
    }

    async fn patch(
        &self,
        access: &CaseAccess<Write>,
        patch: &ContactPatch,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Patching> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.patch(found, patch, if_match)))
    }

    async fn delete(
        &self,
        access: &CaseAccess<Write>,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Deletion> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| found.delete(if_match)))
    }

    async fn create(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        request: Option<&IdempotentRequest<'_>>,
        trace: &Trace,
    ) -> Result<Creation> {
        let step = Step::new(access, trace);
        let location = request.map(|request| request.location);
        Ok(self.take(&step, request, |found| step.create(found, details, location)))
    }

    async fn export(&self, access: &CaseAccess<Read>, auditor: &Auditor) -> Result<CaseRecord> {
        let query = AuditQuery::about_case(access.case()).with(|query| query.window = Window::UNLIMITED);
        let state = self.state();
        let events = query.select(&self.audit.events(), auditor.cases()).items;
        Ok(CaseRecord::new(state.contacts.get(&access.case()).cloned(), events))
    }

    async fn erase(&self, access: &CaseAccess<Erase>, trace: &Trace) -> Result<bool> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| found.erase()))
    }

    async fn events(&self, auditor: &Auditor, query: &AuditQuery) -> Result<Page<AuditEvent>> {
        Ok(query.select(&self.audit.events(), auditor.cases()))
    }

    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}
