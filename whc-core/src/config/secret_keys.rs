//! The secrets that keys are derived from.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Secret, Variables, text_file};
use crate::error::{Error, Result};

const BASE: &str = "SECRET_KEY_BASE";
const BASE_FILE: &str = "SECRET_KEY_BASE_FILE";

/// As long as one has to be, in bytes.
const SHORTEST: usize = 64;
/// As many different bytes as one has to have: `openssl rand -hex 32` has 14 to 16.
const FEWEST_DIFFERENT: usize = 10;

/// Secrets that keys are derived from: that of today, and others while they are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKeys(Vec<Secret>);

impl SecretKeys {
    /// Reads `SECRET_KEY_BASE`, or the file that `SECRET_KEY_BASE_FILE` names.
    ///
    /// # Errors
    /// Names the variable and what is wrong, never a part of a secret.
    pub(super) fn read(variables: &Variables<'_>) -> Result<Option<Self>> {
        match (variables.text(BASE), variables.text(BASE_FILE)) {
            (Some(_), Some(_)) => {
                Err(Error::invalid(format!("{BASE} and {BASE_FILE} are both set; unset one of them")))
            }
            (Some(text), None) => Self::parse(&text).map(Some).map_err(|error| error.within(BASE)),
            (None, Some(path)) => {
                let keys = text_file::read(Path::new(path.trim())).and_then(|text| Self::parse(&text));
                keys.map(Some).map_err(|error| error.within(BASE_FILE))
            }
            (None, None) => Ok(None),
        }
    }

    /// Secrets with commas between them: the first makes what is new, all read what is there.
    ///
    /// # Errors
    /// One of them is short, or easily guessed.
    pub fn parse(text: &str) -> Result<Self> {
        let secrets = text.split(',').map(str::trim).enumerate().map(|(position, secret)| {
            let number = position + 1;
            if secret.len() < SHORTEST {
                let length = secret.len();
                return Err(Error::invalid(format!(
                    "secret {number} has {length} letters and needs {SHORTEST}; `openssl rand -hex 32` makes one"
                )));
            }
            let different = secret.bytes().collect::<BTreeSet<_>>().len();
            if different < FEWEST_DIFFERENT {
                return Err(Error::invalid(format!(
                    "secret {number} repeats {different} letters; `openssl rand -hex 32` makes one that nobody guesses"
                )));
            }
            Ok(Secret::new(secret))
        });
        secrets.collect::<Result<_>>().map(Self)
    }

    /// A secret that everybody knows, for trying things out.
    #[cfg(feature = "valkey")]
    #[must_use]
    pub fn for_development() -> Self {
        Self(vec![Secret::new(
            "no secret at all, for development only: set SECRET_KEY_BASE to one of your own",
        )])
    }

    /// Says that a setting needs a secret in production.
    #[cfg(feature = "valkey")]
    pub(super) fn missing(setting: &str) -> Error {
        Error::invalid(format!(
            "{setting} needs {BASE} or {BASE_FILE} where WHC_ENV is production: what is kept outside of the process is signed \
             with keys derived from it; `openssl rand -hex 32` makes one"
        ))
    }

    /// The secrets, that of today first.
    #[must_use]
    pub fn secrets(&self) -> &[Secret] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::SecretKeys;

    const GOOD: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn several_are_read_in_their_order() {
        let other = GOOD.to_uppercase();
        let keys = SecretKeys::parse(&format!("{GOOD} ,\n{other}\n")).unwrap();
        let shown: Vec<_> = keys.secrets().iter().map(super::Secret::reveal).collect();
        assert_eq!(shown, [GOOD, &other]);
        assert!(!format!("{keys:?}").contains("abcdef"));
    }

    #[test]
    fn weak_ones_are_refused_without_being_shown() {
        for weak in
            [String::new(), "short".to_owned(), "ab".repeat(40), format!("{GOOD},"), format!("{GOOD},short")]
        {
            let error = SecretKeys::parse(&weak).unwrap_err().to_string();
            assert!(error.contains("openssl rand") && !error.contains("short"), "{error}");
        }
    }
}
