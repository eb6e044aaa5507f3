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
        key: Box<EcdsaKeyPair>,
        header: Value,
        claims: Value,
    },
}

impl SecretSource {
    pub(super) fn open(provider: &ProviderConfig) -> Result<Self> {
        match &provider.secret {
            ClientSecret::Shared(secret) => Ok(Self::Shared(secret.clone())),
            ClientSecret::Apple { team_id, key_id, private_key } => Ok(Self::Signed {
                key: Box::new(key_pair(private_key).map_err(|error| error.within("APPLE_PRIVATE_KEY"))?),
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use ring::rand::SystemRandom;
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey,
    };
    use serde_json::{Value, json};

    use super::SecretSource;
    use crate::config::{ClientSecret, ProviderConfig, Secret};

    fn apple(private_key: &str) -> ProviderConfig {
        let secret = ClientSecret::Apple {
            team_id: "team".to_owned(),
            key_id: "key".to_owned(),
            private_key: Secret::new(private_key),
        };
        ProviderConfig::new("apple", "https://appleid.apple.com", "example.web", secret)
    }

    #[test]
    fn apple_gets_a_token_that_its_key_signed() {
        let der =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &SystemRandom::new());
        let text = base64::prelude::BASE64_STANDARD.encode(&der);
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
        let source = SecretSource::open(&apple(&pem)).unwrap();
        let secret = source.secret(UNIX_EPOCH + Duration::from_secs(1000)).unwrap();
        let (message, signature) = secret.rsplit_once('.').unwrap();
        let public = key.unwrap().public_key().as_ref().to_vec();
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verified = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public);
        assert!(verified.verify(message.as_bytes(), &signature).is_ok());
        let parts: Vec<Value> = message
            .split('.')
            .map(|part| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
            .collect();
        let claims = json!({
            "iss": "team", "sub": "example.web", "aud": "https://appleid.apple.com", "iat": 1000, "exp": 1300
        });
        assert_eq!(parts, [json!({"alg": "ES256", "kid": "key", "typ": "JWT"}), claims]);
    }

    #[test]
    fn what_is_no_key_says_so_without_showing_it() {
        for wrong in ["s3cret", "-----BEGIN PRIVATE KEY-----\nczNjcmV0\n-----END PRIVATE KEY-----\n"] {
            let error = SecretSource::open(&apple(wrong)).unwrap_err().to_string();
            assert!(error.starts_with("APPLE_PRIVATE_KEY: this is no private key on P-256"), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
