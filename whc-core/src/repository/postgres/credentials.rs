//! Where the credentials of connections come from: fixed, from a file, or from a provider of the embedding program.

use std::sync::Arc;

use crate::config::{Credentials, CredentialsProvider, DatabaseConfig, PasswordFile};

/// The source of the credentials of new connections.
pub(super) fn provider(config: &DatabaseConfig) -> Arc<dyn CredentialsProvider> {
    match (&config.provider, &config.password_file) {
        (Some(provider), _) => Arc::clone(provider),
        (None, Some(path)) => Arc::new(PasswordFile::new(&config.user, path, "DB_PASSWORD_FILE")),
        (None, None) => Arc::new(Credentials::new(config.user.clone(), config.password.clone())),
    }
}
