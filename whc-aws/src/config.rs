//! Where the credentials of the database and of Valkey come from on AWS.

use whc_core::config::{DatabaseConfig, Variables};
use whc_core::{Config, Error, Result};

use crate::login;

/// The configuration of the core, with connections that log in as the variables for AWS say. Without these variables
/// nothing of AWS is built.
///
/// # Errors
/// Names the first variable that cannot be understood, its value unless it is a secret, and what would be right.
pub fn config_from_variables(variables: &Variables<'_>) -> Result<Config> {
    let aws = AwsConfig::from_variables(variables)?;
    let mut config = Config::without_user(variables)?;
    let stray = [SECRET, WRITE_SECRET, IAM].into_iter().find(|name| variables.text(name).is_some());
    if let (None, Some(name)) = (&config.database, stray) {
        return Err(Error::invalid(format!("{name} is set, but neither DB_HOST nor DATABASE_URL")));
    }
    let stray = [CACHE_SECRET, CACHE_IAM].into_iter().find(|name| variables.text(name).is_some());
    if let (None, true, Some(name)) = (&config.valkey, aws.logs_in_to_cache(), stray) {
        return Err(Error::invalid(format!("{name} is set, but neither VALKEY_HOST nor VALKEY_URL")));
    }
    if variables.parse(REQUIRE_IAM, "true or false")?.unwrap_or(false) {
        aws.expect_tokens(&config)?;
    }
    if aws.secret.is_none() {
        config.expect_user(USERS)?;
    }
    if aws.write_secret.is_none() {
        config.expect_write_user(WRITE_USERS)?;
    } else if config.write.is_none() {
        config.write = config.database.as_ref().map(DatabaseConfig::without_login);
    }
    aws.log_in(config)
}

const SECRET: &str = "DB_SECRET_ARN";
const IAM: &str = "DB_IAM_AUTH";
const WRITE_SECRET: &str = "DB_WRITE_SECRET_ARN";
const CACHE_SECRET: &str = "VALKEY_SECRET_ARN";
const CACHE_IAM: &str = "VALKEY_IAM_AUTH";
const CACHE_ID: &str = "VALKEY_CLUSTER_ID";
const REQUIRE_IAM: &str = "REQUIRE_IAM_AUTH";

/// The variables that name the user of a connection.
const USERS: &str = "DB_USER, or a secret that tells it: DB_SECRET_ARN; for a rotation MASTER_SECRET_ARN";

/// The variables that name the user who writes.
const WRITE_USERS: &str = "DB_WRITE_USER, or a secret that tells it: DB_WRITE_SECRET_ARN";

/// Where the credentials of the database come from on AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AwsConfig {
    /// `DB_SECRET_ARN`: the secret of Secrets Manager with user and password, by ARN or name.
    pub secret: Option<String>,
    /// `DB_WRITE_SECRET_ARN`: the same of the login that writes.
    pub write_secret: Option<String>,
    /// `DB_IAM_AUTH`: whether connections log in with tokens of RDS, signed with the role of this process.
    pub iam_auth: bool,
    /// `VALKEY_IAM_AUTH` and `VALKEY_CLUSTER_ID`: the id of the cache whose connections log in with tokens of ElastiCache,
    /// signed with the role of this process.
    pub cache: Option<String>,
    /// `VALKEY_SECRET_ARN`: the secret of Secrets Manager with user and password for Valkey, by ARN or name.
    pub cache_secret: Option<String>,
}

impl AwsConfig {
    /// Reads these variables.
    ///
    /// # Errors
    /// More than one of them, and of those for a password, is set.
    pub fn from_variables(variables: &Variables<'_>) -> Result<Self> {
        let secret = variables.text(SECRET).map(|secret| secret.trim().to_owned());
        let iam_auth: bool = variables.parse(IAM, "true or false")?.unwrap_or_default();
        let mut sources = vec!["DB_PASSWORD", "DB_PASSWORD_FILE", SECRET];
        sources.retain(|name| variables.text(name).is_some());
        sources.extend(iam_auth.then_some(IAM));
        if sources.len() > 1 && (secret.is_some() || iam_auth) {
            let message = format!("{} are set; one of them is enough", sources.join(" and "));
            return Err(Error::invalid(message));
        }
        let write_secret = variables.text(WRITE_SECRET).map(|secret| secret.trim().to_owned());
        let password = ["DB_WRITE_PASSWORD", "DB_WRITE_PASSWORD_FILE"]
            .into_iter()
            .find(|name| variables.text(name).is_some());
        if let (Some(_), Some(password)) = (&write_secret, password) {
            let message = format!("{password} and {WRITE_SECRET} are set; one of them is enough");
            return Err(Error::invalid(message));
        }
        let cache_secret = variables.text(CACHE_SECRET).map(|secret| secret.trim().to_owned());
        Ok(Self { secret, write_secret, iam_auth, cache: cache(variables)?, cache_secret })
    }

    fn logs_in_to_cache(&self) -> bool {
        self.cache.is_some() || self.cache_secret.is_some()
    }

    /// Checks that every login is one with a token, as `REQUIRE_IAM_AUTH` wants it.
    fn expect_tokens(&self, config: &Config) -> Result<()> {
        let refused = |what: &str, setting: &str| {
            let message = format!("{REQUIRE_IAM} wants {what} to log in with tokens: set {setting}=true");
            Err(Error::invalid(message))
        };
        if config.database.is_some() && !self.iam_auth {
            return refused("the database", IAM);
        }
        let password = |config: &DatabaseConfig| config.password.is_some() || config.password_file.is_some();
        if self.write_secret.is_some() || config.write.as_ref().is_some_and(password) {
            return refused("who writes", "DB_WRITE_USER, without a password of its own, and DB_IAM_AUTH");
        }
        if config.valkey.is_some() && self.cache.is_none() {
            return refused("Valkey", CACHE_IAM);
        }
        Ok(())
    }

    /// Makes the connections of this configuration log in as this says; an empty one changes nothing. The first request to
    /// AWS is sent when the first connection is opened.
    ///
    /// # Errors
    /// Tokens are not sent unencrypted. Without the feature `sdk` every login from AWS is refused.
    pub fn log_in(&self, config: Config) -> Result<Config> {
        if self == &Self::default() { Ok(config) } else { login::log_in(self, config) }
    }
}

/// The cache whose connections log in with tokens.
fn cache(variables: &Variables<'_>) -> Result<Option<String>> {
    let id = variables.text(CACHE_ID).map(|id| id.trim().to_owned());
    let tokens: bool = variables.parse(CACHE_IAM, "true or false")?.unwrap_or_default();
    let others = ["VALKEY_PASSWORD", "VALKEY_PASSWORD_FILE", CACHE_SECRET];
    let mut others = others.into_iter().filter(|name| variables.text(name).is_some());
    let (password, second) = (others.next(), others.next());
    if let (Some(password), Some(CACHE_SECRET)) = (password, second) {
        return Err(Error::invalid(format!("{password} and {CACHE_SECRET} are set; one of them is enough")));
    }
    let message = match (tokens, id, password) {
        (true, Some(id), None) => return Ok(Some(id)),
        (false, None, _) => return Ok(None),
        (true, _, Some(password)) => format!("{password} and {CACHE_IAM} are set; one of them is enough"),
        (true, None, None) => {
            format!(
                "{CACHE_IAM} needs {CACHE_ID}: the name of a serverless cache, else the id of its replication group"
            )
        }
        (false, Some(_), _) => format!("{CACHE_ID} is set, but not {CACHE_IAM}=true, which needs it"),
    };
    Err(Error::invalid(message))
}
