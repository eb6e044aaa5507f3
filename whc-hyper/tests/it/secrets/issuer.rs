//! An issuer of tokens, and tokens as they come by mistake, by accident and by malice.

use std::time::UNIX_EPOCH;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rcgen::{KeyPair, PKCS_ED25519, SigningKey as _};
use serde_json::{Value, json};
use whc_core::{Clock as _, SystemClock};

/// Who signs with a key of Ed25519.
pub(super) struct Issuer(KeyPair);

/// A request that carries a token somewhere.
pub(super) struct Planted {
    /// What it is and where.
    pub(super) name: &'static str,
    pub(super) token: String,
    pub(super) headers: Vec<(&'static str, String)>,
    /// Of the address, where it is there.
    pub(super) query: String,
}

impl Issuer {
    pub(super) fn new() -> Self {
        Self(KeyPair::generate_for(&PKCS_ED25519).unwrap())
    }

    pub(super) fn public_key(&self) -> String {
        self.0.public_key_pem()
    }

    /// A token that counts, of this subject.
    pub(super) fn token(&self, subject: &str) -> String {
        self.signed(&json!({"alg": "EdDSA"}), &claims(subject))
    }

    fn signed(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = encode(self.0.sign(message.as_bytes()).unwrap());
        format!("{message}.{signature}")
    }

    /// Tokens in whichever state and place.
    pub(super) fn planted(&self) -> Vec<Planted> {
        self.presented().into_iter().chain(self.misplaced()).collect()
    }

    /// Where they belong, most of which do not count.
    fn presented(&self) -> Vec<Planted> {
        let header = json!({"alg": "EdDSA"});
        let with = |name: &'static str, claim: &str, value: Value| {
            let mut claims = claims(name);
            claims[claim] = value;
            bearer(name, &self.signed(&header, &claims))
        };
        let unusual = |name: &'static str, value: Value| bearer(name, &self.signed(&value, &claims(name)));
        let unsigned = [r#"{"alg":"none"}"#, &claims("unsigned").to_string()].map(encode).join(".");
        let cut = self.token("cut").rsplit_once('.').map(|(start, _)| start.to_owned()).unwrap();
        let two = ["first", "second"].map(|subject| self.token(subject));
        let both = two.each_ref().map(|token| ("authorization", format!("Bearer {token}")));
        vec![
            bearer("valid", &self.token("valid")),
            with("expired", "exp", json!(1_500_000_000)),
            with("not valid yet", "nbf", json!(4_000_000_000_u64)),
            with("of another scope", "scope", json!("sites:write")),
            with("for another case", "case_ids", json!([999])),
            with("too long", "more", json!("x".repeat(9 << 10))),
            unusual("of no key", json!({"alg": "EdDSA", "kid": "none-of-ours"})),
            unusual("critical", json!({"alg": "EdDSA", "crit": ["exp"]})),
            bearer("of another issuer", &Self::new().token("of another issuer")),
            bearer("unsigned", &format!("{unsigned}.")),
            bearer("cut", &cut),
            bearer("malformed", &format!("malformed.{}", encode("no token at all, but long"))),
            planted("first of two", &two[0], &both, ""),
            planted("second of two", &two[1], &both, ""),
            self.at("bare", "authorization", ""),
            self.at("basic", "authorization", "Basic "),
        ]
    }

    /// Where they do not belong.
    fn misplaced(&self) -> Vec<Planted> {
        let asked = |parameter: &'static str, before: &str| {
            let token = self.token(parameter);
            planted(parameter, &token, &[], &format!("{before}{parameter}={token}"))
        };
        vec![
            self.at("in a cookie", "cookie", "theme=dark; session="),
            self.at("in a header of its own", "x-auth-token", ""),
            self.at("for a proxy", "proxy-authorization", "Bearer "),
            self.at("as a key of a request", "idempotency-key", ""),
            self.at("as a tag", "if-match", "W/"),
            self.at("as the name of a request", "x-request-id", ""),
            self.at("in the address before", "referer", "https://desk.example/?token="),
            asked("access_token", ""),
            asked("Token", "lang=en&"),
        ]
    }

    fn at(&self, name: &'static str, place: &'static str, before: &str) -> Planted {
        let token = self.token(name);
        planted(name, &token, &[(place, format!("{before}{token}"))], "")
    }
}

fn bearer(name: &'static str, token: &str) -> Planted {
    planted(name, token, &[("authorization", format!("Bearer {token}"))], "")
}

/// The claims of somebody who may do everything for an hour.
fn claims(subject: &str) -> Value {
    let now = SystemClock.now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let scope = "contacts:read contacts:write contacts:erase audit:read";
    json!({"sub": subject, "iat": now, "exp": now + 3600, "scope": scope})
}

fn planted(name: &'static str, token: &str, headers: &[(&'static str, String)], query: &str) -> Planted {
    Planted { name, token: token.to_owned(), headers: headers.to_vec(), query: query.to_owned() }
}

impl Planted {
    /// The parts by which a text that has any of it is known.
    pub(super) fn marks(&self) -> impl Iterator<Item = &str> {
        // All begin with the same header.
        self.token.split('.').skip(1).filter(|part| part.len() > 20)
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
