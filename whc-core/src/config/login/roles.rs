//! What people may do by what their provider says of them.

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::scope::Scopes;

/// The group that everybody is in.
const EVERYBODY: &str = "*";

/// Scopes by group: `/curators=sites:write; /desk=contacts:read contacts:write; *=audit:read`.
///
/// ```
/// use whc_core::config::Roles;
/// let roles = Roles::new("groups", "curators=sites:write audit:read; *=contacts:read".parse()?);
/// let claims = serde_json::json!({"groups": ["staff", "curators"]});
/// let scopes = roles.scopes(claims.as_object().unwrap());
/// assert_eq!(scopes.to_string(), "contacts:read sites:write audit:read");
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// The claim that holds the groups: a list of names, or one. A dot leads into an object: `realm_access.roles`.
    claim: String,
    grants: Grants,
}

/// The scopes of each group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants(Vec<(String, Scopes)>);

impl Roles {
    /// The scopes of the groups that this claim names.
    #[must_use]
    pub fn new(claim: impl Into<String>, grants: Grants) -> Self {
        Self { claim: claim.into(), grants }
    }

    /// What somebody may do of whom a provider says this.
    #[must_use]
    pub fn scopes(&self, claims: &Map<String, Value>) -> Scopes {
        let groups = self.groups(claims);
        let granted = |(group, _): &&(String, Scopes)| group == EVERYBODY || groups.contains(&group.as_str());
        self.grants.0.iter().filter(granted).flat_map(|(_, scopes)| scopes.iter()).collect()
    }

    fn groups<'a>(&self, claims: &'a Map<String, Value>) -> Vec<&'a str> {
        // An address that nobody has verified is whatever somebody typed.
        if self.claim == "email" && claims.get("email_verified").is_some_and(|verified| !is_true(verified)) {
            return Vec::new();
        }
        // Names of claims may have dots themselves.
        let value = claims.get(&self.claim).or_else(|| {
            let mut names = self.claim.split('.');
            let first = claims.get(names.next()?)?;
            names.try_fold(first, |value, name| value.get(name))
        });
        match value {
            Some(Value::String(group)) => vec![group],
            Some(Value::Array(groups)) => groups.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// Apple writes booleans as texts too.
pub(crate) fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true) || value == "true"
}

impl FromStr for Grants {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let entries = text.split(';').map(str::trim).filter(|entry| !entry.is_empty());
        let grant = |entry: &str| {
            // Names of groups may have an equals sign themselves (`cn=curators`), scopes have none.
            let (group, scopes) = entry.rsplit_once('=').ok_or_else(|| {
                let entry = entry.escape_debug();
                Error::invalid(format!("a group is given scopes like curators=sites:write, not \"{entry}\""))
            })?;
            Ok((group.trim().to_owned(), scopes.parse()?))
        };
        entries.map(grant).collect::<Result<_>>().map(Self)
    }
}
