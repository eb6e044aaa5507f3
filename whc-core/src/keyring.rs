//! Keys for one purpose each, derived from the secrets of the configuration.

use std::fmt;

use ring::hkdf::{HKDF_SHA256, KeyType, Okm, Prk, Salt};
use ring::hmac::{self, HMAC_SHA256};

use crate::config::SecretKeys;
use crate::error::{Error, Result};

/// What keys are derived from (HKDF, RFC 5869). Each purpose has keys of its own, so that what was made for one means nothing
/// to another.
pub(crate) struct Keyring(Vec<Prk>);

impl Keyring {
    /// From these secrets: the first makes what is new, all read what is there.
    pub(crate) fn new(keys: &SecretKeys) -> Self {
        Self(keys.secrets().iter().map(|secret| extracted(secret.reveal().as_bytes())).collect())
    }

    /// Keys that say of bytes that they were written here.
    ///
    /// # Errors
    /// None can be derived, which is a fault.
    pub(crate) fn authentication(&self, purpose: &str) -> Result<AuthenticationKeys> {
        let keys = self.derived(purpose, HMAC_SHA256, |okm| hmac::Key::from(okm))?;
        Ok(AuthenticationKeys(keys))
    }

    fn derived<T: KeyType + Copy, K>(
        &self,
        purpose: &str,
        kind: T,
        key: impl Fn(Okm<'_, T>) -> K,
    ) -> Result<Vec<K>> {
        let info = [purpose.as_bytes()];
        let derive = |secret: &Prk| secret.expand(&info, kind).map(&key);
        let keys: Result<Vec<_>, _> = self.0.iter().map(derive).collect();
        keys.map_err(|error| Error::internal("a key cannot be derived").with_source(error))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

/// HMAC with SHA-256.
pub(crate) struct AuthenticationKeys(Vec<hmac::Key>);

impl AuthenticationKeys {
    /// The tag of these bytes.
    pub(crate) fn tag(&self, bytes: &[u8]) -> Option<hmac::Tag> {
        self.0.first().map(|key| hmac::sign(key, bytes))
    }

    /// Whether the tag is one of these bytes, in constant time.
    pub(crate) fn verify(&self, bytes: &[u8], tag: &[u8]) -> bool {
        self.0.iter().any(|key| hmac::verify(key, bytes, tag).is_ok())
    }
}

impl fmt::Debug for AuthenticationKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticationKeys(…)")
    }
}

fn extracted(secret: &[u8]) -> Prk {
    Salt::new(HKDF_SHA256, b"whc").extract(secret)
}

#[cfg(test)]
mod tests {
    use super::{Keyring, SecretKeys};

    const OLD: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    fn keyring(secrets: &[&str]) -> Keyring {
        Keyring::new(&SecretKeys::parse(&secrets.join(",")).unwrap())
    }

    #[test]
    fn while_secrets_change_what_the_old_one_made_counts() {
        let (before, during, after) = (keyring(&[OLD]), keyring(&[NEW, OLD]), keyring(&[NEW]));
        let tag = before.authentication("two").unwrap().tag(b"words").unwrap();
        assert!(during.authentication("two").unwrap().verify(b"words", tag.as_ref()));
        assert!(!during.authentication("two").unwrap().verify(b"word", tag.as_ref()));
        assert!(!after.authentication("two").unwrap().verify(b"words", tag.as_ref()));
        let new = during.authentication("two").unwrap().tag(b"words").unwrap();
        assert!(after.authentication("two").unwrap().verify(b"words", new.as_ref()));
    }
}
