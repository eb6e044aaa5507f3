//! Logins of the database: one user who gets a new password, or two who take turns.

use std::sync::Arc;

use aws_config::SdkConfig;
use whc_aws::{LoginValue, SecretLogin};
use whc_core::config::DatabaseConfig;
use whc_core::{Error, Logins, Result, async_trait};

use super::secrets::Secrets;
use super::subject::Subject;
use super::{RotationConfig, RotationStrategy};

/// The suffix of the second of two users, as in AWS's own rotations.
const TWIN: &str = "_clone";

#[derive(Debug)]
pub(super) struct DatabaseLogins {
    logins: Logins,
    strategy: RotationStrategy,
}

impl DatabaseLogins {
    /// Logins of this database, which the user of the master's secret may change.
    pub(super) fn new(
        config: &RotationConfig,
        database: &DatabaseConfig,
        settings: &SdkConfig,
    ) -> Result<Self> {
        database.expect_encrypted("MASTER_SECRET_ARN")?;
        let mut database = database.clone();
        database.provider = Some(Arc::new(SecretLogin::with_settings(&config.master_secret, settings)));
        Ok(Self { logins: Logins::new(&database), strategy: config.strategy })
    }

    /// The user of the next password.
    fn next_user(&self, user: &str) -> String {
        match (self.strategy, user.strip_suffix(TWIN)) {
            (RotationStrategy::Single, _) => user.to_owned(),
            (RotationStrategy::Alternating, Some(original)) => original.to_owned(),
            (RotationStrategy::Alternating, None) => format!("{user}{TWIN}"),
        }
    }
}

#[async_trait]
impl Subject for DatabaseLogins {
    async fn next(&self, secrets: &Secrets, current: &str) -> Result<String> {
        let current = LoginValue::parse(current)?;
        let (user, password) = (self.next_user(current.user()), secrets.make_up(40).await?);
        tracing::info!(user, "a password was made up");
        Ok(current.with(&user, &password).to_json())
    }

    async fn put_in_force(&self, current: &str, pending: &str) -> Result<()> {
        let (current, pending) = (LoginValue::parse(current)?, LoginValue::parse(pending)?);
        let (user, login) = (pending.user(), pending.credentials());
        // Else anybody who can write the secret could have the password of any user changed.
        if user != self.next_user(current.user()) {
            let whose = format!("the pending version is for {user}, who does not follow {}", current.user());
            return Err(Error::refused(whose));
        }
        if self.logins.try_out(&login).await.is_ok() {
            return Ok(());
        }
        match user.strip_suffix(TWIN) {
            Some(original) if self.strategy == RotationStrategy::Alternating => {
                self.logins.set_twin_password(original, &login).await?;
            }
            _ => self.logins.set_password(&login).await?,
        }
        tracing::info!(user, "the database has the new password");
        Ok(())
    }

    async fn try_out(&self, value: &str) -> Result<()> {
        self.logins.try_out(&LoginValue::parse(value)?.credentials()).await.map(drop)
    }

    fn is_taken_at_start(&self) -> bool {
        // Programs that ask for it themselves outlive a rotation; others of the service may not.
        true
    }
}
