//! JSON Web Keys (RFC 7517): which of a set count here.

use std::sync::Arc;

use enumset::EnumSet;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{DecodingKey, DecodingKeyKind};
use serde::Deserialize;
use serde_json::Value;

use super::key::{Key, KeySet};
use super::signature::PublicKey;
use crate::config::SignatureAlgorithm;
use crate::error::{Error, Result};

/// An issuer has two or three; every one without an id costs a verification for each token.
const MAX_KEYS: usize = 32;

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

/// The keys of a set that verify signatures which count. Others, and those that cannot be read, are left out: an issuer
/// may have keys for encryption, or of a kind yet to be invented.
pub(super) fn read_set(text: &[u8], allowed: EnumSet<SignatureAlgorithm>) -> Result<KeySet> {
    let set: Published = serde_json::from_slice(text)
        .map_err(|error| Error::invalid("the answer is no JWK set").with_source(error))?;
    if set.keys.len() > MAX_KEYS {
        return Err(Error::invalid(format!("the set has {} keys, over {MAX_KEYS}", set.keys.len())));
    }
    Ok(set.keys.into_iter().filter_map(|key| read(key, allowed)).map(Arc::new).collect())
}

fn read(key: Value, allowed: EnumSet<SignatureAlgorithm>) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(key).ok().filter(is_for_signatures)?;
    let public = public_key(&jwk)?;
    let named = jwk.common.key_algorithm.map_or(EnumSet::all(), signature_algorithm);
    let algorithms = public.algorithms() & named & allowed;
    (!algorithms.is_empty()).then_some(Key { kid: jwk.common.key_id, algorithms, public })
}

fn is_for_signatures(jwk: &Jwk) -> bool {
    let usage = jwk.common.public_key_use.as_ref();
    let operations = jwk.common.key_operations.as_ref();
    usage.is_none_or(|usage| *usage == PublicKeyUse::Signature)
        && operations.is_none_or(|operations| operations.contains(&KeyOperations::Verify))
}

fn signature_algorithm(algorithm: KeyAlgorithm) -> EnumSet<SignatureAlgorithm> {
    match algorithm {
        KeyAlgorithm::RS256 => SignatureAlgorithm::Rs256.into(),
        KeyAlgorithm::PS256 => SignatureAlgorithm::Ps256.into(),
        KeyAlgorithm::ES256 => SignatureAlgorithm::Es256.into(),
        KeyAlgorithm::EdDSA => SignatureAlgorithm::EdDsa.into(),
        _ => EnumSet::empty(),
    }
}

fn public_key(jwk: &Jwk) -> Option<PublicKey> {
    let key = DecodingKey::from_jwk(jwk).ok()?;
    let public = match (&jwk.algorithm, key.kind()) {
        (AlgorithmParameters::RSA(_), DecodingKeyKind::RsaModulusExponent { n, e }) => PublicKey::rsa(n, e),
        (AlgorithmParameters::EllipticCurve(key), DecodingKeyKind::SecretOrDer(point))
            if key.curve == EllipticCurve::P256 =>
        {
            PublicKey::p256(point)
        }
        (AlgorithmParameters::OctetKeyPair(key), DecodingKeyKind::SecretOrDer(bytes))
            if key.curve == EllipticCurve::Ed25519 =>
        {
            PublicKey::ed25519(bytes)
        }
        _ => return None,
    };
    public.ok()
}
