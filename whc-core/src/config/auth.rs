//! Whose tokens count, and what they are checked against.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use enumset::EnumSet;

use super::{FetchUrl, SignatureAlgorithm, Variables};
use crate::error::{Error, Result};
use crate::scope::Scopes;

const KEYS: &str = "AUTH_KEYS";
const JWKS_URL: &str = "AUTH_JWKS_URL";
const ISSUER: &str = "AUTH_ISSUER";
const AUDIENCE: &str = "AUTH_AUDIENCE";
const ALGORITHMS: &str = "AUTH_ALGORITHMS";
const DEFAULT_SCOPES: &str = "AUTH_DEFAULT_SCOPES";

/// Whose tokens count. Without any key none does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthConfig {
    /// `AUTH_KEYS`: public keys in PEM, as files or as they are.
    pub keys: Vec<KeySource>,
    /// `AUTH_JWKS_URL`: where the issuer publishes its keys.
    pub jwks_url: Option<FetchUrl>,
    /// `AUTH_ISSUER`: the issuer that tokens must name in `iss`.
    pub issuer: Option<String>,
    /// `AUTH_AUDIENCE`: what tokens must be for, in `aud`.
    pub audience: Option<String>,
    /// `AUTH_ALGORITHMS`: the signatures that count. All.
    pub algorithms: EnumSet<SignatureAlgorithm>,
    /// `AUTH_DEFAULT_SCOPES`: the scopes of a token that says nothing about scopes. None.
    pub default_scopes: Scopes,
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            jwks_url: None,
            issuer: None,
            audience: None,
            algorithms: EnumSet::all(),
            default_scopes: Scopes::default(),
        }
    }
}

impl AuthConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let trimmed = |name| variables.text(name).map(|text| text.trim().to_owned());
        let config = Self {
            keys: trimmed(KEYS).map_or(Ok(Vec::new()), |text| key_sources(&text))?,
            jwks_url: parsed(variables, JWKS_URL)?,
            issuer: trimmed(ISSUER),
            audience: trimmed(AUDIENCE),
            algorithms: trimmed(ALGORITHMS).map_or(Ok(EnumSet::all()), |text| algorithms(&text))?,
            default_scopes: parsed(variables, DEFAULT_SCOPES)?.unwrap_or_default(),
        };
        if config.jwks_url.is_some() {
            config.expect_restrictions()?;
        }
        let stray = [ISSUER, AUDIENCE, DEFAULT_SCOPES].into_iter().find(|name| trimmed(name).is_some());
        match stray {
            Some(name) if !config.has_keys() => {
                Err(Error::invalid(format!("{name} is set, but neither {KEYS} nor {JWKS_URL}")))
            }
            _ => Ok(config),
        }
    }

    /// Whether there is a key, or a place to get one from.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        !self.keys.is_empty() || self.jwks_url.is_some()
    }

    /// Checks that tokens are of one issuer and for one audience, as they have to be where keys are fetched.
    ///
    /// # Errors
    /// Names the setting that is missing.
    pub fn expect_restrictions(&self) -> Result<()> {
        let missing =
            [(ISSUER, &self.issuer), (AUDIENCE, &self.audience)].into_iter().find(|(_, set)| set.is_none());
        missing.map_or(Ok(()), |(name, _)| {
            Err(Error::invalid(format!(
                "{JWKS_URL} needs {name} too: an issuer signs for many, and a token for another service would count here"
            )))
        })
    }
}

/// A value whose own error says what is wrong.
fn parsed<T: FromStr<Err = Error>>(variables: &Variables<'_>, name: &str) -> Result<Option<T>> {
    let text = variables.text(name);
    text.map(|text| text.trim().parse().map_err(|error: Error| error.within(name))).transpose()
}

fn key_sources(text: &str) -> Result<Vec<KeySource>> {
    let entries = text.split(',').map(str::trim);
    entries.map(|entry| entry.parse().map_err(|error: Error| error.within(KEYS))).collect()
}

fn algorithms(text: &str) -> Result<EnumSet<SignatureAlgorithm>> {
    let names = text.split([',', ' ']).filter(|name| !name.is_empty());
    let algorithms: Result<EnumSet<_>> = names.map(str::parse::<SignatureAlgorithm>).collect();
    match algorithms {
        Ok(none) if none.is_empty() => Err(Error::invalid("no algorithm is named")),
        algorithms => algorithms,
    }
    .map_err(|error| error.within(ALGORITHMS))
}

/// Where a public key is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeySource {
    /// A PEM file, whose name without its ending is the id of the key.
    File(PathBuf),
    /// The key itself in PEM. It has no id, so it is tried whatever a token names.
    Pem(String),
}

impl FromStr for KeySource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::invalid("an entry is empty; files or keys have one comma between them"));
        }
        if text.starts_with("-----BEGIN") {
            // Where a value must be one line, its line breaks are written like this.
            return Ok(Self::Pem(text.replace("\\n", "\n")));
        }
        Ok(Self::File(text.into()))
    }
}

impl fmt::Debug for KeySource {
    /// Without the key, which somebody may have taken the private one for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Pem(_) => f.debug_tuple("Pem").finish_non_exhaustive(),
        }
    }
}
