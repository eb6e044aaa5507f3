//! Where the credentials of the database come from on AWS.

use super::Variables;
use crate::error::{Error, Result};

/// Where the credentials of the database come from on AWS. The core only reads the variables; `whc-aws` asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AwsConfig {
    /// `DB_SECRET_ARN`: the secret of Secrets Manager with user and password, by ARN or name.
    pub secret: Option<String>,
    /// `DB_IAM_AUTH`: whether connections log in with tokens of RDS, signed with the role of this process.
    pub iam_auth: bool,
}

impl AwsConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let secret = variables.text("DB_SECRET_ARN").map(|secret| secret.trim().to_owned());
        let iam_auth: bool = variables.parse("DB_IAM_AUTH", "true or false")?.unwrap_or_default();
        let mut sources = vec!["DB_PASSWORD", "DB_PASSWORD_FILE", "DB_SECRET_ARN"];
        sources.retain(|name| variables.text(name).is_some());
        sources.extend(iam_auth.then_some("DB_IAM_AUTH"));
        if sources.len() > 1 && (secret.is_some() || iam_auth) {
            let message = format!("{} are set; one of them is enough", sources.join(" and "));
            return Err(Error::invalid(message));
        }
        Ok(Self { secret, iam_auth })
    }

    /// For programs that were built without AWS.
    ///
    /// # Errors
    /// A variable asks for it.
    pub fn expect_none(&self) -> Result<()> {
        if self.secret.is_none() && !self.iam_auth {
            return Ok(());
        }
        Err(Error::invalid("DB_SECRET_ARN and DB_IAM_AUTH need a program built with the feature aws"))
    }
}
