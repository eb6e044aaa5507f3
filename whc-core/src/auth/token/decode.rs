//! The three parts of a token.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use enumset::EnumSet;
use serde_json::{Map, Value};

use super::header::{Header, TokenType};
use super::json;
use crate::auth::Unauthenticated;
use crate::config::SignatureAlgorithm;

/// A token in the compact serialization of RFC 7515.
pub(super) struct SignedToken<'a> {
    signed: &'a str,
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
}

impl<'a> SignedToken<'a> {
    pub(super) fn split(token: &'a str) -> Result<Self, Unauthenticated> {
        let parts = || {
            let (signed, signature) = token.rsplit_once('.')?;
            let (header, claims) = signed.split_once('.').filter(|(_, claims)| !claims.contains('.'))?;
            Some(Self { signed, header, claims, signature })
        };
        parts().ok_or_else(|| Unauthenticated::invalid_token("the token does not have three parts"))
    }

    /// What the signature is about.
    pub(super) fn signed_bytes(&self) -> &'a [u8] {
        self.signed.as_bytes()
    }

    pub(super) fn header(
        &self,
        algorithms: EnumSet<SignatureAlgorithm>,
        kind: TokenType,
    ) -> Result<Header, Unauthenticated> {
        let object = object(self.header).ok_or_else(|| {
            Unauthenticated::invalid_token("the header of the token is no JSON object with each name once")
        })?;
        Header::read(&object, algorithms, kind)
    }

    /// What the token says. Nothing in it counts before the signature was verified.
    pub(super) fn claims(&self) -> Result<Map<String, Value>, Unauthenticated> {
        object(self.claims).ok_or_else(|| {
            Unauthenticated::invalid_token("the claims of the token are no JSON object with each name once")
        })
    }

    pub(super) fn signature(&self) -> Result<Vec<u8>, Unauthenticated> {
        bytes(self.signature).ok_or_else(|| Unauthenticated::invalid_token("the signature is not base64url"))
    }
}

fn object(text: &str) -> Option<Map<String, Value>> {
    json::object(&bytes(text)?)
}

/// Only the one spelling of these bytes: without padding, and with nothing in the bits left over.
fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}
