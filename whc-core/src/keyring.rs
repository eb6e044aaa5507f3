//! Keys for one purpose each, derived from the secrets of the configuration.

use std::fmt;

#[cfg(feature = "oidc")]
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Okm, Prk, Salt};
use ring::hmac::{self, HMAC_SHA256};

use crate::config::SecretKeys;
use crate::error::{Error, Result};
#[cfg(feature = "oidc")]
use crate::random;

/// What keys are derived from (HKDF, RFC 5869). Each purpose has keys of its own, so that what was made for one means nothing
/// to another.
pub(crate) struct Keyring(Vec<Prk>);

impl Keyring {
    /// From these secrets: the first makes what is new, all read what is there.
    pub(crate) fn new(keys: &SecretKeys) -> Self {
        Self(keys.secrets().iter().map(|secret| extracted(secret.reveal().as_bytes())).collect())
    }

    /// From a secret that ends with this process.
    ///
    /// # Errors
    /// The system has no random numbers.
    #[cfg(feature = "oidc")]
    pub(crate) fn random() -> Result<Self> {
        Ok(Self(vec![extracted(&random::bytes::<32>()?)]))
    }

    /// Keys that say of bytes that they were written here.
    ///
    /// # Errors
    /// None can be derived, which is a fault.
    pub(crate) fn authentication(&self, purpose: &str) -> Result<AuthenticationKeys> {
        let keys = self.derived(purpose, HMAC_SHA256, |okm| hmac::Key::from(okm))?;
        Ok(AuthenticationKeys(keys))
    }

    /// Keys that hide bytes, and say that they were written here.
    ///
    /// # Errors
    /// As [`authentication`](Self::authentication).
    #[cfg(feature = "oidc")]
    pub(crate) fn sealing(&self, purpose: &str) -> Result<SealingKeys> {
        let keys =
            self.derived(purpose, &CHACHA20_POLY1305, |okm| LessSafeKey::new(UnboundKey::from(okm)))?;
        Ok(SealingKeys(keys))
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

/// ChaCha20-Poly1305 with random nonces.
#[cfg(feature = "oidc")]
pub(crate) struct SealingKeys(Vec<LessSafeKey>);

#[cfg(feature = "oidc")]
impl SealingKeys {
    /// The bytes sealed: the nonce, and what the key makes of them. They are opened in the same `context` only.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub(crate) fn seal(&self, context: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let failed = |error| Error::internal("nothing can be sealed").with_source(error);
        let key = self.0.first().ok_or_else(|| Error::internal("there is no key to seal with"))?;
        let nonce = random::bytes::<NONCE_LEN>()?;
        let mut sealed = bytes.to_vec();
        let aad = Aad::from(context.as_bytes());
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .map_err(failed)?;
        Ok([&nonce, &*sealed].concat())
    }

    /// What was sealed; `None` where it was not sealed here, or in another context.
    pub(crate) fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        self.0.iter().find_map(|key| {
            let (nonce, mut bytes) = (Nonce::assume_unique_for_key(*nonce), sealed.to_vec());
            let opened = key.open_in_place(nonce, Aad::from(context.as_bytes()), &mut bytes).ok()?;
            Some(opened.to_vec())
        })
    }
}

#[cfg(feature = "oidc")]
impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKeys(…)")
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

    #[cfg(feature = "oidc")]
    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_context_only() {
        let keys = keyring(&[OLD]).sealing("one").unwrap();
        let sealed = keys.seal("here", b"words").unwrap();
        assert_eq!(keys.open("here", &sealed).unwrap(), b"words");
        assert_eq!(keys.open("there", &sealed), None);
        assert_eq!(keyring(&[OLD]).sealing("other").unwrap().open("here", &sealed), None);
        assert_eq!(keyring(&[NEW]).sealing("one").unwrap().open("here", &sealed), None);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(keys.open("here", &damaged), None, "{at}");
            assert_eq!(keys.open("here", &sealed[..at]), None, "{at}");
        }
        assert_ne!(keys.seal("here", b"words").unwrap(), sealed);
    }

    #[test]
    fn while_secrets_change_what_the_old_one_made_counts() {
        let (before, during, after) = (keyring(&[OLD]), keyring(&[NEW, OLD]), keyring(&[NEW]));
        #[cfg(feature = "oidc")]
        {
            let sealed = before.sealing("one").unwrap().seal("here", b"words").unwrap();
            assert!(during.sealing("one").unwrap().open("here", &sealed).is_some());
            assert!(after.sealing("one").unwrap().open("here", &sealed).is_none());
        }
        let tag = before.authentication("two").unwrap().tag(b"words").unwrap();
        assert!(during.authentication("two").unwrap().verify(b"words", tag.as_ref()));
        assert!(!during.authentication("two").unwrap().verify(b"word", tag.as_ref()));
        assert!(!after.authentication("two").unwrap().verify(b"words", tag.as_ref()));
        let new = during.authentication("two").unwrap().tag(b"words").unwrap();
        assert!(after.authentication("two").unwrap().verify(b"words", new.as_ref()));
    }
}
