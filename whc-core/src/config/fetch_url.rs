//! Addresses that the service asks itself.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::Scheme;

use crate::error::{Error, Result};

/// An address that the service asks itself: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchUrl(Uri);

impl FetchUrl {
    /// The address.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// The host, without the brackets of an IPv6 address.
    pub(crate) fn host(&self) -> &str {
        self.0.host().unwrap_or_default().trim_matches(['[', ']'])
    }

    /// Whether what is fetched is encrypted on its way.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.scheme() == Some(&Scheme::HTTPS)
    }

    fn is_loopback(&self) -> bool {
        let address = self.host().parse::<std::net::IpAddr>();
        address.map_or(self.host() == "localhost", |address| address.is_loopback())
    }
}

impl fmt::Display for FetchUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FetchUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let invalid = |why: &str| {
            let text = text.escape_debug();
            Error::invalid(format!(
                "what is fetched is at a URL like https://login.example/.well-known/jwks.json, not \"{text}\"{why}"
            ))
        };
        let url = text.parse().map(Self).map_err(|_| invalid(""))?;
        if url.0.authority().is_none_or(|authority| authority.as_str().contains('@')) {
            return Err(invalid(": it has a host and no user"));
        }
        let allowed = url.is_encrypted() || (url.0.scheme() == Some(&Scheme::HTTP) && url.is_loopback());
        if allowed { Ok(url) } else { Err(invalid(": http is for addresses of this machine only")) }
    }
}
