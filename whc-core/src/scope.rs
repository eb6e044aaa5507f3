//! What a caller may do, in the words of OAuth.

use std::fmt;
use std::str::FromStr;

use enumset::{EnumSet, EnumSetType};

use crate::error::{Error, Result};

/// One thing a caller may do.
#[derive(Debug, EnumSetType)]
#[non_exhaustive]
pub enum Scope {
    /// `contacts:read`: see contacts.
    ContactsRead,
    /// `contacts:write`: create, change and delete contacts.
    ContactsWrite,
    /// `contacts:erase`: erase all that is kept of a case.
    ContactsErase,
    /// `sites:write`: curate the list of sites.
    SitesWrite,
    /// `audit:read`: see who did what.
    AuditRead,
}

impl Scope {
    /// Its name in tokens and settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ContactsRead => "contacts:read",
            Self::ContactsWrite => "contacts:write",
            Self::ContactsErase => "contacts:erase",
            Self::SitesWrite => "sites:write",
            Self::AuditRead => "audit:read",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        EnumSet::<Self>::all().iter().find(|scope| scope.as_str() == name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::from_name(text).ok_or_else(|| {
            Error::invalid(format!("a scope is one of {}, not \"{}\"", Scopes::all(), text.escape_debug()))
        })
    }
}

/// Several scopes.
///
/// ```
/// use whc_core::auth::{Scope, Scopes};
/// let scopes: Scopes = "contacts:read audit:read".parse()?;
/// assert!(scopes.contains(Scope::AuditRead) && !scopes.contains(Scope::SitesWrite));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(EnumSet<Scope>);

impl Scopes {
    /// Every scope there is.
    #[must_use]
    pub fn all() -> Self {
        Self(EnumSet::all())
    }

    /// Whether `scope` is among them.
    #[must_use]
    pub fn contains(self, scope: Scope) -> bool {
        self.0.contains(scope)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        self.0.iter()
    }

    /// The scopes among `names`. Other names are left out: tokens hold the scopes of other services too.
    pub fn known<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(Scope::from_name).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl FromStr for Scopes {
    type Err = Error;

    /// Scopes with spaces between them; a name that is none is an error.
    fn from_str(text: &str) -> Result<Self> {
        text.split_whitespace().map(str::parse).collect()
    }
}

impl fmt::Display for Scopes {
    /// With spaces between them, as a token has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, scope) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope.as_str())?;
        }
        Ok(())
    }
}
