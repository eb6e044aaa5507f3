//! The host a request is for: one at most, and a name or an address (RFC 9112, 3.2).

use http::header::HOST;
use http::{HeaderMap, StatusCode};

use crate::web::problem::Problem;

/// Refuses a `Host` that a proxy could read as another host than this service. Probes have no `Host`, and pass.
pub(crate) fn check(headers: &HeaderMap) -> Result<(), Problem> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => Ok(()),
        (Some(host), None) if host.as_bytes().iter().copied().all(is_of_authority) => Ok(()),
        _ => Err(Problem::new(StatusCode::BAD_REQUEST, "the Host header is not one name or address")),
    }
}

/// Letters, digits and the characters of RFC 3986 for names, addresses in brackets and ports.
fn is_of_authority(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=%:[]".contains(&byte)
}
