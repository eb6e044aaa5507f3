//! Tokens of users of Valkey in ElastiCache: two count at a time, so that nobody is refused in between.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_elasticache::Client;
use tokio::time::{Instant, sleep};
use whc_aws::{LoginValue, failed};
use whc_core::config::{SecretKeys, ValkeyConfig};
use whc_core::{Error, Result, Valkey, async_trait};

use super::secrets::Secrets;
use super::subject::Subject;

/// How long `ElastiCache` may take to have a token accepted, within the time of the function.
const PATIENCE: Duration = Duration::from_secs(45);
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct CacheTokens {
    client: Client,
    place: ValkeyConfig,
}

impl CacheTokens {
    /// Tokens of users of this cache.
    pub(super) fn new(cache: &ValkeyConfig, settings: &SdkConfig) -> Result<Self> {
        cache.expect_encrypted("a rotation of tokens")?;
        Ok(Self { client: Client::new(settings), place: cache.clone() })
    }

    /// Gives a user, whose id is its name, these tokens and no others.
    async fn set(&self, user: &str, tokens: [String; 2]) -> Result<()> {
        let modified = self.client.modify_user().user_id(user).set_passwords(Some(tokens.to_vec())).send();
        let modified =
            modified.await.map_err(|error| failed("ElastiCache does not take the token", &error))?;
        tracing::info!(user, status = modified.status, "ElastiCache takes the new token beside the last");
        Ok(())
    }

    async fn log_in(&self, value: &LoginValue) -> Result<()> {
        let login = value.credentials();
        let mut place = self.place.clone();
        (place.user, place.password, place.provider) = (login.user, login.password, None);
        // Nothing is kept there, so nothing is signed.
        Valkey::new(&place, &SecretKeys::for_development())?.ready().await
    }
}

#[async_trait]
impl Subject for CacheTokens {
    async fn next(&self, secrets: &Secrets, current: &str) -> Result<String> {
        let current = LoginValue::parse(current)?;
        let (user, token) = (current.user().to_owned(), secrets.make_up(64).await?);
        tracing::info!(user, "a token was made up");
        Ok(current.with(&user, &token).to_json())
    }

    async fn put_in_force(&self, current: &str, pending: &str) -> Result<()> {
        let (current, pending) = (LoginValue::parse(current)?, LoginValue::parse(pending)?);
        let user = pending.user();
        if user != current.user() {
            let whose = format!("the pending version is for {user}, and the secret for {}", current.user());
            return Err(Error::refused(whose));
        }
        if self.log_in(&pending).await.is_ok() {
            return Ok(());
        }
        self.set(user, [current.password().to_owned(), pending.password().to_owned()]).await?;
        let end = Instant::now() + PATIENCE;
        loop {
            match self.log_in(&pending).await {
                Err(_) if Instant::now() < end => sleep(PAUSE).await,
                outcome => return outcome.map_err(|error| error.within("the cache does not take it yet")),
            }
        }
    }

    async fn try_out(&self, value: &str) -> Result<()> {
        self.log_in(&LoginValue::parse(value)?).await
    }

    fn is_taken_at_start(&self) -> bool {
        // Programs ask for the login themselves, once more where it is refused; and the last one counts meanwhile.
        false
    }
}
