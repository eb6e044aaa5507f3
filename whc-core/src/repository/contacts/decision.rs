//! Decides what a request changes: once, for every store.

use tracing::info;

use super::{Creation, Deletion, Patching, Placement};
use crate::audit::{AuditAction, Subject, Trace};
use crate::auth::{Access, Actor, CaseAccess};
use crate::contact::{CaseId, Contact, ContactDetails, ContactPatch, ContactVersion, IfMatch};
use crate::repository::idempotency::{Earlier, Recorded};

/// What a store finds when it has locked a case.
pub(in crate::repository) struct Found {
    /// The contact of the case.
    pub(in crate::repository) contact: Option<Contact>,
    /// A version that no contact ever had.
    pub(in crate::repository) fresh: ContactVersion,
    /// What came of an earlier request with the same key.
    pub(in crate::repository) earlier: Option<Earlier<ContactVersion>>,
    /// Whether a request with the same key is under way.
    pub(in crate::repository) in_flight: bool,
    /// Whether outcomes of requests about the case are recorded.
    pub(in crate::repository) recorded: bool,
}

/// What somebody does with a case at one time.
pub(in crate::repository) struct Step<'a> {
    pub(in crate::repository) actor: &'a Actor,
    pub(in crate::repository) case: CaseId,
    pub(in crate::repository) trace: &'a Trace,
}

/// What a step changes.
#[derive(Default)]
pub(in crate::repository) struct Effect {
    pub(in crate::repository) change: Option<Change>,
    /// The names of the fields that are set or changed.
    pub(in crate::repository) fields: Vec<&'static str>,
    /// What is recorded of a request with a key.
    pub(in crate::repository) record: Option<Recorded<ContactVersion>>,
    /// Whether some of what was recorded long ago is forgotten, where a store does not do so anyway.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "the store in memory does so anyway"))]
    pub(in crate::repository) forgets: bool,
}

/// A change, of which there is an event.
pub(in crate::repository) enum Change {
    Create(Contact),
    Update(Contact),
    Delete,
    Erase,
}

impl Change {
    pub(in crate::repository) fn action(&self) -> AuditAction {
        match self {
            Self::Create(_) => AuditAction::Create,
            Self::Update(_) => AuditAction::Update,
            Self::Delete => AuditAction::Delete,
            Self::Erase => AuditAction::Erase,
        }
    }
}

impl Effect {
    /// Nothing.
    fn none() -> Self {
        Self::default()
    }

    fn of(change: Change) -> Self {
        Self { change: Some(change), ..Self::default() }
    }

    fn setting(fields: Vec<&'static str>, change: Change) -> Self {
        Self { fields, ..Self::of(change) }
    }
}

impl Found {
    pub(in crate::repository) fn delete(self, if_match: &IfMatch<ContactVersion>) -> (Deletion, Effect) {
        match self.contact {
            None => (Deletion::Missing, Effect::none()),
            Some(contact) if !if_match.allows(&contact.version) => {
                (Deletion::Stale(contact.version), Effect::none())
            }
            Some(_) => (Deletion::Deleted, Effect::of(Change::Delete)),
        }
    }

    pub(in crate::repository) fn erase(&self) -> (bool, Effect) {
        let anything = self.contact.is_some() || self.recorded;
        (anything, if anything { Effect::of(Change::Erase) } else { Effect::none() })
    }
}

impl<'a> Step<'a> {
    /// What the holder of this proof does.
    pub(in crate::repository) fn new<A: Access>(access: &'a CaseAccess<A>, trace: &'a Trace) -> Self {
        Self { actor: access.actor(), case: access.case(), trace }
    }

    pub(in crate::repository) fn subject(&self) -> Subject {
        Subject::Case(self.case)
    }

    /// One line in the log for an event that was written.
    pub(in crate::repository) fn log(&self, action: AuditAction, fields: &[&str]) {
        info!(
            target: "whc_core::audit",
            iss = self.actor.issuer.as_deref(),
            sub = self.actor.subject.as_str(),
            action = action.name(),
            subject = %self.subject(),
            fields = fields.join(" "),
            request_id = self.trace.request_id(),
            "changed"
        );
    }

    pub(in crate::repository) fn put(
        &self,
        found: Found,
        details: ContactDetails,
        if_match: Option<&IfMatch<ContactVersion>>,
    ) -> (Placement, Effect) {
        match (found.contact, if_match) {
            (None, Some(_)) => (Placement::Missing, Effect::none()),
            (None, None) => {
                let (contact, effect) = self.creation(details, found.fresh);
                (Placement::Created(contact), effect)
            }
            (Some(contact), None) => (Placement::Exists(contact.version), Effect::none()),
            (Some(contact), Some(if_match)) if !if_match.allows(&contact.version) => {
                (Placement::Stale(contact.version), Effect::none())
            }
            (Some(before), Some(_)) => {
                let (contact, effect) = self.update(before, details, found.fresh);
                let replaced = effect.change.is_some();
                (if replaced { Placement::Replaced(contact) } else { Placement::Unchanged(contact) }, effect)
            }
        }
    }

    pub(in crate::repository) fn patch(
        &self,
        found: Found,
        patch: &ContactPatch,
        if_match: &IfMatch<ContactVersion>,
    ) -> (Patching, Effect) {
        let Some(before) = found.contact else { return (Patching::Missing, Effect::none()) };
        if !if_match.allows(&before.version) {
            return (Patching::Stale(before.version), Effect::none());
        }
        match patch.apply(before.details.clone()) {
            Err(violations) => (Patching::Invalid(violations), Effect::none()),
            Ok(details) => {
                let (contact, effect) = self.update(before, details, found.fresh);
                let changed = effect.change.is_some();
                (if changed { Patching::Changed(contact) } else { Patching::Unchanged(contact) }, effect)
            }
        }
    }

    /// `location` is that of the contact, where the request has a key.
    pub(in crate::repository) fn create(
        &self,
        found: Found,
        details: ContactDetails,
        location: Option<&str>,
    ) -> (Creation, Effect) {
        let forgetting = Effect { forgets: true, ..Effect::none() };
        match found.earlier {
            _ if found.in_flight => return (Creation::InFlight, forgetting),
            Some(Earlier { same_body: false, .. }) => return (Creation::OtherBody, forgetting),
            Some(Earlier { outcome, .. }) => return (Creation::Again(outcome), forgetting),
            None => {}
        }
        let (status, version, outcome, effect) = if let Some(Contact { version, .. }) = found.contact {
            (409, version.clone(), Creation::Exists(version), Effect::none())
        } else {
            let (contact, effect) = self.creation(details, found.fresh);
            (201, contact.version.clone(), Creation::Created(contact), effect)
        };
        let record = location.map(|location| Recorded::new(status, location, version));
        (outcome, Effect { record, forgets: true, ..effect })
    }

    fn creation(&self, details: ContactDetails, fresh: ContactVersion) -> (Contact, Effect) {
        let contact = Contact::new(self.case, details, fresh, self.trace.at());
        let effect = Effect::setting(contact.details.names(), Change::Create(contact.clone()));
        (contact, effect)
    }

    /// The contact with these details, or as it is where they say the same.
    fn update(&self, before: Contact, details: ContactDetails, fresh: ContactVersion) -> (Contact, Effect) {
        let fields = before.details.difference(&details);
        if fields.is_empty() {
            return (before, Effect::none());
        }
        let contact = Contact { details, version: fresh, updated: self.trace.at(), ..before };
        let effect = Effect::setting(fields, Change::Update(contact.clone()));
        (contact, effect)
    }
}
