//! What a browser knows a session by.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::Fingerprint;
use crate::error::Result;
use crate::random;

/// 32 bytes have as many letters of base64url.
const LETTERS: usize = 43;

/// The id of a session: 32 random bytes in base64url. Whoever has it is who logged in, so it is only in a cookie, never in a
/// log or a store.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(String);

impl SessionId {
    /// An id that nobody can guess.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn random() -> Result<Self> {
        random::text().map(Self)
    }

    /// The id that a cookie has; `None` where it is none.
    #[must_use]
    pub fn from_cookie(value: &str) -> Option<Self> {
        let is_id = value.len() == LETTERS && BASE64_URL_SAFE_NO_PAD.decode(value).is_ok();
        is_id.then(|| Self(value.to_owned()))
    }

    /// The id, for the cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What stores call the session.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of("session", &[&self.0])
    }
}

impl fmt::Debug for SessionId {
    /// Without the id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}
