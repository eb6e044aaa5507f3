//! What a token says, one function for each claim.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::envelope::{Envelope, name, strings};
use crate::auth::{Actor, Caller, Unauthenticated};
use crate::contact::CaseId;
use crate::scope::Scopes;
use crate::text;

/// The claims of a token that are used here.
pub(super) struct Claims {
    pub(super) envelope: Envelope,
    pub(super) actor: Actor,
    /// `None` where the token says nothing about scopes.
    scopes: Option<Scopes>,
    /// `None` where the token is for all cases.
    cases: Option<BTreeSet<CaseId>>,
}

type Object = Map<String, Value>;

impl Claims {
    pub(super) fn read(object: &Object) -> Result<Self, Unauthenticated> {
        expect_plain_email(object)?;
        let envelope = Envelope::read(object)?;
        let actor = Actor { issuer: envelope.issuer.clone(), subject: subject(object)? };
        Ok(Self { envelope, actor, scopes: scopes(object)?, cases: cases(object)? })
    }

    /// Who the token is about, with these scopes where it says nothing about scopes.
    pub(super) fn caller(&self, default_scopes: Scopes) -> Caller {
        let caller = Caller::new(self.actor.clone(), self.scopes.unwrap_or(default_scopes));
        match &self.cases {
            Some(cases) => caller.narrowed_to(cases.iter().copied()),
            None => caller,
        }
    }
}

/// A string, or an object with an `id`, as Renraku has it.
fn subject(object: &Object) -> Result<String, Unauthenticated> {
    let subject = match object.get("sub") {
        None => return Err(Unauthenticated::invalid_token("sub is missing")),
        Some(Value::Object(subject)) => subject.get("id").and_then(name),
        Some(value) => name(value),
    };
    subject.ok_or_else(|| {
        Unauthenticated::invalid_token(
            "sub is neither a string of 1 to 255 letters nor an object with such an id",
        )
    })
}

/// Nothing here uses an address, but an issuer that signs any bytes as one checks nothing.
fn expect_plain_email(object: &Object) -> Result<(), Unauthenticated> {
    let nested = object.get("sub").and_then(|subject| subject.get("email"));
    let is_plain = |email: &Value| email.as_str().is_none_or(|email| !email.contains(text::is_order));
    if [object.get("email"), nested].into_iter().flatten().all(is_plain) {
        return Ok(());
    }
    Err(Unauthenticated::invalid_token("email has control characters"))
}

/// `scope` of RFC 8693, `scopes` as others have it, or both. Scopes of other services are left out.
fn scopes(object: &Object) -> Result<Option<Scopes>, Unauthenticated> {
    let mut names: Option<Vec<&str>> = None;
    if let Some(value) = object.get("scope") {
        let text = value.as_str();
        let text = text.ok_or_else(|| Unauthenticated::invalid_token("scope is no string"))?;
        names.get_or_insert_default().extend(text.split(' '));
    }
    if let Some(value) = object.get("scopes") {
        let list = strings(value);
        let list = list.ok_or_else(|| Unauthenticated::invalid_token("scopes is no list of strings"))?;
        names.get_or_insert_default().extend(list);
    }
    Ok(names.map(Scopes::known))
}

/// `case_ids`: what is there and no list of case numbers must not pass for all of them.
fn cases(object: &Object) -> Result<Option<BTreeSet<CaseId>>, Unauthenticated> {
    let Some(value) = object.get("case_ids") else { return Ok(None) };
    let case = |value: &Value| value.as_u64().and_then(|number| CaseId::new(number).ok());
    let cases = value.as_array().and_then(|items| items.iter().map(case).collect());
    cases.map(Some).ok_or_else(|| Unauthenticated::invalid_token("case_ids is no list of case numbers"))
}
