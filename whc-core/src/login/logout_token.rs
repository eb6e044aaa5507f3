//! Tokens by which a provider says that somebody has logged out (`OpenID` Connect Back-Channel Logout, 2.4 to 2.6).

use serde_json::{Map, Value};

use super::failure::Failure;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Who has logged out.
#[derive(Debug)]
pub(super) struct Logout {
    /// What the token is called (`jti`).
    pub(super) id: String,
    /// When it is of no use any more, in seconds since 1970.
    pub(super) expires: u64,
    pub(super) whose: Whose,
}

#[derive(Debug)]
pub(super) enum Whose {
    /// Of this session of the provider.
    Session(String),
    /// Of this account.
    Account(String),
}

pub(super) fn read(claims: &Map<String, Value>) -> Result<Logout, Failure> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let is_event = claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object);
    if !is_event {
        return Err(Failure::refused("events does not say that somebody logged out"));
    }
    // A token with a nonce says who somebody is: it must not pass for this one.
    if claims.contains_key("nonce") {
        return Err(Failure::refused("a token about a logout has no nonce"));
    }
    let session = text("sid").map(Whose::Session);
    let whose = session.or_else(|| text("sub").map(Whose::Account));
    Ok(Logout {
        id: text("jti").ok_or_else(|| Failure::refused("jti is missing"))?,
        expires: claims.get("exp").and_then(Value::as_f64).map_or(0, whole_seconds),
        whose: whose.ok_or_else(|| Failure::refused("sid and sub are missing"))?,
    })
}

/// Rounded up. The verifier has checked that it is a time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to the year 9999")]
fn whole_seconds(time: f64) -> u64 {
    time.ceil() as u64
}
