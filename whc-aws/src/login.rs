//! From the configuration to the provider of credentials.

#[cfg(feature = "sdk")]
use std::sync::Arc;

use whc_core::{Config, Error, Result};

use crate::AwsConfig;
#[cfg(feature = "sdk")]
use crate::{SecretLogin, TokenLogin};

/// Makes the connections of `config` log in as `aws` says.
#[cfg(feature = "sdk")]
pub(crate) fn log_in(aws: &AwsConfig, mut config: Config) -> Result<Config> {
    let databases = config.database.iter_mut().chain(&mut config.listen);
    if let Some(secret) = &aws.secret {
        // One provider for both kinds of connections, so that one request to AWS serves both.
        let login = Arc::new(SecretLogin::new(secret));
        databases.for_each(|database| database.provider = Some(Arc::clone(&login) as _));
    } else if aws.iam_auth {
        for database in databases {
            database.expect_encrypted("DB_IAM_AUTH")?;
            database.provider = Some(Arc::new(TokenLogin::new(database)));
        }
    }
    if let Some(writing) = &mut config.write {
        if let Some(secret) = &aws.write_secret {
            writing.provider = Some(Arc::new(SecretLogin::new(secret)));
        } else if aws.iam_auth && writing.password.is_none() && writing.password_file.is_none() {
            writing.expect_encrypted("DB_IAM_AUTH")?;
            writing.provider = Some(Arc::new(TokenLogin::new(writing)));
        }
    }
    if let (Some(secret), Some(valkey)) = (&aws.cache_secret, &mut config.valkey) {
        valkey.expect_encrypted("VALKEY_SECRET_ARN")?;
        valkey.provider = Some(Arc::new(SecretLogin::new(secret)));
    }
    if let (Some(id), Some(valkey)) = (&aws.cache, &mut config.valkey) {
        valkey.expect_encrypted("VALKEY_IAM_AUTH")?;
        if valkey.user.is_empty() {
            return Err(Error::invalid("VALKEY_IAM_AUTH needs VALKEY_USER: a token is for one user"));
        }
        valkey.provider = Some(Arc::new(TokenLogin::of_cache(valkey, id)));
    }
    Ok(config)
}

/// In a build without these logins, a variable that needs one is an error.
#[cfg(not(feature = "sdk"))]
pub(crate) fn log_in(_: &AwsConfig, _: Config) -> Result<Config> {
    Err(Error::invalid(
        "DB_SECRET_ARN, DB_WRITE_SECRET_ARN, DB_IAM_AUTH, VALKEY_SECRET_ARN and VALKEY_IAM_AUTH need a program built with the feature aws",
    ))
}
