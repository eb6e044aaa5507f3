//! Settings of tokens: what is read, and how a wrong one is told.

use whc_core::auth::{Scope, TokenAuthenticator};
use whc_core::config::{AuthConfig, KeySource, SignatureAlgorithm};

use super::issuer::{Issuer, fixture};
use super::{clock, config};

#[test]
fn nothing_is_required() {
    assert_eq!(config(&[]).unwrap(), AuthConfig::default());
    assert!(!AuthConfig::default().has_keys());
}

#[test]
fn settings_are_read() {
    let config = config(&[
        ("AUTH_KEYS", "/keys/a.pem, b.pem"),
        ("AUTH_JWKS_URL", " https://login.example/jwks.json "),
        ("AUTH_ISSUER", "https://login.example"),
        ("AUTH_AUDIENCE", "whc"),
        ("AUTH_ALGORITHMS", "ES256,EdDSA"),
        ("AUTH_DEFAULT_SCOPES", "contacts:read"),
    ])
    .unwrap();
    assert_eq!(config.keys, [KeySource::File("/keys/a.pem".into()), KeySource::File("b.pem".into())]);
    assert_eq!(config.jwks_url.as_ref().unwrap().uri().to_string(), "https://login.example/jwks.json");
    assert_eq!(config.algorithms, SignatureAlgorithm::Es256 | SignatureAlgorithm::EdDsa);
    assert!(config.default_scopes.contains(Scope::ContactsRead) && config.has_keys());
}

#[test]
fn a_wrong_setting_names_the_variable_and_the_way_out() {
    let url = ("AUTH_JWKS_URL", "https://login.example/jwks.json");
    for (set, expected) in [
        (vec![url], "AUTH_JWKS_URL needs AUTH_ISSUER too"),
        (vec![url, ("AUTH_ISSUER", "a")], "AUTH_JWKS_URL needs AUTH_AUDIENCE too"),
        (
            vec![("AUTH_JWKS_URL", "http://login.example/")],
            "AUTH_JWKS_URL: what is fetched is at a URL like https:",
        ),
        (vec![("AUTH_JWKS_URL", "http://127.0.0.1.example/")], "http is for addresses of this machine only"),
        (vec![("AUTH_JWKS_URL", "https://user@login.example/")], "it has a host and no user"),
        (vec![("AUTH_JWKS_URL", "file:///etc/passwd")], "what is fetched is at a URL like https:"),
        (vec![("AUTH_JWKS_URL", "/jwks.json")], "not \"/jwks.json\""),
        (vec![("AUTH_ISSUER", "a")], "AUTH_ISSUER is set, but neither AUTH_KEYS nor AUTH_JWKS_URL"),
        (vec![("AUTH_AUDIENCE", "a")], "AUTH_AUDIENCE is set, but neither AUTH_KEYS nor AUTH_JWKS_URL"),
        (vec![("AUTH_DEFAULT_SCOPES", "audit:read")], "AUTH_DEFAULT_SCOPES is set, but neither"),
        (vec![("AUTH_KEYS", "a.pem,,b.pem")], "AUTH_KEYS: an entry is empty"),
        (
            vec![("AUTH_ALGORITHMS", "HS256")],
            "AUTH_ALGORITHMS: a signature is RS256, PS256, ES256 or EdDSA, not \"HS256\"",
        ),
        (vec![("AUTH_ALGORITHMS", "none")], "not \"none\""),
        (vec![("AUTH_ALGORITHMS", ",")], "AUTH_ALGORITHMS: no algorithm is named"),
        (
            vec![("AUTH_KEYS", "a"), ("AUTH_DEFAULT_SCOPES", "contacts:delete")],
            "AUTH_DEFAULT_SCOPES: a scope is one of contacts:read",
        ),
    ] {
        let message = config(&set).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    for host in ["127.0.0.1:8080", "[::1]", "localhost"] {
        let address = format!("http://{host}/jwks.json");
        let set = [("AUTH_JWKS_URL", &*address), ("AUTH_ISSUER", "a"), ("AUTH_AUDIENCE", "b")];
        assert!(config(&set).is_ok(), "{host}");
    }
}

#[test]
fn a_wrong_key_says_how_to_get_the_right_one() {
    let issuer = Issuer::new();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let first = std::fs::read_to_string(issuer.file("first.pem")).unwrap();
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap().public_key_pem();
    let own = issuer.file("first.pem").display().to_string();
    let path = |name: &str| fixture(name).display().to_string();
    for (keys, algorithms, expected) in [
        (path("absent.pem"), "", "absent.pem cannot be read"),
        (
            path("first.pem"),
            "",
            "this is a private key, which only the issuer should have; `openssl pkey -in FILE -pubout`",
        ),
        (path("short.pem"), "", "an RSA key has 2048 to 8192 bits, not 1024"),
        (file("p384.pem", &p384), "", "a key on an elliptic curve is an uncompressed point on P-256"),
        (file("two.pem", &format!("{first}{first}")), "", "there are several keys; one file has one"),
        (file("text.pem", "hello"), "", "begins with -----BEGIN PUBLIC KEY-----"),
        (file("cert.pem", "-----BEGIN CERTIFICATE-----\n"), "", "openssl x509 -in FILE -pubkey -noout"),
        (file("cut.pem", &first[..200]), "", "the key is none of RSA, P-256 or Ed25519"),
        (format!("{own},{}", file("first.pem", &first)), "", "two files are named first"),
        (own.clone(), "ES256", "the key is for RS256, PS256, which AUTH_ALGORITHMS leaves out"),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIEvg\n".to_owned(),
            "",
            "AUTH_KEYS: the key in it: this is a private key",
        ),
    ] {
        let config = config(&[("AUTH_KEYS", &keys), ("AUTH_ALGORITHMS", algorithms)]).unwrap();
        let message = TokenAuthenticator::new(&config, clock()).unwrap_err().to_string();
        assert!(message.starts_with("AUTH_KEYS: ") && message.contains(expected), "{message}");
    }
}

/// Somebody may have put the private one there.
#[test]
fn keys_in_settings_do_not_show() {
    let config =
        config(&[("AUTH_KEYS", "-----BEGIN PRIVATE KEY-----\nMIIEvg\n-----END PRIVATE KEY-----")]).unwrap();
    assert!(!format!("{config:?}").contains("MIIEvg"), "{config:?}");
}
