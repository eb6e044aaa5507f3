//! Public keys and the signatures they verify, with `ring`.
//!
//! Not through the `CryptoProvider` of `jsonwebtoken`: that is one for the whole process, which is for the embedding program
//! to choose, and without one it panics.

use enumset::{EnumSet, enum_set};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};

use crate::config::SignatureAlgorithm;
use crate::error::{Error, Result};

/// A key that verifies signatures.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum PublicKey {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// A point on P-256, uncompressed.
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

impl PublicKey {
    /// An RSA key, of a length that is neither weak nor costly to verify with.
    pub(super) fn rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self> {
        let (modulus, exponent) = (without_zeros(modulus), without_zeros(exponent));
        let unused = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        let bits = modulus.len() * 8 - unused;
        if !(2048..=8192).contains(&bits) {
            return Err(Error::invalid(format!("an RSA key has 2048 to 8192 bits, not {bits}")));
        }
        Ok(Self::Rsa { modulus: modulus.to_vec(), exponent: exponent.to_vec() })
    }

    /// A point on P-256.
    pub(super) fn p256(point: &[u8]) -> Result<Self> {
        match point {
            [4, coordinates @ ..] if coordinates.len() == 64 => Ok(Self::P256(point.to_vec())),
            _ => Err(Error::invalid("a key on an elliptic curve is an uncompressed point on P-256")),
        }
    }

    /// A key of Ed25519.
    pub(super) fn ed25519(key: &[u8]) -> Result<Self> {
        if key.len() == 32 {
            Ok(Self::Ed25519(key.to_vec()))
        } else {
            Err(Error::invalid("an Edwards key is one of Ed25519, of 32 bytes"))
        }
    }

    /// The algorithms such a key can be used with. A key for one family is never one for another, so that nobody passes
    /// a public key off as a shared secret.
    pub(super) fn algorithms(&self) -> EnumSet<SignatureAlgorithm> {
        match self {
            Self::Rsa { .. } => enum_set!(SignatureAlgorithm::Rs256 | SignatureAlgorithm::Ps256),
            Self::P256(_) => enum_set!(SignatureAlgorithm::Es256),
            Self::Ed25519(_) => enum_set!(SignatureAlgorithm::EdDsa),
        }
    }

    /// Whether the signature is one of this key. Never with an algorithm of another family.
    pub(super) fn verifies(&self, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let verified = match (self, algorithm) {
            (Self::Rsa { modulus, exponent }, SignatureAlgorithm::Rs256) => {
                rsa(&RSA_PKCS1_2048_8192_SHA256, modulus, exponent, message, signature)
            }
            (Self::Rsa { modulus, exponent }, SignatureAlgorithm::Ps256) => {
                rsa(&RSA_PSS_2048_8192_SHA256, modulus, exponent, message, signature)
            }
            (Self::P256(point), SignatureAlgorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (Self::Ed25519(key), SignatureAlgorithm::EdDsa) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature)
            }
            _ => return false,
        };
        verified.is_ok()
    }
}

/// `ring` takes no zeros in front of a number, some issuers write them.
fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

fn rsa(
    parameters: &'static RsaParameters,
    modulus: &[u8],
    exponent: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), ring::error::Unspecified> {
    RsaPublicKeyComponents { n: modulus, e: exponent }.verify(parameters, message, signature)
}
