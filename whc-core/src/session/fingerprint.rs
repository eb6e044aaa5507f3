//! Names that tell nothing: what stores keep sessions and accounts under.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{Context, SHA256};

use crate::error::{Error, Result};

/// A SHA-256 of what something is called by. Whoever reads a store finds no session id in it that could be used, and no
/// address in the name of an account. Each kind of thing has fingerprints of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of an account.
    #[must_use]
    pub fn of_account(issuer: &str, subject: &str) -> Self {
        Self::of("account", &[issuer, subject])
    }

    /// The fingerprint of a session that a provider calls `sid` (Back-Channel Logout of `OpenID` Connect, 2.1).
    #[must_use]
    pub fn of_provider_session(issuer: &str, sid: &str) -> Self {
        Self::of("provider session", &[issuer, sid])
    }

    /// The fingerprint of what may be used once: the `jti` of an issuer, the `state` of a login.
    #[must_use]
    pub fn of_single_use(whose: &str, id: &str) -> Self {
        Self::of("single use", &[whose, id])
    }

    pub(super) fn of(kind: &str, parts: &[&str]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in [kind].iter().chain(parts) {
            // With their lengths, so that no two lists of parts are the same bytes.
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    /// 43 letters of base64url.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| Error::invalid("a fingerprint has 43 letters of base64url"))
    }
}
