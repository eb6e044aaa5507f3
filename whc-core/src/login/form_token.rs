//! What forms of this service have that no other page can know (CSRF tokens).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::error::Result;
use crate::keyring::{AuthenticationKeys, Keyring};
use crate::session::Fingerprint;

/// Tokens made of a session and a key, so that nothing has to be kept.
#[derive(Debug)]
pub(super) struct FormTokens(AuthenticationKeys);

impl FormTokens {
    pub(super) fn new(keyring: &Keyring) -> Result<Self> {
        keyring.authentication("whc forms").map(Self)
    }

    pub(super) fn token(&self, session: Fingerprint) -> String {
        let tag = self.0.tag(session.to_string().as_bytes());
        tag.map(|tag| BASE64_URL_SAFE_NO_PAD.encode(tag)).unwrap_or_default()
    }

    pub(super) fn verify(&self, session: Fingerprint, token: &str) -> bool {
        let tag = BASE64_URL_SAFE_NO_PAD.decode(token);
        tag.is_ok_and(|tag| self.0.verify(session.to_string().as_bytes(), &tag))
    }
}
