//! How many requests a client may send.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::Variables;
use crate::error::{Error, Result};

/// So many requests in so much time.
///
/// ```
/// use whc_core::config::Rate;
/// let rate: Rate = "60/minute".parse()?;
/// assert_eq!((rate.count(), rate.per().as_secs()), (60, 60));
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    count: u32,
    per: Duration,
}

/// The times a rate can be for.
const TIMES: [(&str, u64); 3] = [("second", 1), ("minute", 60), ("hour", 3600)];

impl Rate {
    /// So many in a minute.
    #[must_use]
    const fn per_minute(count: u32) -> Self {
        Self { count, per: Duration::from_mins(1) }
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// In which time.
    #[must_use]
    pub fn per(self) -> Duration {
        self.per
    }
}

impl FromStr for Rate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable = || {
            Error::invalid(
                "a limit is off, or a rate like 60/minute: up to 1000000 per second, minute or hour",
            )
        };
        let (count, time) = text.split_once('/').ok_or_else(unreadable)?;
        let count: u32 = count.trim().parse().map_err(|_| unreadable())?;
        let seconds = TIMES.iter().find(|(name, _)| *name == time.trim()).map(|(_, seconds)| *seconds);
        match seconds {
            Some(seconds) if (1..=1_000_000).contains(&count) => {
                Ok(Self { count, per: Duration::from_secs(seconds) })
            }
            _ => Err(unreadable()),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = TIMES.iter().find(|(_, seconds)| *seconds == self.per.as_secs());
        write!(f, "{}/{}", self.count, time.map_or("second", |(name, _)| *name))
    }
}

/// How many requests one client may send, by address and, where that is known, by account; `None` for any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitConfig {
    /// `LIMIT_READS`: questions. Any number.
    pub reads: Option<Rate>,
    /// `LIMIT_EXPENSIVE`: questions that take long to answer: maps, downloads, the description. 120 a minute.
    pub expensive: Option<Rate>,
    /// `LIMIT_WRITES`: changes. 60 a minute.
    pub writes: Option<Rate>,
    /// `LIMIT_LOGINS`: steps of a login. 5 a minute.
    pub logins: Option<Rate>,
}

impl Default for LimitConfig {
    fn default() -> Self {
        Self {
            reads: None,
            expensive: Some(Rate::per_minute(120)),
            writes: Some(Rate::per_minute(60)),
            logins: Some(Rate::per_minute(5)),
        }
    }
}

impl LimitConfig {
    /// No limit at all.
    pub const OFF: Self = Self { reads: None, expensive: None, writes: None, logins: None };

    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let mut config = Self::default();
        for (name, limit) in [
            ("LIMIT_READS", &mut config.reads),
            ("LIMIT_EXPENSIVE", &mut config.expensive),
            ("LIMIT_WRITES", &mut config.writes),
            ("LIMIT_LOGINS", &mut config.logins),
        ] {
            let Some(text) = variables.text(name) else { continue };
            *limit = match text.trim() {
                "off" => None,
                rate => Some(rate.parse().map_err(|error: Error| error.within(variables.called(name)))?),
            };
        }
        Ok(config)
    }
}
