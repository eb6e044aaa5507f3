//! Ranges with open ends: years, areas.

use std::fmt::Display;
use std::str::FromStr;

use super::facets::Decade;
use crate::error::{Error, Result};
use crate::site::{Hectares, Year};

/// From one value to another, both included; an end that is `None` is open. The default contains every value.
///
/// Read and written as `1978..1990`, `..1990`, `2000..` or, for a single value, `1978`.
///
/// ```
/// use whc_core::{Between, Year};
/// let years: Between<Year> = "..1990".parse()?;
/// assert!(years.contains(Year::new(1990)?) && !years.contains(Year::new(1991)?));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between<T> {
    from: Option<T>,
    to: Option<T>,
}

impl<T> Between<T> {
    /// No end at all: every value, and those sites too whose value is unknown.
    pub const ANYTHING: Self = Self { from: None, to: None };
}

impl<T> Default for Between<T> {
    fn default() -> Self {
        Self::ANYTHING
    }
}

impl<T: Copy + PartialOrd + Display> Between<T> {
    /// The range with these ends.
    ///
    /// # Errors
    /// A range that ends before it starts is invalid.
    pub fn new(from: Option<T>, to: Option<T>) -> Result<Self> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => {
                Err(Error::invalid(format!("a range cannot end at {to} before it starts at {from}")))
            }
            _ => Ok(Self { from, to }),
        }
    }

    /// The least value, `None` for an open end.
    pub fn from(self) -> Option<T> {
        self.from
    }

    /// The greatest value, `None` for an open end.
    pub fn to(self) -> Option<T> {
        self.to
    }

    /// Whether `value` is in the range.
    pub fn contains(self, value: T) -> bool {
        self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to)
    }

    /// Whether a value that may be unknown is in the range: unknown values are in [`ANYTHING`](Self::ANYTHING) only.
    pub fn contains_known(self, value: Option<T>) -> bool {
        match value {
            Some(value) => self.contains(value),
            None => self.from.is_none() && self.to.is_none(),
        }
    }

    /// Reads `a..b`, `..b`, `a..` or `a`, where it starts with `start` and where it ends with `end`.
    fn read(text: &str, start: impl Fn(&str) -> Result<T>, end: impl Fn(&str) -> Result<T>) -> Result<Self> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let ends = [from, to].map(|text| Some(text.trim()).filter(|text| !text.is_empty()));
        if ends == [None, None] {
            return Err(Error::invalid(format!("a range needs at least one end, unlike \"{text}\"")));
        }
        let [from, to] = ends;
        Self::new(from.map(start).transpose()?, to.map(end).transpose()?)
    }
}

impl FromStr for Between<Year> {
    type Err = Error;

    /// Reads years. A range may start with the decade of the Convention, that is before it: `1970..1979` is a decade as
    /// [`Facets`](crate::Facets) have them.
    fn from_str(text: &str) -> Result<Self> {
        let first = Year::new(Year::FIRST)?;
        let start = |text: &str| match text.parse::<u16>() {
            Ok(year) if year == Decade::from_year(first).first() => Ok(first),
            _ => text.parse(),
        };
        Self::read(text, start, str::parse)
    }
}

impl FromStr for Between<Hectares> {
    type Err = Error;

    /// Reads numbers of hectares. Zero, which no area has, is an end too: that of the least area there can be.
    fn from_str(text: &str) -> Result<Self> {
        let least = f64::from_bits(1);
        let end = |text: &str| match text.parse() {
            Ok(hectares) if (0.0..least).contains(&hectares) => Hectares::new(least),
            Ok(hectares) => Hectares::new(hectares),
            Err(_) => Err(Error::invalid(format!("an area is a number of hectares, not \"{text}\""))),
        };
        Self::read(text, end, end)
    }
}
