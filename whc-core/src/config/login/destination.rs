//! Where people are sent after a login or a logout.

use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;

use crate::config::Origin;
use crate::error::{Error, Result};

/// As long as a path may be that people come back to: it is kept in a cookie meanwhile.
const MAX_BYTES: usize = 512;

/// A path of this service, with a query perhaps: nothing that a browser takes for an address elsewhere.
///
/// ```
/// use whc_core::config::OwnPath;
/// assert!("/sites/1?lang=fr".parse::<OwnPath>().is_ok());
/// assert!("//evil.example".parse::<OwnPath>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPath(String);

impl OwnPath {
    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OwnPath {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // Browsers take backslashes for slashes, leave out tabs and line breaks, and begin a host at two slashes.
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\\\"<>^`{|}#".contains(&byte);
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        let is_elsewhere = |text: &str| !text.starts_with('/') || text[1..].starts_with(['/', '\\']);
        if is_elsewhere(text) || is_elsewhere(&decoded) || !text.bytes().all(is_plain) {
            let shown: String = text.chars().take(60).collect();
            return Err(Error::invalid(format!(
                "a path of this service begins with one slash, like /account, and has no letters that must be encoded, not \"{}\"",
                shown.escape_debug()
            )));
        }
        if text.len() > MAX_BYTES {
            return Err(Error::invalid(format!("a path to come back to has at most {MAX_BYTES} bytes")));
        }
        Ok(Self(text.to_owned()))
    }
}

/// A path of this service, or an address of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A path of this service.
    Own(OwnPath),
    /// An address elsewhere, and the origin it is at.
    Elsewhere(String, Origin),
}

impl Destination {
    pub(super) fn own(path: &'static str) -> Self {
        Self::Own(OwnPath(path.to_owned()))
    }

    /// The address, where this service is at `base`.
    #[must_use]
    pub fn address(&self, base: impl fmt::Display) -> String {
        match self {
            Self::Own(path) => format!("{base}{}", path.as_str()),
            Self::Elsewhere(address, _) => address.clone(),
        }
    }

    /// The address with a parameter more in its query, which ends before a fragment.
    #[must_use]
    pub fn address_with(&self, base: impl fmt::Display, (name, value): (&str, &str)) -> String {
        let address = self.address(base);
        let (before, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        let divider = if before.contains('?') { '&' } else { '?' };
        format!("{before}{divider}{name}={value}{fragment}")
    }

    /// The origin of an address elsewhere.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Own(_) => None,
            Self::Elsewhere(_, origin) => Some(origin),
        }
    }
}

impl FromStr for Destination {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.starts_with('/') {
            return text.parse().map(Self::Own);
        }
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        let origin =
            Origin::of(text).filter(|origin| is_plain && (origin.is_encrypted() || origin.is_loopback()));
        origin.map(|origin| Self::Elsewhere(text.to_owned(), origin)).ok_or_else(|| {
            let text = text.escape_debug();
            Error::invalid(format!(
                "people are sent to a path of this service like /account, or to an address like https://app.example/, not \"{text}\""
            ))
        })
    }
}
