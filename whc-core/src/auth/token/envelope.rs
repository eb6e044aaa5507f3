//! What a token says of itself: for how long it counts, whose it is, for whom.

use serde_json::{Map, Value};

use crate::auth::{Actor, Unauthenticated};

/// What every token says of itself.
pub(super) struct Envelope {
    pub(super) expires: f64,
    pub(super) not_before: Option<f64>,
    pub(super) issued: Option<f64>,
    pub(super) issuer: Option<String>,
    pub(super) audience: Vec<String>,
}

type Object = Map<String, Value>;

/// The last second of the year 9999. A time after it is a slip, such as one in milliseconds.
const LATEST: f64 = 253_402_300_799.0;

impl Envelope {
    pub(super) fn read(object: &Object) -> Result<Self, Unauthenticated> {
        let expires = time(object, "exp", "exp is no time in seconds since 1970")?;
        Ok(Self {
            expires: expires.ok_or_else(|| Unauthenticated::invalid_token("exp is missing"))?,
            not_before: time(object, "nbf", "nbf is no time in seconds since 1970")?,
            issued: time(object, "iat", "iat is no time in seconds since 1970")?,
            issuer: issuer(object)?,
            audience: audience(object)?,
        })
    }
}

/// A `NumericDate`: a number, which may have decimals.
fn time(object: &Object, name: &str, wrong: &'static str) -> Result<Option<f64>, Unauthenticated> {
    let Some(value) = object.get(name) else { return Ok(None) };
    let seconds = value.as_f64().filter(|seconds| (0.0..=LATEST).contains(seconds));
    seconds.map(Some).ok_or_else(|| Unauthenticated::invalid_token(wrong))
}

fn issuer(object: &Object) -> Result<Option<String>, Unauthenticated> {
    let Some(value) = object.get("iss") else { return Ok(None) };
    name(value)
        .map(Some)
        .ok_or_else(|| Unauthenticated::invalid_token("iss is no string of 1 to 255 letters"))
}

fn audience(object: &Object) -> Result<Vec<String>, Unauthenticated> {
    let wrong = || Unauthenticated::invalid_token("aud is neither a string nor a list of strings");
    match object.get("aud") {
        None => Ok(Vec::new()),
        Some(Value::String(audience)) => Ok(vec![audience.clone()]),
        Some(value) => strings(value).map(|all| all.map(str::to_owned).collect()).ok_or_else(wrong),
    }
}

/// A name that is fit for the audit.
pub(super) fn name(value: &Value) -> Option<String> {
    value.as_str().filter(|text| Actor::is_name(text)).map(str::to_owned)
}

/// The strings of a list that has nothing else.
pub(super) fn strings(value: &Value) -> Option<impl Iterator<Item = &str>> {
    let items = value.as_array()?;
    items.iter().all(Value::is_string).then(|| items.iter().filter_map(Value::as_str))
}
