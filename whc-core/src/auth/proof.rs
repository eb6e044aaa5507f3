//! Proofs that somebody may do something. Only a [`Caller`](super::Caller) makes them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Actor, CaseSet};
use crate::contact::CaseId;
use crate::scope::Scope;

/// What a [`CaseAccess`] allows: [`Read`], [`Write`] or [`Erase`].
pub trait Access: sealed::Sealed + fmt::Debug + Send + Sync + 'static {
    /// The scope it takes.
    const SCOPE: Scope;
}

/// See the contact of a case.
#[derive(Debug)]
pub enum Read {}

/// Create, change and delete the contact of a case.
#[derive(Debug)]
pub enum Write {}

/// Erase all that is kept of a case.
#[derive(Debug)]
pub enum Erase {}

impl Access for Read {
    const SCOPE: Scope = Scope::ContactsRead;
}

impl Access for Write {
    const SCOPE: Scope = Scope::ContactsWrite;
}

impl Access for Erase {
    const SCOPE: Scope = Scope::ContactsErase;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Read {}
    impl Sealed for super::Write {}
    impl Sealed for super::Erase {}
}

/// The proof that somebody may do `A` with one case.
///
/// ```compile_fail
/// use whc_core::auth::{CaseAccess, Read, Write};
/// fn change(access: &CaseAccess<Write>) {}
/// fn only_read(access: &CaseAccess<Read>) { change(access) }
/// ```
#[derive(Debug)]
pub struct CaseAccess<A: Access> {
    actor: Arc<Actor>,
    case: CaseId,
    access: PhantomData<A>,
}

impl<A: Access> CaseAccess<A> {
    pub(super) fn new(actor: Arc<Actor>, case: CaseId) -> Self {
        Self { actor, case, access: PhantomData }
    }

    /// Who may.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The case they may.
    #[must_use]
    pub fn case(&self) -> CaseId {
        self.case
    }
}

/// The proof that somebody may list contacts: those of [`cases`](Self::cases) and no others.
#[derive(Debug)]
pub struct ContactReader {
    actor: Arc<Actor>,
    cases: CaseSet,
}

impl ContactReader {
    pub(super) fn new(actor: Arc<Actor>, cases: CaseSet) -> Self {
        Self { actor, cases }
    }

    /// Who may.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The cases they may see.
    #[must_use]
    pub fn cases(&self) -> &CaseSet {
        &self.cases
    }
}

/// The proof that somebody may change sites.
#[derive(Debug)]
pub struct Curator {
    actor: Arc<Actor>,
}

impl Curator {
    pub(super) fn new(actor: Arc<Actor>) -> Self {
        Self { actor }
    }

    /// Who may.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// The proof that somebody may read the audit; events about cases only where those are among [`cases`](Self::cases).
#[derive(Debug)]
pub struct Auditor {
    actor: Arc<Actor>,
    cases: CaseSet,
}

impl Auditor {
    pub(super) fn new(actor: Arc<Actor>, cases: CaseSet) -> Self {
        Self { actor, cases }
    }

    /// Who may.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The cases they may see.
    #[must_use]
    pub fn cases(&self) -> &CaseSet {
        &self.cases
    }
}
