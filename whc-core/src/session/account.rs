//! Whom a session is of.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Fingerprint;

/// Somebody as a provider of logins knows them. Only issuer and subject say who it is; the rest may change any day.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The provider, by the name it has in addresses: `google`.
    pub provider: String,
    /// Who vouches for the subject (`iss`).
    pub issuer: String,
    /// Who it is, in the words of the issuer (`sub`).
    pub subject: String,
    /// An address that the issuer has not called unverified.
    pub email: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The address of a picture.
    pub image: Option<String>,
}

impl Account {
    /// What stores call the account.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_account(&self.issuer, &self.subject)
    }
}

impl fmt::Debug for Account {
    /// Without what is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("provider", &self.provider).finish_non_exhaustive()
    }
}
