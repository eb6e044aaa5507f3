//! What came of a change.

use crate::contact::{Contact, ContactVersion};
use crate::repository::idempotency::Recorded;
use crate::violation::Violations;

/// What came of [`put`](super::ContactRepository::put).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// There was none, now there is this one.
    Created(Contact),
    /// There was another one in the state demanded, now there is this one.
    Replaced(Contact),
    /// It says what it said before: nothing was written.
    Unchanged(Contact),
    /// The contact is in this state, which is none of those demanded.
    Stale(ContactVersion),
    /// The case has a contact, in this state, and no state of it was demanded.
    Exists(ContactVersion),
    /// A state was demanded and the case has no contact.
    Missing,
}

/// What came of [`patch`](super::ContactRepository::patch).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patching {
    /// The contact as it is now.
    Changed(Contact),
    /// It says what it said before: nothing was written.
    Unchanged(Contact),
    /// What would be left is no contact.
    Invalid(Violations),
    /// The contact is in this state, which is none of those demanded.
    Stale(ContactVersion),
    /// The case has no contact.
    Missing,
}

/// What came of [`delete`](super::ContactRepository::delete).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It is gone.
    Deleted,
    /// The contact is in this state, which is none of those demanded.
    Stale(ContactVersion),
    /// The case has no contact.
    Missing,
}

/// What came of [`create`](super::ContactRepository::create).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// Now there is this one.
    Created(Contact),
    /// The case has a contact already, in this state.
    Exists(ContactVersion),
    /// The same request came before; this is what came of it.
    Again(Recorded<ContactVersion>),
    /// Another request with this key came before.
    OtherBody,
    /// A request with this key is under way.
    InFlight,
}
