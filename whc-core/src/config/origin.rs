//! The origin of a page (RFC 6454): scheme, host and port.

use std::fmt;
use std::str::FromStr;

use http::Uri;

use crate::error::{Error, Result};

/// The origin of a page, `https://heritage.example`, as browsers send it in `Origin`.
///
/// ```
/// use whc_core::config::Origin;
/// let origin: Origin = "https://Heritage.example:443".parse()?;
/// assert_eq!(origin.to_string(), "https://heritage.example");
/// assert!("null".parse::<Origin>().is_err());
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: &'static str,
    /// In small letters, without the port that the scheme implies.
    authority: String,
}

impl Origin {
    /// The origin of what is at this URL; `None` of a path, and of other schemes than http and https.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let (scheme, port) = match uri.scheme_str()? {
            "http" => ("http", ":80"),
            "https" => ("https", ":443"),
            _ => return None,
        };
        let authority = uri.authority()?.as_str().to_ascii_lowercase();
        // A user is no part of an origin, and nothing that has one is taken for one.
        let authority = Some(authority).filter(|authority| !authority.contains('@'))?;
        let authority = authority.strip_suffix(port).map_or(authority.clone(), str::to_owned);
        Some(Self { scheme, authority })
    }

    /// Whether what is sent there is encrypted on its way.
    #[cfg(feature = "oidc")]
    pub(crate) fn is_encrypted(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether it is on this machine.
    #[cfg(feature = "oidc")]
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.authority.rsplit_once(':').map_or(&*self.authority, |(host, _)| host);
        let address = self.authority.parse().map(|address: std::net::SocketAddr| address.ip());
        let address = address.or_else(|_| self.authority.trim_matches(['[', ']']).parse());
        address.map_or(host == "localhost", |address| address.is_loopback())
    }

    /// The origin with the same scheme at another host, which may have a port.
    #[must_use]
    pub fn at(&self, host: &str) -> Option<Self> {
        Self::of(&format!("{}://{host}", self.scheme))
    }
}

impl FromStr for Origin {
    type Err = Error;

    /// Without a path, not even a slash.
    fn from_str(text: &str) -> Result<Self> {
        let bare = text.split_once("://").filter(|(_, rest)| !rest.contains(['/', '?', '#']));
        let origin = bare.and_then(|_| Self::of(text));
        origin.ok_or_else(|| {
            let text = text.escape_debug();
            Error::invalid(format!(
                "an origin is like https://heritage.example, without a path, not \"{text}\""
            ))
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}
