//! The host a request is for: one at most, and a name or an address (RFC 9110, 4.2; RFC 9112, 3.2; RFC 9113, 8.3.1).

use std::net::{Ipv4Addr, Ipv6Addr};

use http::{Request, StatusCode, Version};

use super::RequestHeaders;
use crate::web::problem::Problem;

/// Refuses what could be taken for one host here and for another on the way. A request without a host is one of a probe;
/// a server on a socket knows better and demands one.
pub(crate) fn check(request: &Request<()>, headers: &RequestHeaders<'_>) -> Result<(), Problem> {
    if headers.hosts > 1 || headers.host.is_some_and(|host| !is_host(host.as_bytes())) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "the Host header is not one name or address"));
    }
    if request.uri().authority().is_some_and(|authority| !is_host(authority.as_str().as_bytes())) {
        let detail = "the target of the request is not at a name or an address";
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    }
    if request.version() == Version::HTTP_2 && contradicts(request, headers) {
        let detail = "the Host header names another host than :authority";
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    }
    Ok(())
}

/// Whether the header names another host than the target. HTTP/1.1 lets the target win (RFC 9112, 3.2.2).
fn contradicts(request: &Request<()>, headers: &RequestHeaders<'_>) -> bool {
    let (Some(target), Some(header)) = (request.uri().authority(), headers.host) else { return false };
    !target.as_str().as_bytes().eq_ignore_ascii_case(header.as_bytes())
}

/// The host of a request: that of its target, which wins (RFC 9112, 3.2.2), else of its header.
pub(crate) fn named<'a>(request: &'a Request<()>, headers: &RequestHeaders<'a>) -> Option<&'a str> {
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    target.or_else(|| headers.host?.to_str().ok())
}

/// Whether this is an address of the machine itself, or its name, with a port or without.
pub(crate) fn is_loopback(text: &str) -> bool {
    let (host, port) = split(text.as_bytes());
    let Ok(host) = str::from_utf8(host) else { return false };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_ours = host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || address.and_then(|address| address.parse().ok()) == Some(Ipv6Addr::LOCALHOST);
    is_ours && port.is_none_or(|port| str::from_utf8(port).is_ok_and(is_port))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// `uri-host [ ":" port ]`: an address of IPv6 in brackets, else a name, which an address of IPv4 looks like. No user.
fn is_host(text: &[u8]) -> bool {
    let (host, port) = split(text);
    let host = match host {
        [b'[', address @ .., b']'] => is_ipv6(address),
        name => is_name(name),
    };
    host && port.unwrap_or_default().iter().all(u8::is_ascii_digit)
}

/// The host and the port after its colon.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().rposition(|byte| *byte == b':') {
        Some(colon) if !text.ends_with(b"]") => (&text[..colon], Some(&text[colon + 1..])),
        _ => (text, None),
    }
}

fn is_ipv6(text: &[u8]) -> bool {
    str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok())
}

/// Letters, digits and what RFC 3986 has for registered names.
fn is_name(text: &[u8]) -> bool {
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(u8::is_ascii_hexdigit)),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use http::{Request, Version};

    use super::{RequestHeaders, check};

    fn passes(request: http::request::Builder) -> bool {
        let request = request.body(()).unwrap();
        check(&request, &RequestHeaders::read(request.headers())).is_ok()
    }

    fn is_taken(host: &str) -> bool {
        passes(Request::get("/").header("host", host))
    }

    #[test]
    fn names_and_addresses_are_hosts() {
        for host in [
            "",
            "a",
            "heritage.example",
            "a:80",
            "a:",
            "127.0.0.1:4000",
            "[::1]",
            "[::1]:4000",
            "a%2Db",
            "x_y",
        ] {
            assert!(is_taken(host), "{host}");
        }
    }

    #[test]
    fn over_http_2_target_and_header_agree() {
        for (version, host, expected) in [
            (Version::HTTP_2, "a.example", true),
            (Version::HTTP_2, "A.Example", true),
            (Version::HTTP_2, "a.example:80", false),
            (Version::HTTP_2, "b.example", false),
            (Version::HTTP_11, "b.example", true),
        ] {
            let request = Request::get("http://a.example/").version(version).header("host", host);
            assert_eq!(passes(request), expected, "{version:?} {host}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for host in [
            "[::1",
            "::1",
            "[]",
            "[::1]x",
            "[::1]:x",
            "[fe80::1%25eth0]",
            "[127.0.0.1]",
            "a:x",
            "a:8:0",
            "%zz",
            "%2",
            "a b",
            "a/b",
            "me@a",
            "me:secret@a",
            "a,b@",
            "é",
        ] {
            assert!(!is_taken(host), "{host}");
        }
        assert!(!passes(Request::get("/").header("host", "a").header("host", "a")));
    }

    #[test]
    fn a_target_has_no_user() {
        for (target, taken) in
            [("http://a:80/", true), ("http://me@a/", false), ("http://me:secret@a/", false)]
        {
            assert_eq!(passes(Request::get(target)), taken, "{target}");
        }
    }
}
