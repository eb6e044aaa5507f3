//! Variables of the environment, one by one, each with a type.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::error::{Error, Result};

/// Typed access to variables, for the configuration of this crate and of the programs around it. An empty variable
/// counts as not set.
///
/// ```
/// use whc_core::config::Variables;
/// let variables = Variables::new(|name| (name == "PORT").then(|| "80 ".to_owned()));
/// assert_eq!(variables.parse("PORT", "a port")?, Some(80));
/// assert_eq!(variables.text("HOST"), None);
/// # Ok::<(), whc_core::Error>(())
/// ```
pub struct Variables<'a> {
    lookup: Box<Lookup<'a>>,
    typed: Box<Typed<'a>>,
    names: Vec<String>,
}

type Lookup<'a> = dyn Fn(&str) -> Option<String> + 'a;
type Typed<'a> = dyn Fn(&str) -> Option<&'static str> + 'a;

impl Variables<'static> {
    /// The environment of this process. A variable that is not Unicode counts as not set.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the environment enters")]
    pub fn from_env() -> Self {
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        Self::new(|name| std::env::var(name).ok()).among(names)
    }
}

impl<'a> Variables<'a> {
    /// Variables from wherever `lookup` finds them.
    pub fn new(lookup: impl Fn(&str) -> Option<String> + 'a) -> Self {
        Self { lookup: Box::new(lookup), typed: Box::new(|_| None), names: Vec::new() }
    }

    /// The same, with the names of all that may be set: those that no list can have are found among them.
    #[must_use]
    pub fn among(self, names: impl IntoIterator<Item = String>) -> Self {
        Self { names: names.into_iter().collect(), ..self }
    }

    /// The names of those that are set, where they were told.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str).filter(|name| self.text(name).is_some())
    }

    /// The same in the words of whoever set them: `typed` is what was typed instead of a variable, as `--port` for `PORT`.
    #[must_use]
    pub fn typed_as(self, typed: impl Fn(&str) -> Option<&'static str> + 'a) -> Self {
        Self { typed: Box::new(typed), ..self }
    }

    /// What errors call a variable.
    #[must_use]
    pub fn called<'n>(&self, name: &'n str) -> &'n str {
        (self.typed)(name).unwrap_or(name)
    }

    /// The value as it is; `None` where it is missing or blank.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    /// The value without the spaces around it, parsed. `expected` completes the sentence "NAME must be …".
    ///
    /// # Errors
    /// Names the variable, its value and what would be right. Not for secrets.
    pub fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| Self::unreadable(self.called(name), &text, expected))
    }

    /// A number of things, at least one.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn count(&self, name: &str) -> Result<Option<usize>> {
        match self.parse(name, "a whole number over 0")? {
            Some(0) => Err(Self::unreadable(self.called(name), "0", "a whole number over 0")),
            count => Ok(count),
        }
    }

    /// A duration in seconds, which may have decimals.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        let expected = "a number of seconds";
        let Some(seconds) = self.parse(name, expected)? else { return Ok(None) };
        Duration::try_from_secs_f64(seconds)
            .map(Some)
            .map_err(|_| Self::unreadable(self.called(name), &seconds.to_string(), expected))
    }

    /// The error for a value that cannot be used: "NAME must be EXPECTED, not "VALUE"".
    #[must_use]
    pub fn unreadable(name: &str, value: &str, expected: &str) -> Error {
        Error::invalid(format!("{name} must be {expected}, not \"{value}\""))
    }
}

impl fmt::Debug for Variables<'_> {
    /// Without any value, since some are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variables").finish_non_exhaustive()
    }
}
