//! Whom to tell of a weakness in the service (RFC 9116).

use std::fmt;
use std::str::FromStr;

use http::Uri;

use crate::error::{Error, Result};

/// What a contact is.
const KINDS: &str =
    "mailto:security@heritage.example, tel:+1-201-555-0123 or https://heritage.example/security";

/// Where to report a weakness: a mail address, a telephone number or a page, as a URI.
///
/// ```
/// use whc_core::config::SecurityContact;
/// let contact: SecurityContact = "mailto:security@heritage.example".parse()?;
/// assert_eq!(contact.to_string(), "mailto:security@heritage.example");
/// assert!("security@heritage.example".parse::<SecurityContact>().is_err());
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityContact(String);

impl FromStr for SecurityContact {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // It becomes a line of a file: what could end the line is in no URI anyway.
        let is_line = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_graphic());
        let is_contact = match text.split_once(':') {
            Some(("mailto", address)) => {
                address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            }
            Some(("tel", number)) => number.chars().any(|digit| digit.is_ascii_digit()),
            // A page that is not encrypted must not be named (RFC 9116, 2.5.3).
            Some(("https", _)) => text.parse::<Uri>().is_ok_and(|uri| uri.host().is_some()),
            _ => false,
        };
        if is_line && is_contact {
            return Ok(Self(text.to_owned()));
        }
        let text = text.escape_debug();
        Err(Error::invalid(format!("a contact is a URI like {KINDS}, not \"{text}\"")))
    }
}

impl fmt::Display for SecurityContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
