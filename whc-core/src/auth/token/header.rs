//! The header of a token, one function for each rule.
//!
//! `jku`, `x5u`, `x5c` and `jwk` are never looked at: a token must not bring the key that verifies it.

use enumset::EnumSet;
use serde_json::{Map, Value};

use crate::auth::Unauthenticated;
use crate::config::SignatureAlgorithm;

/// What a header says about the signature.
pub(super) struct Header {
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) kid: Option<String>,
}

/// What a token is for: one for something else never passes for it (RFC 8725, 3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenType {
    /// Access (RFC 9068).
    Access,
    /// Telling a client who somebody is.
    #[cfg(feature = "oidc")]
    Id,
    /// Telling a client that somebody has logged out.
    #[cfg(feature = "oidc")]
    Logout,
}

impl TokenType {
    /// What `typ` may be where it is set.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Access => &["jwt", "at+jwt"],
            #[cfg(feature = "oidc")]
            Self::Id => &["jwt", "id+jwt"],
            #[cfg(feature = "oidc")]
            Self::Logout => &["jwt", "logout+jwt"],
        }
    }

    fn refusal(self) -> &'static str {
        match self {
            Self::Access => "typ is neither JWT nor at+jwt",
            #[cfg(feature = "oidc")]
            Self::Id => "typ is not that of a token about who somebody is",
            #[cfg(feature = "oidc")]
            Self::Logout => "typ is neither JWT nor logout+jwt",
        }
    }
}

type Object = Map<String, Value>;

impl Header {
    pub(super) fn read(
        object: &Object,
        algorithms: EnumSet<SignatureAlgorithm>,
        kind: TokenType,
    ) -> Result<Self, Unauthenticated> {
        expect_no_extension(object)?;
        expect_type(object, kind)?;
        Ok(Self { algorithm: algorithm(object, algorithms)?, kid: kid(object)? })
    }
}

fn algorithm(
    object: &Object,
    allowed: EnumSet<SignatureAlgorithm>,
) -> Result<SignatureAlgorithm, Unauthenticated> {
    let named = object.get("alg").and_then(Value::as_str).and_then(|name| name.parse().ok());
    named
        .filter(|algorithm| allowed.contains(*algorithm))
        .ok_or_else(|| Unauthenticated::invalid_token("alg is none of the algorithms that count here"))
}

fn kid(object: &Object) -> Result<Option<String>, Unauthenticated> {
    match object.get("kid") {
        None => Ok(None),
        Some(Value::String(kid)) => Ok(Some(kid.clone())),
        Some(_) => Err(Unauthenticated::invalid_token("kid is no string")),
    }
}

fn expect_type(object: &Object, kind: TokenType) -> Result<(), Unauthenticated> {
    let Some(value) = object.get("typ") else { return Ok(()) };
    let name = value.as_str().unwrap_or_default();
    // RFC 7515: `application/` may be left out, and the case of letters does not count.
    let name = match name.split_at_checked("application/".len()) {
        Some((prefix, name)) if prefix.eq_ignore_ascii_case("application/") => name,
        _ => name,
    };
    if kind.names().iter().any(|allowed| name.eq_ignore_ascii_case(allowed)) {
        Ok(())
    } else {
        Err(Unauthenticated::invalid_token(kind.refusal()))
    }
}

/// Who names extensions in `crit` wants a token refused by everybody who does not know them, and none is known here.
fn expect_no_extension(object: &Object) -> Result<(), Unauthenticated> {
    if object.contains_key("crit") {
        return Err(Unauthenticated::invalid_token("crit names an extension that is not known here"));
    }
    Ok(())
}
