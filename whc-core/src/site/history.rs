//! What happened to a site over the years: inscription, danger, departure.

use std::fmt;
use std::str::FromStr;

use super::SiteId;
use crate::error::{Error, Result};

/// A year of the World Heritage Convention, 1972 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(u16);

impl Year {
    /// The year the Convention was adopted; nothing of ours is older.
    pub const FIRST: u16 = 1972;
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

/// Whether a site is on the List of World Heritage in Danger now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InDanger {
    /// It is not.
    #[default]
    No,
    /// It is, since that year where it is known.
    Yes {
        /// The year it was put on the list.
        since: Option<Year>,
    },
}

/// A site's history on the List of World Heritage in Danger.
///
/// Shown and read in UNESCO's notation: `Y 2011 P 1996-2007` is in danger since 2011 and was from 1996 to 2007.
///
/// ```
/// use whc_core::Danger;
/// let danger: Danger = "P 2000-2006 P 1984-1988".parse()?;
/// assert!(!danger.is_current());
/// assert_eq!(danger.to_string(), "P 1984-1988 P 2000-2006");
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Danger {
    now: InDanger,
    past: Vec<Period>,
}

impl Danger {
    /// A history; the past periods are put in order, doubles dropped.
    #[must_use]
    pub fn new(now: InDanger, past: impl IntoIterator<Item = Period>) -> Self {
        let mut past: Vec<_> = past.into_iter().collect();
        past.sort_unstable();
        past.dedup();
        Self { now, past }
    }

    /// Whether the site is in danger now, and since when.
    #[must_use]
    pub fn now(&self) -> InDanger {
        self.now
    }

    /// Whether the site is in danger now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.now != InDanger::No
    }

    /// The year the present danger began, where it is known.
    #[must_use]
    pub fn since(&self) -> Option<Year> {
        match self.now {
            InDanger::Yes { since } => since,
            InDanger::No => None,
        }
    }

    /// The periods that are over, ascending.
    #[must_use]
    pub fn past(&self) -> &[Period] {
        &self.past
    }
}

impl fmt::Display for Danger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        match self.now {
            InDanger::No => {}
            InDanger::Yes { since: None } => f.write_str("Y")?,
            InDanger::Yes { since: Some(year) } => write!(f, "Y {year}")?,
        }
        if self.is_current() {
            separator = " ";
        }
        for period in &self.past {
            write!(f, "{separator}P {}-{}", period.from, period.to)?;
            separator = " ";
        }
        Ok(())
    }
}

impl FromStr for Danger {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable =
            || Error::invalid(format!("danger is written like \"Y 2011 P 1996-2007\", not \"{text}\""));
        let mut now = InDanger::No;
        let mut past = Vec::new();
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            match word {
                "Y" => {
                    let since = words.next_if(|next| *next != "P").map(Year::from_str).transpose()?;
                    now = InDanger::Yes { since };
                }
                "P" => {
                    let (from, to) =
                        words.next().and_then(|span| span.split_once('-')).ok_or_else(unreadable)?;
                    past.push(Period::new(from.parse()?, to.parse()?)?);
                }
                _ => return Err(unreadable()),
            }
        }
        Ok(Self::new(now, past))
    }
}

/// Whether a site is on the World Heritage List.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It is.
    #[default]
    Inscribed,
    /// It was taken off the list.
    Delisted {
        /// The year it left.
        year: Year,
    },
    /// It became part of another site.
    Superseded {
        /// The year it left.
        year: Year,
        /// The site it is part of now.
        by: SiteId,
    },
}

impl Status {
    /// The word for it: `inscribed`, `delisted` or `superseded`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inscribed => "inscribed",
            Self::Delisted { .. } => "delisted",
            Self::Superseded { .. } => "superseded",
        }
    }

    /// The year the site left the list.
    #[must_use]
    pub fn left(self) -> Option<Year> {
        match self {
            Self::Inscribed => None,
            Self::Delisted { year } | Self::Superseded { year, .. } => Some(year),
        }
    }

    /// The site that took it in.
    #[must_use]
    pub fn superseded_by(self) -> Option<SiteId> {
        match self {
            Self::Superseded { by, .. } => Some(by),
            Self::Inscribed | Self::Delisted { .. } => None,
        }
    }
}
