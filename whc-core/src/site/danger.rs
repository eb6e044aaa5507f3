//! The List of World Heritage in Danger: whether a site is on it, and when it was.

use std::fmt;
use std::str::FromStr;

use super::{Period, Year};
use crate::error::{Error, Result};

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
            write!(f, "{separator}P {}-{}", period.from(), period.to())?;
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
