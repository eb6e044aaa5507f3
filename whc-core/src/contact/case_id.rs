//! The number of a case.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};

use crate::error::{Error, Result};

/// The number of a case, in JSON a number.
///
/// ```
/// use whc_core::CaseId;
/// assert_eq!("42".parse::<CaseId>()?.get(), 42);
/// assert!(CaseId::new(0).is_err());
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(NonZeroU64);

impl CaseId {
    /// The greatest number accepted, 2⁵³−1: over it, JSON numbers are not exact everywhere.
    pub const MAX: u64 = (1 << 53) - 1;

    /// The case with this number.
    ///
    /// # Errors
    /// Zero and numbers over [`MAX`](Self::MAX) are invalid.
    pub fn new(number: u64) -> Result<Self> {
        NonZeroU64::new(number)
            .filter(|number| number.get() <= Self::MAX)
            .map(Self)
            .ok_or_else(|| invalid(&number.to_string()))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0.get()
    }
}

fn invalid(text: &str) -> Error {
    Error::invalid(format!("a case id is a whole number from 1 to {}, not {text}", CaseId::MAX))
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CaseId {
    type Err = Error;

    /// Digits only, without a zero in front, so that each case has one URL.
    fn from_str(text: &str) -> Result<Self> {
        let number = text.parse().ok().filter(|_| text.starts_with(|first| matches!(first, '1'..='9')));
        number
            .and_then(|number| Self::new(number).ok())
            .ok_or_else(|| invalid(&format!("\"{}\"", text.escape_debug())))
    }
}

impl Serialize for CaseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.get())
    }
}

impl<'de> Deserialize<'de> for CaseId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
