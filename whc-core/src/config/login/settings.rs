//! The settings of one provider of logins: variables with the same prefix.

use std::path::Path;
use std::str::FromStr;

use crate::config::{Secret, Variables, text_file};
use crate::error::{Error, Result};

/// What every variable of a provider of `OIDC_PROVIDERS` begins with.
const PREFIX: &str = "OIDC_";

/// How they end.
pub(super) const GENERIC: [&str; 9] = [
    "ISSUER",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "CLIENT_SECRET_FILE",
    "SCOPES",
    "TITLE",
    "RESPONSE_MODE",
    "GROUPS_CLAIM",
    "GROUPS",
];

/// What the variables of the provider with this name begin with.
pub(super) fn prefix(name: &str) -> String {
    format!("{PREFIX}{}_", name.to_ascii_uppercase().replace('-', "_"))
}

/// The first variable of a provider that is none of these, and the name that it would have.
pub(super) fn stray(variables: &Variables<'_>, known: &[String]) -> Option<(String, String)> {
    let known: Vec<_> = known.iter().map(|name| prefix(name)).collect();
    let is_known = |name: &str| known.iter().any(|prefix| name.starts_with(prefix.as_str()));
    let mut strays = variables.names().filter(|name| !is_known(name)).filter_map(|name| {
        let rest = name.strip_prefix(PREFIX)?;
        let provider = GENERIC.iter().find_map(|setting| rest.strip_suffix(setting)?.strip_suffix('_'))?;
        let provider = provider.to_ascii_lowercase().replace('_', "-");
        (!provider.is_empty()).then(|| (name.to_owned(), provider))
    });
    strays.next()
}

/// The variables with one prefix.
pub(super) struct Settings<'a, 'v> {
    variables: &'a Variables<'v>,
    prefix: &'a str,
}

impl<'a, 'v> Settings<'a, 'v> {
    pub(super) fn new(variables: &'a Variables<'v>, prefix: &'a str) -> Self {
        Self { variables, prefix }
    }

    pub(super) fn name(&self, setting: &str) -> String {
        format!("{}{setting}", self.prefix)
    }

    pub(super) fn any_of(&self, settings: &[&str]) -> bool {
        settings.iter().any(|setting| self.optional(setting).is_some())
    }

    pub(super) fn optional(&self, setting: &str) -> Option<String> {
        self.variables.text(&self.name(setting)).map(|text| text.trim().to_owned())
    }

    pub(super) fn required(&self, setting: &str) -> Result<String> {
        self.optional(setting).ok_or_else(|| self.missing(setting))
    }

    /// The text of a setting, or of the file that the same setting with `_FILE` names.
    pub(super) fn secret(&self, setting: &str) -> Result<Secret> {
        let file = format!("{setting}_FILE");
        match (self.optional(setting), self.optional(&file)) {
            (Some(_), Some(_)) => {
                let (text, file) = (self.name(setting), self.name(&file));
                Err(Error::invalid(format!("{text} and {file} are both set; unset one of them")))
            }
            // Where a value must be one line, the line breaks of a key are written like this.
            (Some(text), None) => Ok(Secret::new(text.replace("\\n", "\n"))),
            (None, Some(path)) => {
                let text = text_file::read(Path::new(&path));
                text.map(|text| Secret::new(text.trim())).map_err(|error| error.within(self.name(&file)))
            }
            (None, None) => Err(self.missing(setting)),
        }
    }

    pub(super) fn parsed<T: FromStr<Err = Error>>(&self, setting: &str) -> Result<Option<T>> {
        let text = self.optional(setting);
        text.map(|text| text.parse().map_err(|error: Error| error.within(self.name(setting)))).transpose()
    }

    fn missing(&self, setting: &str) -> Error {
        let name = self.name(setting);
        let provider = self.prefix.trim_end_matches('_');
        Error::invalid(format!(
            "{name} is missing, without which nobody can log in with {provider}: set it, or none of its variables"
        ))
    }
}
