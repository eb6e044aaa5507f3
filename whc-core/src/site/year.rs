//! A year of the Convention, and spans of years.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use time::OffsetDateTime;

use crate::error::{Error, Result};

/// A year of the World Heritage Convention, 1972 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(u16);

impl Year {
    /// The year the Convention was adopted.
    pub const FIRST: u16 = 1972;
    /// The year of the first inscriptions.
    pub const FIRST_INSCRIPTIONS: u16 = 1978;
    /// The last year accepted; it keeps ids and typing slips out of year fields.
    pub const LAST: u16 = 2199;

    /// The year with this number.
    ///
    /// # Errors
    /// Years outside 1972 to 2199 are invalid.
    pub fn new(year: u16) -> Result<Self> {
        if (Self::FIRST..=Self::LAST).contains(&year) {
            Ok(Self(year))
        } else {
            Err(Error::invalid(format!("a year is from {} to {}, not {year}", Self::FIRST, Self::LAST)))
        }
    }

    /// The year it is in UTC at this time; `None` outside of those accepted.
    #[must_use]
    pub fn at(time: SystemTime) -> Option<Self> {
        u16::try_from(OffsetDateTime::from(time).year()).ok().and_then(|year| Self::new(year).ok())
    }

    /// The years of the World Heritage List until this one: from the first inscriptions on.
    pub fn of_the_list(self) -> impl DoubleEndedIterator<Item = Self> {
        (Self::FIRST_INSCRIPTIONS..=self.0).map(Self)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Year {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let year =
            text.parse().map_err(|_| Error::invalid(format!("a year is four digits, not \"{text}\"")))?;
        Self::new(year)
    }
}

/// A span of years, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    from: Year,
    to: Year,
}

impl Period {
    /// The span from one year to another.
    ///
    /// # Errors
    /// A period that ends before it starts is invalid.
    pub fn new(from: Year, to: Year) -> Result<Self> {
        if from <= to {
            Ok(Self { from, to })
        } else {
            Err(Error::invalid(format!("a period cannot end in {to} before it starts in {from}")))
        }
    }

    /// The first year.
    #[must_use]
    pub fn from(self) -> Year {
        self.from
    }

    /// The last year.
    #[must_use]
    pub fn to(self) -> Year {
        self.to
    }
}
