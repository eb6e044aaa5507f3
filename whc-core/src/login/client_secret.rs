//! How this service proves to a provider that it is its client.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use crate::config::{ClientSecret, ProviderConfig, Secret};
use crate::error::{Error, Result};

/// How long a token that is a secret counts.
const LIFETIME: Duration = Duration::from_mins(5);

/// Makes the secret for a request.
pub(super) enum SecretSource {
    Shared(Secret),
    /// A token that Apple takes for a secret.
    Signed {
        key: EcdsaKeyPair,
        header: Value,
        claims: Value,
    },
}

impl SecretSource {
    pub(super) fn open(provider: &ProviderConfig) -> Result<Self> {
        match &provider.secret {
            ClientSecret::Shared(secret) => Ok(Self::Shared(secret.clone())),
            ClientSecret::Apple { team_id, key_id, private_key } => Ok(Self::Signed {
                key: key_pair(private_key).map_err(|error| error.within("APPLE_PRIVATE_KEY"))?,
                header: json!({"alg": "ES256", "kid": key_id, "typ": "JWT"}),
                claims: json!({"iss": team_id, "sub": provider.client_id, "aud": provider.issuer}),
            }),
        }
    }

    pub(super) fn secret(&self, now: SystemTime) -> Result<String> {
        match self {
            Self::Shared(secret) => Ok(secret.reveal().to_owned()),
            Self::Signed { key, header, claims } => signed(key, header, claims.clone(), now),
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretSource(…)")
    }
}

fn key_pair(pem: &Secret) -> Result<EcdsaKeyPair> {
    let unreadable =
        || Error::invalid("this is no private key on P-256 in PEM, as Apple gives out (AuthKey_….p8)");
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.reveal().as_bytes()).map_err(|_| unreadable())?;
    let key = EcdsaKeyPair::from_pkcs8(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        der.secret_pkcs8_der(),
        &SystemRandom::new(),
    );
    key.map_err(|_| unreadable())
}

/// A token in the compact serialization of RFC 7515.
fn signed(key: &EcdsaKeyPair, header: &Value, mut claims: Value, now: SystemTime) -> Result<String> {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    claims["iat"] = now.as_secs().into();
    claims["exp"] = (now + LIFETIME).as_secs().into();
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let message = [part(header), part(&claims)].join(".");
    let signature = key
        .sign(&SystemRandom::new(), message.as_bytes())
        .map_err(|error| Error::internal("a token cannot be signed").with_source(error))?;
    Ok([message, BASE64_URL_SAFE_NO_PAD.encode(signature)].join("."))
}
