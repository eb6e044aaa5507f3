//! The algorithms of signatures that count.

use std::fmt;
use std::str::FromStr;

use enumset::{EnumSet, EnumSetType};

use crate::error::{Error, Result};

/// An algorithm of RFC 7518 or RFC 8037 that signs with a private key. Those with shared secrets are none: who can check
/// such a signature can make one.
#[derive(Debug, EnumSetType)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl SignatureAlgorithm {
    /// Its name in tokens and settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SignatureAlgorithm {
    type Err = Error;

    /// In exactly these letters, as the standard wants it.
    fn from_str(text: &str) -> Result<Self> {
        EnumSet::<Self>::all().iter().find(|algorithm| algorithm.as_str() == text).ok_or_else(|| {
            Error::invalid(format!(
                "a signature is RS256, PS256, ES256 or EdDSA, not \"{}\"",
                text.escape_debug()
            ))
        })
    }
}
