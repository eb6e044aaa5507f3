//! From the body of a request to a contact or a patch of one.

use serde_json::{Map, Value};

use super::{CaseId, ContactDetails, ContactPatch, SITE_ID, TextField, Violation, Violations, rule};
use crate::site::SiteId;

const CASE_ID: &str = "case_id";

/// Far more than there are fields. Each that is none costs a look for what was meant.
const MOST_MEMBERS: usize = 100;

/// What clients get with a contact and cannot set.
const READ_ONLY: [&str; 2] = ["created_at", "updated_at"];

/// The case that the body of a request is about, and what it says about its contact.
///
/// # Errors
/// All violations at once.
pub fn case_and_details(body: &Value) -> Result<(CaseId, ContactDetails), Violations> {
    let members = object(body)?;
    let case = match members.get(CASE_ID) {
        None => Err(Violation::of(CASE_ID, format!("is missing: {}", case_range()))),
        Some(value) => case(value),
    };
    match case {
        Ok(case) => Ok((case, ContactDetails::from_json(case, body)?)),
        // Any case will do to find what else is wrong.
        Err(violation) => {
            let mut violations = Violations::from(violation);
            read(members, &mut violations, |_| None);
            Err(violations)
        }
    }
}

impl ContactDetails {
    /// What the body of a request says about the contact of `case`. It may name the case, but no other.
    ///
    /// # Errors
    /// All violations at once.
    pub fn from_json(case: CaseId, body: &Value) -> Result<Self, Violations> {
        ContactPatch::from_json(case, body)?.into_details()
    }
}

impl ContactPatch {
    /// What the body of a request changes in the contact of `case`. It may name the case, but no other.
    ///
    /// # Errors
    /// All violations at once, but for what only shows when it is applied.
    pub fn from_json(expected: CaseId, body: &Value) -> Result<Self, Violations> {
        let mut violations = Violations::default();
        let patch = read(object(body)?, &mut violations, |value| match case(value) {
            Ok(case) if case == expected => None,
            Ok(_) => {
                Some(Violation::of(CASE_ID, format!("cannot change, this contact is of case {expected}")))
            }
            Err(violation) => Some(violation),
        });
        violations.none().map(|()| patch)
    }
}

/// Reads every member; `case` says what is wrong with the number of the case.
fn read(
    members: &Map<String, Value>,
    violations: &mut Violations,
    case: impl Fn(&Value) -> Option<Violation>,
) -> ContactPatch {
    let mut patch = ContactPatch::default();
    for (name, value) in members {
        let outcome = match TextField::ALL.into_iter().find(|field| field.name() == name) {
            Some(field) => text(field, value).map(|text| patch.set_text(field, text)),
            None if name == SITE_ID => site(value).map(|site| patch.set_site(site)),
            None if name == CASE_ID => case(value).map_or(Ok(()), Err),
            None if READ_ONLY.contains(&&**name) => {
                Err(Violation::of(name, "is set by the service; leave it out"))
            }
            None => Err(Violation::of(name, unknown(name))),
        };
        if let Err(violation) = outcome {
            violations.push(violation);
        }
    }
    patch
}

fn object(body: &Value) -> Result<&Map<String, Value>, Violations> {
    let members =
        body.as_object().ok_or_else(|| Violation::of_all("is a JSON object with the fields of a contact"))?;
    if members.len() > MOST_MEMBERS {
        let reason = format!("has {} members; a contact has at most {MOST_MEMBERS}", members.len());
        return Err(Violation::of_all(reason).into());
    }
    Ok(members)
}

fn case(value: &Value) -> Result<CaseId, Violation> {
    let case = value.as_u64().and_then(|number| CaseId::new(number).ok());
    case.ok_or_else(|| Violation::of(CASE_ID, case_range()))
}

fn case_range() -> String {
    format!("is a whole number from 1 to {}", CaseId::MAX)
}

fn site(value: &Value) -> Result<Option<SiteId>, Violation> {
    if value.is_null() {
        return Ok(None);
    }
    let number = value.as_u64().and_then(|number| number.try_into().ok());
    let site = number.and_then(|number| SiteId::new(number).ok());
    let range = || format!("is the number of a site, from 1 to {}, or null", SiteId::MAX);
    site.map(Some).ok_or_else(|| Violation::of(SITE_ID, range()))
}

fn text(field: TextField, value: &Value) -> Result<Option<String>, Violation> {
    let checked = match value {
        Value::Null => Ok(None),
        Value::String(text) => rule::checked(field, text.clone()),
        _ => Err("is a text or null".to_owned()),
    };
    checked.map_err(|reason| Violation::of(field.name(), reason))
}

/// The reason for a member that is none, with the name that was probably meant.
fn unknown(name: &str) -> String {
    let names = || TextField::ALL.into_iter().map(TextField::name).chain([SITE_ID, CASE_ID]);
    // Of a long name the distance would cost more than it tells.
    let near = |known: &&str| name.len() <= 32 && strsim::damerau_levenshtein(known, name) <= 2;
    match names().find(near) {
        Some(known) => format!("is no field of a contact; {known} is"),
        None => format!("is no field of a contact; those are {}", names().collect::<Vec<_>>().join(", ")),
    }
}
