//! A login that Secrets Manager knows, as it is now.

use std::fmt;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use tokio::sync::{Mutex, OnceCell};
use whc_core::config::{Credentials, CredentialsProvider};
use whc_core::{Error, Result};

use crate::settings;
use crate::value::{CURRENT, LoginValue, read};

/// A login that Secrets Manager knows. It is read once and stays in memory until the database, or Valkey, refuses it. Callers at the
/// same time share one request to Secrets Manager.
pub struct SecretLogin {
    secret: String,
    client: OnceCell<Client>,
    kept: Mutex<Option<Credentials>>,
}

impl SecretLogin {
    /// The login in this secret, named by ARN or name. AWS is reached as the environment says, and not before a
    /// connection needs it.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: secret.into(), client: OnceCell::new(), kept: Mutex::default() }
    }

    /// The same, with AWS reached as `settings` say.
    #[must_use]
    pub fn with_settings(secret: impl Into<String>, settings: &SdkConfig) -> Self {
        Self { client: OnceCell::new_with(Some(Client::new(settings))), ..Self::new(secret) }
    }

    async fn ask(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        let client = self.client.get_or_init(async || Client::new(&settings().await)).await;
        let current = self.version(client, CURRENT).await?.ok_or_else(|| {
            Error::unavailable("the secret of a login has no value").with_source(self.secret.clone())
        })?;
        if refused != Some(&current) {
            return Ok(current);
        }
        // In the midst of a rotation the database has the next password already, and the secret will follow.
        Ok(self.version(client, "AWSPENDING").await?.unwrap_or(current))
    }

    async fn version(&self, client: &Client, stage: &str) -> Result<Option<Credentials>> {
        Ok(read(client, &self.secret, stage).await?.as_ref().map(LoginValue::credentials))
    }
}

#[async_trait]
impl CredentialsProvider for SecretLogin {
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials> {
        let mut kept = self.kept.lock().await;
        if let Some(known) = kept.as_ref().filter(|known| Some(*known) != refused) {
            return Ok(known.clone());
        }
        let next = self.ask(refused).await?;
        tracing::info!(secret = self.secret, user = next.user, anew = refused.is_some(), "login read");
        *kept = Some(next.clone());
        Ok(next)
    }
}

impl fmt::Debug for SecretLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretLogin").field("secret", &self.secret).finish_non_exhaustive()
    }
}
