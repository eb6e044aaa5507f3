//! An issuer of tokens: key pairs, and signatures over any header and any claims.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ED25519};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaKeyPair,
};
use ring::{hmac, rsa};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

const FIRST: &str = include_str!("keys/first.pem");
const SECOND: &str = include_str!("keys/second.pem");

/// How a token is signed.
#[derive(Clone, Copy)]
pub(crate) enum Signed {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
    /// With RS256, by another key pair.
    BySecond,
    /// With a shared secret that is the public key of `Rs256`.
    Hs256OfPublicKey,
    /// With an empty signature.
    Not,
}

/// Two RSA keys, one on P-256, one of Ed25519.
pub(crate) struct Issuer {
    first: RsaKeyPair,
    second: RsaKeyPair,
    curve: EcdsaKeyPair,
    edwards: Ed25519KeyPair,
    folder: TempDir,
}

impl Issuer {
    pub(crate) fn new() -> Self {
        let curve = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let edwards = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
        write("first.pem", rsa_pem(&rsa_key(FIRST)));
        write("second.pem", rsa_pem(&rsa_key(SECOND)));
        write("curve.pem", curve.public_key_pem());
        write("edwards.pem", edwards.public_key_pem());
        Self {
            first: rsa_key(FIRST),
            second: rsa_key(SECOND),
            curve: EcdsaKeyPair::from_pkcs8(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                &curve.serialize_der(),
                &SystemRandom::new(),
            )
            .unwrap(),
            edwards: Ed25519KeyPair::from_pkcs8_maybe_unchecked(&edwards.serialize_der()).unwrap(),
            folder,
        }
    }

    /// The file of a public key.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A token with exactly this header and these claims.
    pub(crate) fn token(&self, signed: Signed, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = self.sign(signed, message.as_bytes());
        format!("{message}.{}", encode(signature))
    }

    fn sign(&self, signed: Signed, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let rsa = |key: &RsaKeyPair, padding| {
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(padding, &random, message, &mut signature).unwrap();
            signature
        };
        match signed {
            Signed::Rs256 => rsa(&self.first, &RSA_PKCS1_SHA256),
            Signed::Ps256 => rsa(&self.first, &RSA_PSS_SHA256),
            Signed::BySecond => rsa(&self.second, &RSA_PKCS1_SHA256),
            Signed::Es256 => self.curve.sign(&random, message).unwrap().as_ref().to_vec(),
            Signed::EdDsa => self.edwards.sign(message).as_ref().to_vec(),
            Signed::Hs256OfPublicKey => {
                let secret = std::fs::read(self.file("first.pem")).unwrap();
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message).as_ref().to_vec()
            }
            Signed::Not => Vec::new(),
        }
    }

    /// The first RSA key as a JSON Web Key.
    pub(crate) fn first_jwk(&self, kid: &str) -> Value {
        rsa_jwk(&self.first, kid)
    }

    /// The second RSA key as a JSON Web Key.
    pub(crate) fn second_jwk(&self, kid: &str) -> Value {
        rsa_jwk(&self.second, kid)
    }

    /// The other keys as JSON Web Keys.
    pub(crate) fn other_jwks(&self) -> [Value; 2] {
        let point = self.curve.public_key().as_ref();
        let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
        [
            json!({"kty": "EC", "crv": "P-256", "kid": "curve", "x": x, "y": y}),
            json!({"kty": "OKP", "crv": "Ed25519", "kid": "edwards", "x": encode(self.edwards.public_key())}),
        ]
    }
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A file of this folder as it is in the repository.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tokens/keys").join(name)
}

fn rsa_key(pem: &str) -> RsaKeyPair {
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).unwrap();
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap()
}

/// As `openssl rsa -RSAPublicKey_out` writes it.
fn rsa_pem(key: &RsaKeyPair) -> String {
    let der = base64::prelude::BASE64_STANDARD.encode(key.public().as_ref());
    let lines: Vec<&str> = der.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN RSA PUBLIC KEY-----\n{}\n-----END RSA PUBLIC KEY-----\n", lines.join("\n"))
}

fn rsa_jwk(key: &RsaKeyPair, kid: &str) -> Value {
    let public: rsa::PublicKeyComponents<Vec<u8>> = PublicKeyComponents::from(key.public());
    json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": encode(public.n), "e": encode(public.e)})
}
