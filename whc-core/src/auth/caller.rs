//! Who asks, and the proofs they can get.

use std::sync::Arc;

use super::proof::{Access, Auditor, CaseAccess, ContactReader, Curator};
use super::{Actor, CaseSet, Denied};
use crate::contact::CaseId;
use crate::scope::{Scope, Scopes};

/// Somebody whose credentials were verified.
///
/// ```
/// use whc_core::CaseId;
/// use whc_core::auth::{Actor, Caller, CaseAccess, Denied, Read, Scope, Write};
/// let actor = Actor { issuer: None, subject: "42".to_owned() };
/// let (case, other) = (CaseId::new(7)?, CaseId::new(8)?);
/// let caller = Caller::new(actor, [Scope::ContactsRead].into_iter().collect()).narrowed_to([case]);
///
/// let access: CaseAccess<Read> = caller.case_access(case)?;
/// assert_eq!((access.case(), access.actor().subject.as_str()), (case, "42"));
/// assert_eq!(caller.case_access::<Read>(other).unwrap_err(), Denied::OtherCase(other));
/// assert_eq!(caller.case_access::<Write>(case).unwrap_err(), Denied::MissingScope(Scope::ContactsWrite));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    actor: Arc<Actor>,
    scopes: Scopes,
    cases: CaseSet,
}

impl Caller {
    /// Somebody with these scopes, for all cases. Whoever calls this has verified who it is.
    #[must_use]
    pub fn new(actor: Actor, scopes: Scopes) -> Self {
        Self { actor: Arc::new(actor), scopes, cases: CaseSet::ALL }
    }

    /// The same caller for these cases only.
    #[must_use]
    pub fn narrowed_to(mut self, cases: impl IntoIterator<Item = CaseId>) -> Self {
        self.cases = self.cases.narrowed_to(cases);
        self
    }

    /// Who it is.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What they may do.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// The cases they may see.
    #[must_use]
    pub fn cases(&self) -> &CaseSet {
        &self.cases
    }

    /// The proof that they may do `A` with this case.
    ///
    /// # Errors
    /// They lack the scope of `A`, or may see other cases only.
    pub fn case_access<A: Access>(&self, case: CaseId) -> Result<CaseAccess<A>, Denied> {
        let actor = self.expect(A::SCOPE)?;
        if self.cases.contains(case) {
            Ok(CaseAccess::new(actor, case))
        } else {
            Err(Denied::OtherCase(case))
        }
    }

    /// The proof that they may list contacts.
    ///
    /// # Errors
    /// They lack `contacts:read`.
    pub fn contact_reader(&self) -> Result<ContactReader, Denied> {
        Ok(ContactReader::new(self.expect(Scope::ContactsRead)?, self.cases.clone()))
    }

    /// The proof that they may change sites.
    ///
    /// # Errors
    /// They lack `sites:write`.
    pub fn curator(&self) -> Result<Curator, Denied> {
        Ok(Curator::new(self.expect(Scope::SitesWrite)?))
    }

    /// The proof that they may read the audit.
    ///
    /// # Errors
    /// They lack `audit:read`.
    pub fn auditor(&self) -> Result<Auditor, Denied> {
        Ok(Auditor::new(self.expect(Scope::AuditRead)?, self.cases.clone()))
    }

    /// The proof that they may read what the audit has about sites, which is for whoever changes them too: to see what others did.
    ///
    /// # Errors
    /// They lack `sites:write`.
    pub fn site_auditor(&self) -> Result<Auditor, Denied> {
        Ok(Auditor::new(self.expect(Scope::SitesWrite)?, CaseSet::ALL.narrowed_to([])))
    }

    fn expect(&self, scope: Scope) -> Result<Arc<Actor>, Denied> {
        if self.scopes.contains(scope) {
            Ok(Arc::clone(&self.actor))
        } else {
            Err(Denied::MissingScope(scope))
        }
    }
}
