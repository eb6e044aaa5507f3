//! Public keys in PEM, from files or settings.

use enumset::EnumSet;
use jsonwebtoken::{DecodingKey, DecodingKeyKind};

use super::key::Key;
use super::signature::PublicKey;
use crate::config::{KeySource, SignatureAlgorithm, text_file};
use crate::error::{Error, Result};

/// Reads a key, of which only these signatures count.
pub(super) fn open(source: &KeySource, allowed: EnumSet<SignatureAlgorithm>) -> Result<Key> {
    match source {
        KeySource::File(path) => {
            let text = text_file::read(path)?;
            let kid = path.file_stem().and_then(|stem| stem.to_str());
            key(kid, &text, allowed).map_err(|error| error.within(path.display()))
        }
        KeySource::Pem(text) => key(None, text, allowed).map_err(|error| error.within("the key in it")),
    }
}

fn key(kid: Option<&str>, text: &str, allowed: EnumSet<SignatureAlgorithm>) -> Result<Key> {
    let public = public_key(text)?;
    let algorithms = public.algorithms() & allowed;
    if algorithms.is_empty() {
        let own = public.algorithms().iter().map(SignatureAlgorithm::as_str).collect::<Vec<_>>().join(", ");
        return Err(Error::invalid(format!("the key is for {own}, which AUTH_ALGORITHMS leaves out")));
    }
    Ok(Key { kid: kid.map(str::to_owned), algorithms, public })
}

fn public_key(text: &str) -> Result<PublicKey> {
    expect_one_public_key(text)?;
    if let Ok(key) = DecodingKey::from_rsa_pem(text.as_bytes()) {
        let (modulus, exponent) = rsa_components(bytes(&key)).ok_or_else(unreadable)?;
        return PublicKey::rsa(modulus, exponent);
    }
    if let Ok(key) = DecodingKey::from_ec_pem(text.as_bytes()) {
        return PublicKey::p256(bytes(&key));
    }
    let key = DecodingKey::from_ed_pem(text.as_bytes());
    PublicKey::ed25519(bytes(&key.map_err(|error| unreadable().with_source(error))?))
}

fn unreadable() -> Error {
    Error::invalid("the key is none of RSA, P-256 or Ed25519")
}

/// Says how to get the right file out of one that is near it.
fn expect_one_public_key(text: &str) -> Result<()> {
    let mut labels = text.lines().filter_map(|line| line.trim().strip_prefix("-----BEGIN "));
    let label = labels.next().unwrap_or_default().trim_end_matches('-');
    let wrong = match label {
        _ if labels.next().is_some() => "there are several keys; one file has one",
        "PUBLIC KEY" | "RSA PUBLIC KEY" => return Ok(()),
        "CERTIFICATE" => {
            "this is a certificate; its key is what `openssl x509 -in FILE -pubkey -noout` prints"
        }
        label if label.ends_with("PRIVATE KEY") => {
            "this is a private key, which only the issuer should have; `openssl pkey -in FILE -pubout` prints the public one"
        }
        _ => "this is no public key in PEM, which begins with -----BEGIN PUBLIC KEY-----",
    };
    Err(Error::invalid(wrong))
}

fn bytes(key: &DecodingKey) -> &[u8] {
    match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) => bytes,
        DecodingKeyKind::RsaModulusExponent { n, .. } => n,
    }
}

/// Modulus and exponent of an `RSAPublicKey` of PKCS #1: two numbers in a sequence.
fn rsa_components(der: &[u8]) -> Option<(&[u8], &[u8])> {
    const SEQUENCE: u8 = 0x30;
    const INTEGER: u8 = 0x02;
    let (numbers, _) = element(SEQUENCE, der)?;
    let (modulus, rest) = element(INTEGER, numbers)?;
    let (exponent, _) = element(INTEGER, rest)?;
    Some((modulus, exponent))
}

/// The content of the element at the start of DER, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.strip_prefix(&[tag])?.split_first()?;
    // Over 127, the low bits tell how many bytes the length has.
    let (length, rest) = match usize::from(first) {
        short @ 0..=0x7f => (short, rest),
        long => {
            let (length, rest) =
                rest.split_at_checked(long & 0x7f).filter(|(length, _)| length.len() <= 2)?;
            (length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
    };
    rest.split_at_checked(length)
}
