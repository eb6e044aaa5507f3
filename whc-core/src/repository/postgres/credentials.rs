//! Where the credentials of connections come from: fixed, from a file, or from a provider of the embedding program.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;

use crate::config::{Credentials, CredentialsProvider, DatabaseConfig, Secret};
use crate::error::{Error, Result};

/// The source of the credentials of new connections.
pub(super) fn provider(config: &DatabaseConfig) -> Arc<dyn CredentialsProvider> {
    let user = config.user.clone();
    match (&config.provider, &config.password_file) {
        (Some(provider), _) => Arc::clone(provider),
        (None, Some(path)) => Arc::new(PasswordFile { user, path: path.clone() }),
        (None, None) => Arc::new(Credentials { user, password: config.password.clone() }),
    }
}

/// A user whose password is in a file, which is read for every connection.
#[derive(Clone, Debug)]
struct PasswordFile {
    user: String,
    path: PathBuf,
}

#[async_trait]
impl CredentialsProvider for PasswordFile {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials> {
        let unreadable = |error| {
            let path = self.path.display();
            Error::unavailable("the password of the database cannot be read")
                .with_source(format!("DB_PASSWORD_FILE {path}: {error}"))
        };
        let text = tokio::fs::read_to_string(&self.path).await.map_err(unreadable)?;
        // Editors and `echo` add a line end, which is not part of the password.
        let password = Secret::new(text.trim_end_matches(['\r', '\n']));
        Ok(Credentials { user: self.user.clone(), password: Some(password) })
    }
}
