//! Who can log in with a browser, and where they come out.

mod destination;
mod provider;
mod roles;
mod settings;

pub use self::destination::{Destination, OwnPath};
pub use self::provider::{ClientSecret, ProviderConfig, ResponseMode};
pub(crate) use self::roles::is_true;
pub use self::roles::{Grants, Roles};
use super::{Origin, Variables, WebConfig};
use crate::error::{Error, Result};

const PROVIDERS: &str = "OIDC_PROVIDERS";
const SUCCESS: &str = "AUTH_SUCCESS_REDIRECT";
const FAILURE: &str = "AUTH_FAILURE_REDIRECT";
const LOGOUT: &str = "AUTH_LOGOUT_REDIRECT";

/// Who can log in with a browser. Without a provider nobody can.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginConfig {
    /// Google and Apple where their variables are set, then those of `OIDC_PROVIDERS`.
    pub providers: Vec<ProviderConfig>,
    /// `AUTH_SUCCESS_REDIRECT`: where a login ends that was not begun with `return_to`. `/account`.
    pub success: Destination,
    /// `AUTH_FAILURE_REDIRECT`: where a login ends that failed. Where it is `None` the answer says what is wrong.
    pub failure: Option<Destination>,
    /// `AUTH_LOGOUT_REDIRECT`: where a logout ends. `/`.
    pub logout: Destination,
}

impl Default for LoginConfig {
    fn default() -> Self {
        Self {
            providers: Vec::new(),
            success: Destination::own("/account"),
            failure: None,
            logout: Destination::own("/"),
        }
    }
}

impl LoginConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        let known = [provider::google(variables)?, provider::apple(variables)?];
        let mut providers: Vec<_> = known.into_iter().flatten().collect();
        let names = names(variables)?;
        if let Some((variable, name)) = settings::stray(variables, &names) {
            let names = names.iter().chain([&name]).map(String::as_str).collect::<Vec<_>>().join(",");
            return Err(Error::invalid(format!(
                "{variable} is set, but {PROVIDERS} does not name {name}: set {PROVIDERS}={names}, or none of its variables"
            )));
        }
        for name in &names {
            providers.push(provider::generic(variables, name)?);
        }
        Ok(Self {
            providers,
            success: destination(variables, SUCCESS)?.unwrap_or(default.success),
            failure: destination(variables, FAILURE)?,
            logout: destination(variables, LOGOUT)?.unwrap_or(default.logout),
        })
    }

    /// Whether anybody can log in.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        !self.providers.is_empty()
    }

    /// Checks that providers can send people back, over a connection that nobody reads.
    pub(super) fn expect_public_url(&self, web: &WebConfig, is_production: bool) -> Result<()> {
        let Some(first) = self.providers.first() else { return Ok(()) };
        let problem = match Origin::of(&web.public_url) {
            Some(origin) if origin.is_encrypted() => return Ok(()),
            Some(origin) if origin.is_loopback() && !is_production => return Ok(()),
            None if !is_production => return Ok(()),
            _ => "PUBLIC_URL must be the https address that people reach the service at",
        };
        Err(Error::invalid(format!("{problem}: {} sends them back there after a login", first.title)))
    }
}

/// The names in `OIDC_PROVIDERS`, as they are in addresses.
fn names(variables: &Variables<'_>) -> Result<Vec<String>> {
    let text = variables.text(PROVIDERS).unwrap_or_default();
    let mut names = Vec::new();
    for name in text.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()) {
        let is_name = name.len() <= 32
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && name.starts_with(|first: char| first.is_ascii_lowercase());
        if !is_name {
            let name = name.escape_debug();
            return Err(Error::invalid(format!(
                "{PROVIDERS}: a provider has a name of small letters, digits and dashes, as it is in addresses, not \"{name}\""
            )));
        }
        if ["google", "apple", "logout"].contains(&name) || names.iter().any(|known| known == name) {
            return Err(Error::invalid(format!("{PROVIDERS}: the name {name} is taken; choose another")));
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

fn destination(variables: &Variables<'_>, name: &str) -> Result<Option<Destination>> {
    let text = variables.text(name);
    text.map(|text| text.trim().parse().map_err(|error: Error| error.within(name))).transpose()
}
