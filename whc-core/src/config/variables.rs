//! Variables of the environment, one by one.

use std::str::FromStr;
use std::time::Duration;

use crate::error::{Error, Result};

/// Typed access to variables; an empty one counts as not set.
pub(super) struct Variables<'a> {
    pub(super) lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    pub(super) fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    pub(super) fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| unreadable(name, &text, expected))
    }

    pub(super) fn count(&self, name: &str) -> Result<Option<usize>> {
        match self.parse(name, "a whole number over 0")? {
            Some(0) => Err(unreadable(name, "0", "a whole number over 0")),
            count => Ok(count),
        }
    }

    pub(super) fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        let expected = "a number of seconds";
        let Some(seconds) = self.parse(name, expected)? else { return Ok(None) };
        Duration::try_from_secs_f64(seconds)
            .map(Some)
            .map_err(|_| unreadable(name, &seconds.to_string(), expected))
    }
}

/// What to say of a value that cannot be used.
pub(super) fn unreadable(name: &str, value: &str, expected: &str) -> Error {
    Error::invalid(format!("{name} must be {expected}, not \"{value}\""))
}
