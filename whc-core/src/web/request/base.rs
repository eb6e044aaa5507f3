//! Where links begin: at `PUBLIC_URL`, else at the root of the host, which only a developer's machine is named by.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;
use http::{Request, Version};

use super::{RequestHeaders, host};
use crate::config::WebConfig;

/// The beginning of every link in the answer to a request.
///
/// A host is named only where the client is on this machine, and asks directly: tools that do not resolve links can
/// follow them there, and nobody else gets an answer that a stranger's `Host` decided.
#[derive(Clone, Copy)]
pub(crate) struct Base<'a> {
    public_url: &'a str,
    /// The loopback host of the request, with its port, where `public_url` names none.
    loopback: Option<&'a str>,
}

impl<'a> Base<'a> {
    /// The base for the links in the answer to `request`.
    pub(crate) fn new(web: &'a WebConfig, request: &'a Request<Bytes>, headers: &RequestHeaders<'a>) -> Self {
        let public_url = &*web.public_url;
        let is_path = public_url.is_empty() || public_url.starts_with('/');
        let loopback = if is_path { named(request, headers).filter(|host| is_loopback(host)) } else { None };
        Self { public_url, loopback: loopback.filter(|_| is_direct(request, headers)) }
    }

    /// What of the request decides the links: part of the key and the validator of what is cached.
    pub(crate) fn loopback(self) -> Option<&'a str> {
        self.loopback
    }
}

impl fmt::Display for Base<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = self.loopback {
            write!(f, "http://{host}")?;
        }
        f.write_str(self.public_url)
    }
}

/// The host of a request: that of its target, which wins (RFC 9112, 3.2.2), else of its header.
fn named<'a>(request: &'a Request<Bytes>, headers: &RequestHeaders<'a>) -> Option<&'a str> {
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    target.or_else(|| headers.host?.to_str().ok())
}

/// Whether this is an address of the machine itself, or its name, with a port or without.
fn is_loopback(text: &str) -> bool {
    let (host, port) = host::split(text.as_bytes());
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

/// Whether nothing says that a proxy passed the request on: its loopback `Host` would be the name it has for us. One
/// that says nothing often speaks HTTP/1.0.
fn is_direct(request: &Request<Bytes>, headers: &RequestHeaders<'_>) -> bool {
    request.version() > Version::HTTP_10 && !headers.proxied
}
