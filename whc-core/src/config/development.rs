//! What makes trying the service easy, and where that is refused.

use super::Variables;
use crate::error::{Error, Result};

const DISABLE_AUTH: &str = "DISABLE_AUTH";
const DISABLE_AUTH_ANYWHERE: &str = "DISABLE_AUTH_ANYWHERE";
const ENVIRONMENT: &str = "WHC_ENV";

/// What makes trying the service easy. Nothing of it is for services that others can reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DevelopmentConfig {
    /// `DISABLE_AUTH`: whether whoever sends no token may do everything. No; refused where `WHC_ENV` is `production`.
    pub disable_auth: bool,
    /// `DISABLE_AUTH_ANYWHERE`: whether that goes for a server that listens to other machines too, as it has to in a
    /// container. No.
    pub disable_auth_anywhere: bool,
    /// `WHC_ENV`: whether it is `production`. No.
    pub is_production: bool,
}

impl DevelopmentConfig {
    /// Reads these variables.
    ///
    /// # Errors
    /// One of them cannot be understood, or authentication is to be disabled in production.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let flag = |name| Ok::<_, Error>(variables.parse(name, "true or false")?.unwrap_or_default());
        let config = Self {
            disable_auth: flag(DISABLE_AUTH)?,
            disable_auth_anywhere: flag(DISABLE_AUTH_ANYWHERE)?,
            is_production: Self::is_production(variables),
        };
        if config.disable_auth && config.is_production {
            let detail = format!(
                "{DISABLE_AUTH} is for development, and {ENVIRONMENT} is production; unset one of them"
            );
            return Err(Error::invalid(detail));
        }
        Ok(config)
    }

    /// Whether `WHC_ENV` says that this is what others rely on.
    #[must_use]
    pub fn is_production(variables: &Variables<'_>) -> bool {
        let environment = variables.text(ENVIRONMENT).unwrap_or_default();
        environment.trim().eq_ignore_ascii_case("production")
    }

    /// Checks that no other machine can reach a server for which authentication is disabled.
    ///
    /// # Errors
    /// It listens to others, and nothing says that this is meant.
    pub fn expect_loopback(&self, listens_to_others: bool) -> Result<()> {
        if self.disable_auth && listens_to_others && !self.disable_auth_anywhere {
            return Err(Error::invalid(format!(
                "with {DISABLE_AUTH} whoever reaches the server may do everything: set HOST to 127.0.0.1, or \
                 {DISABLE_AUTH_ANYWHERE}=true where nobody else can"
            )));
        }
        Ok(())
    }

    /// Checks that authentication is not disabled where everybody can ask.
    ///
    /// # Errors
    /// It is.
    pub fn expect_authentication(&self) -> Result<()> {
        if self.disable_auth {
            return Err(Error::invalid(format!(
                "{DISABLE_AUTH} is for a server on your own machine; unset it here"
            )));
        }
        Ok(())
    }
}
