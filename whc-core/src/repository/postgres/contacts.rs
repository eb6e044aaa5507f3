//! Contacts of cases and the audit in PostgreSQL.

mod change;
mod read;
mod row;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::PostgresSites;
use super::migrations;
use super::pool::Pool;
use crate::audit::{AuditEvent, AuditQuery, Trace};
use crate::auth::{Auditor, CaseAccess, ContactReader, Erase, Read, Write};
use crate::config::DatabaseConfig;
use crate::contact::{Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::error::Result;
use crate::page::Page;
use crate::repository::contacts::{
    CaseRecord, ContactQuery, ContactRepository, Creation, Deletion, Patching, Placement, Step,
};
use crate::repository::idempotency::IdempotentRequest;

/// Contacts of cases and their audit in PostgreSQL. The user must be a member of `whc_desk`.
///
/// A change locks its case, looks, decides and writes in one transaction of two round trips. Any number of these, in any
/// number of programs, work on one database. Connections are those of [`PostgresSites`](super::PostgresSites).
pub struct PostgresContacts {
    pool: Arc<Pool>,
}

impl PostgresContacts {
    /// The contacts in this database. Connects to nothing yet.
    ///
    /// # Errors
    /// The file of root certificates cannot be read.
    pub fn new(config: &DatabaseConfig) -> Result<Self> {
        Ok(Self { pool: Arc::new(Pool::new(config)?) })
    }

    /// The sites in the same database, over the same connections.
    #[must_use]
    pub fn sites(&self) -> PostgresSites {
        PostgresSites { pool: Arc::clone(&self.pool) }
    }
}

impl fmt::Debug for PostgresContacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresContacts").finish_non_exhaustive()
    }
}

#[async_trait]
impl ContactRepository for PostgresContacts {
    async fn get(&self, access: &CaseAccess<Read>) -> Result<Option<Contact>> {
        read::get(&self.pool, access.case()).await
    }

    async fn list(&self, reader: &ContactReader, query: &ContactQuery) -> Result<Page<Contact>> {
        read::list(&self.pool, reader.cases(), query).await
    }

    async fn put(
        &self,
        access: &CaseAccess<Write>,
        details: ContactDetails,
        if_match: Option<&IfMatch<ContactVersion>>,
        trace: &Trace,
    ) -> Result<Placement> {
        let step = Step::new(access, trace);
        change::take(&self.pool, &step, None, |found| step.put(found, details, if_match)).await
    }

    async fn patch(
        &self,
        access: &CaseAccess<Write>,
        patch: &ContactPatch,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Patching> {
        let step = Step::new(access, trace);
        change::take(&self.pool, &step, None, |found| step.patch(found, patch, if_match)).await
    }

    async fn delete(
        &self,
        access: &CaseAccess<Write>,
        if_match: &IfMatch<ContactVersion>,
        trace: &Trace,
    ) -> Result<Deletion> {
        let step = Step::new(access, trace);
        change::take(&self.pool, &step, None, |found| found.delete(if_match)).await
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
        change::take(&self.pool, &step, request, |found| step.create(found, details, location)).await
    }

    async fn export(&self, access: &CaseAccess<Read>, auditor: &Auditor) -> Result<CaseRecord> {
        read::export(&self.pool, access.case(), auditor.cases()).await
    }

    async fn erase(&self, access: &CaseAccess<Erase>, trace: &Trace) -> Result<bool> {
        let step = Step::new(access, trace);
        change::take(&self.pool, &step, None, |found| found.erase()).await
    }

    async fn events(&self, auditor: &Auditor, query: &AuditQuery) -> Result<Page<AuditEvent>> {
        read::events(&self.pool, auditor.cases(), query).await
    }

    /// Whether the database answers with a schema this program runs on.
    async fn ready(&self) -> Result<()> {
        migrations::ready(&self.pool).await
    }
}
