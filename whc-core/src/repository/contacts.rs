//! Where contacts are stored, with the audit of their changes.

mod decision;
mod outcome;
mod request;

use std::fmt;

use async_trait::async_trait;

pub(super) use self::decision::{Change, Effect, Found, Step};
pub use self::outcome::{Creation, Deletion, Patching, Placement};
pub use self::request::ContactQuery;
#[cfg(feature = "postgres")]
pub(super) use self::request::NameSearch;
use super::idempotency::IdempotentRequest;
use crate::audit::{AuditEvent, AuditQuery, Trace};
use crate::auth::{Auditor, CaseAccess, ContactReader, Erase, Read, Write};
use crate::contact::{Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::error::Result;
use crate::page::Page;

/// A store of contacts, one for each case, and of the audit.
///
/// Every call takes the proof that the caller may ask for it. A change and its event are one: both happen or neither. What
/// may be changed is decided where it is changed, so that of many editors at once none loses what it wrote unseen. An error
/// means that the store failed; after an unavailable one a change may have happened or not, but never half.
#[async_trait]
pub trait ContactRepository: fmt::Debug + Send + Sync + 'static {
    /// The contact of a case.
    async fn get(&self, access: &CaseAccess<Read>) -> Result<Option<Contact>>;

    /// The contacts of the cases that the reader may see, by the numbers of the cases.
    async fn list(&self, reader: &ContactReader, query: &ContactQuery) -> Result<Page<Contact>>;

    /// Writes the whole contact. Without `if_match` it only creates one; with it, it only replaces one in such a state.
    async fn put(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        if_match: Option<&IfMatch<ContactVersion>>,
        trace: &Trace,
    ) -> Result<Placement>;

    /// Changes some fields of a contact in such a state.
    async fn patch(
        &self,
        access: &CaseAccess<Write>,
        patch: &ContactPatch,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Patching>;

    /// Takes away a contact in such a state.
    async fn delete(
        &self,
        access: &CaseAccess<Write>,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Deletion>;

    /// Creates a contact. A request with a key has its outcome recorded for
    /// [`IdempotentRequest::KEPT`], and the same request has the same outcome meanwhile.
    async fn create(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        request: Option<&IdempotentRequest<'_>>,
        trace: &Trace,
    ) -> Result<Creation>;

    /// All that is kept of a case for somebody to see: the contact and the events about it.
    async fn export(&self, access: &CaseAccess<Read>, auditor: &Auditor) -> Result<CaseRecord>;

    /// Erases the contact of a case and the recorded requests about it; the audit never held a value of them and stays.
    /// Whether there was anything: if not, there is no event.
    async fn erase(&self, access: &CaseAccess<Erase>, trace: &Trace) -> Result<bool>;

    /// What [`AuditQuery::select`] gives over all events and the cases that the auditor may see.
    async fn events(&self, auditor: &Auditor, query: &AuditQuery) -> Result<Page<AuditEvent>>;

    /// Whether this store can answer. The error tells an operator what to do.
    async fn ready(&self) -> Result<()>;
}

/// All that is kept of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseRecord {
    /// Its contact.
    pub contact: Option<Contact>,
    /// What happened to it, the latest first.
    pub events: Vec<AuditEvent>,
}

impl CaseRecord {
    /// A record of these.
    #[must_use]
    pub fn new(contact: Option<Contact>, events: Vec<AuditEvent>) -> Self {
        Self { contact, events }
    }
}
