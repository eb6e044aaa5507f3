//! From the configuration to what is asked for credentials.

use std::sync::Arc;

use whc_core::{Config, Result};

use crate::{SecretLogin, TokenLogin};

/// Has the connections of this configuration log in as its variables for AWS say: `DB_SECRET_ARN` or `DB_IAM_AUTH`.
/// Without them it does nothing. AWS is asked when the first connection is opened.
///
/// # Errors
/// Tokens are not sent unencrypted.
pub fn log_in(mut config: Config) -> Result<Config> {
    let databases = config.database.iter_mut().chain(&mut config.listen);
    if let Some(secret) = &config.aws.secret {
        // One for all, so that one question is enough.
        let login = Arc::new(SecretLogin::new(secret));
        databases.for_each(|database| database.provider = Some(Arc::clone(&login) as _));
    } else if config.aws.iam_auth {
        for database in databases {
            database.expect_encrypted("DB_IAM_AUTH")?;
            database.provider = Some(Arc::new(TokenLogin::new(database)));
        }
    }
    Ok(config)
}
