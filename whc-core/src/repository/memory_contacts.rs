//! Contacts and their audit in memory: for a first try and for tests.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;

use super::contacts::{
    CaseRecord, Change, ContactQuery, ContactRepository, Creation, Deletion, Earlier, Effect, Found,
    IdempotentRequest, Patching, Placement, Recorded, Step,
};
use crate::audit::{AuditEvent, AuditQuery, Trace};
use crate::auth::{Actor, Auditor, CaseAccess, ContactReader, Erase, Read, Write};
use crate::contact::{CaseId, Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::error::Result;
use crate::page::{Page, Window};

/// Contacts in memory, gone with the process.
#[derive(Default)]
pub struct MemoryContacts {
    state: Mutex<State>,
    /// Hashes the bodies of requests with a key of this process.
    hasher: RandomState,
}

#[derive(Default)]
struct State {
    contacts: BTreeMap<CaseId, Contact>,
    events: Vec<AuditEvent>,
    requests: HashMap<RequestKey, Kept>,
    versions: u64,
}

/// Caller, target and key.
type RequestKey = (Actor, String, String);

struct Kept {
    case: CaseId,
    body: u64,
    outcome: Recorded,
    at: SystemTime,
}

impl MemoryContacts {
    /// No contact and no event.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        state.forget_old(step.trace.at());
        let found = self.find(&mut state, step, request);
        let (outcome, effect) = decide(found);
        if let (Some(request), Some(recorded)) = (request, effect.record) {
            let body = self.hasher.hash_one(request.body);
            let kept = Kept { case: step.case, body, outcome: recorded, at: step.trace.at() };
            state.requests.insert(request_key(step.actor, request), kept);
        }
        if let Some(change) = effect.change {
            state.append(step, &change, &effect.fields);
            state.change(step.case, change);
        }
        outcome
    }

    fn find(&self, state: &mut State, step: &Step<'_>, request: Option<&IdempotentRequest<'_>>) -> Found {
        state.versions += 1;
        // Versions of another process must not come again.
        let fresh = format!("{:016x}-{:x}", self.hasher.hash_one("version"), state.versions);
        let earlier = request.and_then(|request| {
            let kept = state.requests.get(&request_key(step.actor, request))?;
            let same_body = kept.body == self.hasher.hash_one(request.body);
            Some(Earlier { outcome: kept.outcome.clone(), same_body })
        });
        Found {
            contact: state.contacts.get(&step.case).cloned(),
            fresh: ContactVersion::new(fresh),
            earlier,
            in_flight: false,
            recorded: state.requests.values().any(|kept| kept.case == step.case),
        }
    }
}

fn request_key(actor: &Actor, request: &IdempotentRequest<'_>) -> RequestKey {
    (actor.clone(), request.target.to_owned(), request.key.to_owned())
}

impl State {
    fn forget_old(&mut self, now: SystemTime) {
        let oldest = now.checked_sub(IdempotentRequest::KEPT).unwrap_or(SystemTime::UNIX_EPOCH);
        self.requests.retain(|_, kept| kept.at > oldest);
    }

    fn append(&mut self, step: &Step<'_>, change: &Change, fields: &[&str]) {
        self.events.push(AuditEvent {
            number: u64::try_from(self.events.len()).unwrap_or(u64::MAX).saturating_add(1),
            at: step.trace.at(),
            actor: step.actor.clone(),
            action: change.action(),
            subject: step.subject(),
            request_id: step.trace.request_id().to_owned(),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
        });
        step.log(change.action(), fields);
    }

    fn change(&mut self, case: CaseId, change: Change) {
        match change {
            Change::Create(contact) | Change::Update(contact) => drop(self.contacts.insert(case, contact)),
            Change::Delete => drop(self.contacts.remove(&case)),
            Change::Erase => {
                self.contacts.remove(&case);
                self.requests.retain(|_, kept| kept.case != case);
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
        let state = self.state();
        let matching = state.contacts.values().filter(|contact| {
            reader.cases().contains(contact.case)
                && query.site.is_none_or(|site| contact.details.site() == Some(site))
        });
        let matching: Vec<_> = matching.collect();
        let total = u64::try_from(matching.len()).unwrap_or(u64::MAX);
        let offset = usize::try_from(query.window.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(query.window.limit()).unwrap_or(usize::MAX);
        Ok(Page { items: matching.into_iter().skip(offset).take(limit).cloned().collect(), total })
    }

    async fn put(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        if_match: Option<&IfMatch>,
        trace: &Trace,
    ) -> Result<Placement> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.put(found, details, if_match)))
    }

    async fn patch(
        &self,
        access: &CaseAccess<Write>,
        patch: &ContactPatch,
        if_match: &IfMatch,
        trace: &Trace,
    ) -> Result<Patching> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.patch(found, patch, if_match)))
    }

    async fn delete(
        &self,
        access: &CaseAccess<Write>,
        if_match: &IfMatch,
        trace: &Trace,
    ) -> Result<Deletion> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.delete(found, if_match)))
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
        let events = query.select(&state.events, auditor.cases()).items;
        Ok(CaseRecord::new(state.contacts.get(&access.case()).cloned(), events))
    }

    async fn erase(&self, access: &CaseAccess<Erase>, trace: &Trace) -> Result<bool> {
        let step = Step::new(access, trace);
        Ok(self.take(&step, None, |found| step.erase(&found)))
    }

    async fn events(&self, auditor: &Auditor, query: &AuditQuery) -> Result<Page<AuditEvent>> {
        Ok(query.select(&self.state().events, auditor.cases()))
    }

    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}
