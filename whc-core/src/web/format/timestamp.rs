//! Timestamps on the wire: RFC 3339, in UTC where we write them.

use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::error::{Error, Result};

/// `2026-11-21T10:00:00Z`, with as many digits of the second as it takes.
pub(crate) fn to_text(time: SystemTime) -> String {
    // Years 0 to 9999 can be written; stores know no others.
    OffsetDateTime::from(time).format(&Rfc3339).unwrap_or_default()
}

/// Reads a date, which means its start in UTC, or a date with a time and its offset.
pub(crate) fn from_text(text: &str) -> Result<SystemTime> {
    // A plus sign that was not encoded in the URL arrives as a space.
    let text = text.replace(' ', "+");
    let whole = if text.contains(['T', 't']) { text.clone() } else { format!("{text}T00:00:00Z") };
    OffsetDateTime::parse(&whole, &Rfc3339).map(SystemTime::from).map_err(|_| {
        let right = "a date such as 2026-11-21 or a time with its offset such as 2026-11-21T10:00:00Z";
        Error::invalid(format!("it must be {right}, not \"{text}\""))
    })
}
