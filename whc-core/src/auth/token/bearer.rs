//! The token in `Authorization`.

use crate::auth::{Credentials, Unauthenticated};

/// The greatest token, as the header of a request has to hold it.
const MAX_BYTES: usize = 8 << 10;

/// The token of a request: after `Bearer`, or alone, as Renraku's proxies send it. `None` without the header.
pub(super) fn token(credentials: Credentials<'_>) -> Result<Option<&str>, Unauthenticated> {
    let mut values = credentials.authorization();
    let Some(value) = values.next() else { return Ok(None) };
    let several = || Unauthenticated::invalid_request("there is more than one Authorization header");
    if values.next().is_some() {
        return Err(several());
    }
    let value = value
        .to_str()
        .map_err(|_| Unauthenticated::invalid_request("Authorization holds other letters than ASCII"))?;
    let token = match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_start(),
        Some(_) => return Err(Unauthenticated::invalid_request("Authorization must be Bearer and a token")),
        None => value.trim(),
    };
    // No token has a comma: so the HTTP APIs of AWS join several headers.
    if token.contains(',') {
        return Err(several());
    }
    if token.len() > MAX_BYTES {
        return Err(Unauthenticated::invalid_token("the token is over 8 KiB"));
    }
    Ok(Some(token))
}
