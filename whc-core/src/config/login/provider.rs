//! A provider of logins, by its variables.

use std::str::FromStr;

use super::Roles;
use super::settings::{self, Settings};
use crate::config::{FetchUrl, Secret, Variables};
use crate::error::{Error, Result};

/// A provider of logins: whoever it vouches for is who they say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderConfig {
    /// Its name in addresses: `google`.
    pub name: String,
    /// Its name for people: `Google`.
    pub title: String,
    /// `OIDC_…_ISSUER`: who signs its tokens. What else it is asked for is discovered there.
    pub issuer: String,
    /// `…_CLIENT_ID`: what it knows this service by.
    pub client_id: String,
    /// `…_CLIENT_SECRET` or `…_CLIENT_SECRET_FILE`; for Apple its key.
    pub secret: ClientSecret,
    /// `…_SCOPES`: what it is asked to say of people. `openid email profile`.
    pub scopes: Vec<String>,
    /// `OIDC_…_RESPONSE_MODE`: how its answer comes.
    pub response_mode: ResponseMode,
    /// `…_GROUPS` and `…_GROUPS_CLAIM`: what people may do.
    pub roles: Roles,
}

/// How a provider sends its answer through the browser (OAuth 2.0 Multiple Response Types, 2.1; Form Post Response Mode).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseMode {
    /// In the query of a `GET`.
    #[default]
    Query,
    /// In the form of a `POST`, from its own page.
    FormPost,
}

impl ResponseMode {
    /// Its name in requests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }
}

impl FromStr for ResponseMode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let modes = [Self::Query, Self::FormPost];
        modes.into_iter().find(|mode| mode.as_str() == text).ok_or_else(|| {
            Error::invalid(format!("a response mode is query or form_post, not \"{}\"", text.escape_debug()))
        })
    }
}

/// How this service proves to a provider that it is its client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientSecret {
    /// A text that both know.
    Shared(Secret),
    /// A token that Apple takes for a secret, signed with this key for a few minutes.
    Apple {
        /// `APPLE_TEAM_ID`.
        team_id: String,
        /// `APPLE_KEY_ID`.
        key_id: String,
        /// `APPLE_PRIVATE_KEY` or `APPLE_PRIVATE_KEY_FILE`: P-256 in PEM.
        private_key: Secret,
    },
}

impl ProviderConfig {
    /// A provider that is asked for the usual things, and whose people may do nothing special.
    #[must_use]
    pub fn new(name: &str, issuer: &str, client_id: &str, secret: ClientSecret) -> Self {
        let title = name.split('-').map(capitalized).collect::<Vec<_>>().join(" ");
        Self {
            name: name.to_owned(),
            title,
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            secret,
            scopes: ["openid", "email", "profile"].map(str::to_owned).to_vec(),
            response_mode: ResponseMode::Query,
            roles: Roles::default(),
        }
    }

    /// The names of its variables, for whoever lists what is set.
    #[must_use]
    pub fn variables(&self) -> Vec<String> {
        match &*self.name {
            "google" => GOOGLE.map(|setting| format!("GOOGLE_{setting}")).to_vec(),
            "apple" => APPLE.map(|setting| format!("APPLE_{setting}")).to_vec(),
            name => {
                let prefix = settings::prefix(name);
                settings::GENERIC.map(|setting| format!("{prefix}{setting}")).to_vec()
            }
        }
    }

    /// The same with the settings that every provider may have.
    fn with_common(self, settings: &Settings<'_, '_>) -> Result<Self> {
        let scopes = settings.optional("SCOPES").map_or(Ok(self.scopes), |text| {
            let scopes: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
            if scopes.iter().any(|scope| scope == "openid") {
                Ok(scopes)
            } else {
                let name = settings.name("SCOPES");
                Err(Error::invalid(format!(
                    "{name} must have openid among its scopes: it is what a login is"
                )))
            }
        })?;
        let grants = settings.parsed("GROUPS")?.unwrap_or_default();
        let claim = settings.optional("GROUPS_CLAIM").unwrap_or_else(|| "groups".to_owned());
        Ok(Self { scopes, roles: Roles::new(claim, grants), ..self })
    }
}

/// The settings of Google: where there is one of them, all that it takes are wanted.
const GOOGLE: [&str; 6] =
    ["CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "SCOPES", "GROUPS", "GROUPS_CLAIM"];
/// Those of Apple.
const APPLE: [&str; 8] =
    ["CLIENT_ID", "TEAM_ID", "KEY_ID", "PRIVATE_KEY", "PRIVATE_KEY_FILE", "SCOPES", "GROUPS", "GROUPS_CLAIM"];

pub(super) fn google(variables: &Variables<'_>) -> Result<Option<ProviderConfig>> {
    let settings = Settings::new(variables, "GOOGLE_");
    if !settings.any_of(&GOOGLE) {
        return Ok(None);
    }
    let secret = ClientSecret::Shared(settings.secret("CLIENT_SECRET")?);
    let id = settings.required("CLIENT_ID")?;
    ProviderConfig::new("google", "https://accounts.google.com", &id, secret).with_common(&settings).map(Some)
}

pub(super) fn apple(variables: &Variables<'_>) -> Result<Option<ProviderConfig>> {
    let settings = Settings::new(variables, "APPLE_");
    if !settings.any_of(&APPLE) {
        return Ok(None);
    }
    let secret = ClientSecret::Apple {
        team_id: settings.required("TEAM_ID")?,
        key_id: settings.required("KEY_ID")?,
        private_key: settings.secret("PRIVATE_KEY")?,
    };
    let apple =
        ProviderConfig::new("apple", "https://appleid.apple.com", &settings.required("CLIENT_ID")?, secret);
    // Apple demands this mode of whoever asks for a name or an address.
    let scopes = ["openid", "email", "name"].map(str::to_owned).to_vec();
    ProviderConfig { scopes, response_mode: ResponseMode::FormPost, ..apple }.with_common(&settings).map(Some)
}

pub(super) fn generic(variables: &Variables<'_>, name: &str) -> Result<ProviderConfig> {
    let prefix = settings::prefix(name);
    let settings = Settings::new(variables, &prefix);
    let issuer = settings.required("ISSUER")?;
    issuer.parse::<FetchUrl>().map_err(|error| error.within(settings.name("ISSUER")))?;
    let secret = ClientSecret::Shared(settings.secret("CLIENT_SECRET")?);
    let provider = ProviderConfig::new(name, &issuer, &settings.required("CLIENT_ID")?, secret);
    let title = settings.optional("TITLE").unwrap_or(provider.title);
    let response_mode = settings.parsed("RESPONSE_MODE")?.unwrap_or_default();
    ProviderConfig { title, response_mode, ..provider }.with_common(&settings)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
