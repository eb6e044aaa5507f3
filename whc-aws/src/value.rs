//! The value of a secret: JSON with a user and a password, as AWS's own rotations have it.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::DisplayErrorContext;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use serde_json::{Map, Value};
use whc_core::config::{Credentials, Secret};
use whc_core::{Error, Result};

/// The value of a secret that holds a login. Its other members stay as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginValue(Map<String, Value>);

impl LoginValue {
    /// Reads JSON with `username` and `password`.
    ///
    /// # Errors
    /// Says what is missing, and never what is there.
    pub fn parse(json: &str) -> Result<Self> {
        // The reason would quote the text.
        let Ok(fields) = serde_json::from_str(json) else {
            return Err(Error::unavailable("the secret is not a JSON object"));
        };
        let value = Self(fields);
        match ["username", "password"].into_iter().find(|name| value.text(name).is_empty()) {
            Some(name) => Err(Error::unavailable(format!("the secret has no text \"{name}\""))),
            None => Ok(value),
        }
    }

    /// What to log in with.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials::new(self.user(), Secret::new(self.password()))
    }

    /// Who logs in.
    #[must_use]
    pub fn user(&self) -> &str {
        self.text("username")
    }

    /// What it is for: `postgres`, `valkey`. Empty where the secret does not say.
    #[must_use]
    pub fn engine(&self) -> &str {
        self.text("engine")
    }

    /// The password as it is.
    #[must_use]
    pub fn password(&self) -> &str {
        self.text("password")
    }

    /// The same for another user or with another password.
    #[must_use]
    pub fn with(mut self, user: &str, password: &str) -> Self {
        self.0.insert("username".to_owned(), user.into());
        self.0.insert("password".to_owned(), password.into());
        self
    }

    /// The value as it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl fmt::Debug for LoginValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginValue").field("user", &self.user()).finish_non_exhaustive()
    }
}

/// The stage of the version that counts.
pub const CURRENT: &str = "AWSCURRENT";

/// The login in the version of a secret that has this stage; `None` where no version has it.
///
/// # Errors
/// The request to Secrets Manager fails, or the version has no login in it.
pub async fn read(client: &Client, secret: &str, stage: &str) -> Result<Option<LoginValue>> {
    let Some(text) = read_text(client, secret, stage).await? else { return Ok(None) };
    LoginValue::parse(&text).map(Some).map_err(|error| error.within(format!("{secret}, {stage}")))
}

/// The text in the version of a secret that has this stage; `None` where no version has it.
///
/// # Errors
/// The request to Secrets Manager fails.
pub async fn read_text(client: &Client, secret: &str, stage: &str) -> Result<Option<String>> {
    let output = match client.get_secret_value().secret_id(secret).version_stage(stage).send().await {
        Ok(output) => output,
        Err(error) => {
            let absent = GetSecretValueError::is_resource_not_found_exception;
            if error.as_service_error().is_some_and(absent) {
                return Ok(None);
            }
            return Err(failed("the secret cannot be read", &error));
        }
    };
    Ok(Some(output.secret_string.unwrap_or_default()))
}

/// The text under this key of an object.
///
/// # Errors
/// There is no such object or no such text.
pub(crate) fn field(json: &str, key: &str) -> Result<String> {
    let fields: Option<Map<String, Value>> = serde_json::from_str(json).ok();
    let text = fields.as_ref().and_then(|fields| fields.get(key)).and_then(Value::as_str);
    let text = text.filter(|text| !text.is_empty()).map(str::to_owned);
    text.ok_or_else(|| Error::unavailable(format!("the secret has no text \"{key}\"")))
}

/// The error for an action of AWS that failed, with the whole response for the log.
#[must_use]
pub fn failed(message: &str, error: &dyn StdError) -> Error {
    Error::unavailable(message).with_source(DisplayErrorContext(error).to_string())
}
