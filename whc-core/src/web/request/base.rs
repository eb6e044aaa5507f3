//! Where links begin: at `PUBLIC_URL`, else at the root of the host, which only a developer's machine is named by.

use std::fmt;

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
    pub(crate) fn new(web: &'a WebConfig, request: &'a Request<()>, headers: &RequestHeaders<'a>) -> Self {
        let public_url = &*web.public_url;
        let is_path = public_url.is_empty() || public_url.starts_with('/');
        let loopback =
            if is_path { host::named(request, headers).filter(|host| host::is_loopback(host)) } else { None };
        Self { public_url, loopback: loopback.filter(|_| is_direct(request, headers)) }
    }

    /// Whether nothing that is sent there is encrypted.
    #[cfg(feature = "pages")]
    pub(crate) fn is_without_tls(self) -> bool {
        self.loopback.is_some() || self.public_url.starts_with("http://")
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

/// Whether nothing says that a proxy passed the request on: its loopback `Host` would be the name it has for us. One
/// that says nothing often speaks HTTP/1.0.
fn is_direct(request: &Request<()>, headers: &RequestHeaders<'_>) -> bool {
    request.version() > Version::HTTP_10 && !headers.proxied
}
