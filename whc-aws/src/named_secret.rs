//! Settings whose values are in secrets: `NAME_ARN` names the secret where `NAME` would have the value.

#[cfg(feature = "sdk")]
use std::collections::BTreeMap;

#[cfg(feature = "sdk")]
use aws_config::SdkConfig;
#[cfg(feature = "sdk")]
use aws_sdk_secretsmanager::Client;
use whc_core::config::Variables;
use whc_core::{Error, Result};

#[cfg(feature = "sdk")]
use crate::value::{CURRENT, field, read_text};

/// What is behind the name of a setting where its value is in a secret.
const SUFFIX: &str = "_ARN";

/// Settings that are one secret text each, and how those of providers of logins end.
const SECRETS: [&str; 2] = ["SECRET_KEY_BASE", "APPLE_PRIVATE_KEY"];
const SECRETS_END: &str = "_CLIENT_SECRET";

/// A variable that names a secret.
struct Named<'a> {
    variable: &'a str,
    /// The setting whose value is there.
    setting: &'a str,
    secret: String,
    /// The member of an object in it; `None` for the whole.
    key: Option<String>,
}

impl<'a> Named<'a> {
    /// All of these variables that name secrets.
    fn all(variables: &'a Variables<'_>) -> Result<Vec<Self>> {
        variables.names().filter_map(|name| Self::read(variables, name).transpose()).collect()
    }

    fn read(variables: &Variables<'_>, variable: &'a str) -> Result<Option<Self>> {
        let Some(setting) = variable.strip_suffix(SUFFIX) else { return Ok(None) };
        if !SECRETS.contains(&setting) && !setting.ends_with(SECRETS_END) {
            return Ok(None);
        }
        let file = format!("{setting}_FILE");
        if let Some(other) = [setting, &file].into_iter().find(|name| variables.text(name).is_some()) {
            return Err(Error::invalid(format!("{other} and {variable} are both set; unset one of them")));
        }
        let text = variables.text(variable).unwrap_or_default();
        let (secret, key) = parts(text.trim()).ok_or_else(|| {
            Error::invalid(format!("{variable} must be the ARN of a secret, perhaps with :KEY:: behind it"))
        })?;
        Ok(Some(Self { variable, setting, secret, key }))
    }
}

/// The secret, and the member of the object in it, as definitions of tasks in ECS have them: `ARN:KEY::`.
fn parts(text: &str) -> Option<(String, Option<String>)> {
    let parts: Vec<_> = text.split(':').collect();
    match *parts {
        [_] | ["arn", _, "secretsmanager", _, _, "secret", _] => Some((text.to_owned(), None)),
        ["arn", _, "secretsmanager", _, _, "secret", _, key, "", ""] if !key.is_empty() => {
            Some((parts[..7].join(":"), Some(key.to_owned())))
        }
        _ => None,
    }
}

/// The same variables, with the values of the secrets that others of them name: `SECRET_KEY_BASE_ARN`,
/// `APPLE_PRIVATE_KEY_ARN`, and `…_CLIENT_SECRET_ARN` of providers of logins. They are read now, each once; a program that
/// runs on keeps what it has.
///
/// # Errors
/// A variable names no secret, or its setting has a value too; or Secrets Manager does not give one.
#[cfg(feature = "sdk")]
pub async fn with_secrets<'a>(variables: &'a Variables<'a>) -> Result<Variables<'a>> {
    with_secrets_of(variables, crate::settings).await
}

/// The same, with AWS reached as `settings` say, which nobody asks for where no secret is named.
///
/// # Errors
/// As [`with_secrets`].
#[cfg(feature = "sdk")]
pub async fn with_secrets_of<'a>(
    variables: &'a Variables<'a>,
    settings: impl AsyncFnOnce() -> SdkConfig,
) -> Result<Variables<'a>> {
    let (secrets, mut values) = (Named::all(variables)?, BTreeMap::new());
    if !secrets.is_empty() {
        let client = Client::new(&settings().await);
        for Named { variable, setting, secret, key } in secrets {
            let read = value(&client, &secret, key.as_deref()).await;
            values.insert(setting.to_owned(), read.map_err(|error| error.within(variable))?);
        }
    }
    let names: Vec<_> =
        variables.names().chain(values.keys().map(String::as_str)).map(str::to_owned).collect();
    Ok(Variables::new(move |name| values.get(name).cloned().or_else(|| variables.text(name))).among(names))
}

#[cfg(feature = "sdk")]
async fn value(client: &Client, secret: &str, key: Option<&str>) -> Result<String> {
    let text = read_text(client, secret, CURRENT).await?.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| Error::unavailable("the secret has no value"))?;
    key.map_or(Ok(text.clone()), |key| field(&text, key))
}

/// In a build without AWS, a variable that needs it is an error.
///
/// # Errors
/// One of them is set.
#[cfg(not(feature = "sdk"))]
#[expect(clippy::unused_async, reason = "as with the feature")]
pub async fn with_secrets<'a>(variables: &'a Variables<'a>) -> Result<Variables<'a>> {
    if let Some(named) = Named::all(variables)?.first() {
        let name = named.variable;
        return Err(Error::invalid(format!("{name} needs a program built with the feature aws")));
    }
    let names: Vec<_> = variables.names().map(str::to_owned).collect();
    Ok(Variables::new(|name| variables.text(name)).among(names))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_member_of_a_secret_is_named_as_tasks_name_it() {
        let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:whc-prod/google-AbCdEf";
        assert_eq!(parts(arn), Some((arn.to_owned(), None)));
        assert_eq!(parts(&format!("{arn}:secret::")), Some((arn.to_owned(), Some("secret".to_owned()))));
        assert_eq!(parts("whc/google"), Some(("whc/google".to_owned(), None)));
        let queue = arn.replace("secretsmanager", "sqs");
        for wrong in [&format!("{arn}:secret"), &format!("{arn}:::"), &format!("{arn}:a:AWSPENDING:"), &queue]
        {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
