//! New passwords for the users of the database, in the four steps of Secrets Manager.
//!
//! Every step looks at the present state before it does anything, so that it can be repeated at any time.

mod config;
mod secrets;
mod service;

use std::sync::Arc;

use aws_config::SdkConfig;
use lambda_runtime::{Diagnostic, LambdaEvent};
use serde::Deserialize;
use tracing::Instrument as _;
use whc_aws::{LoginValue, SecretLogin};
use whc_core::config::DatabaseConfig;
use whc_core::{Error, Logins, Result};

pub use self::config::{Config, EcsService, RotationConfig, RotationStrategy};
use self::secrets::{Secrets, Standing};
use self::service::Service;

/// The event of Secrets Manager.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Order {
    /// The step.
    pub step: Step,
    /// The secret, by ARN.
    pub secret_id: String,
    /// The version the new password is for.
    pub client_request_token: String,
}

/// The steps, in their order.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Generate a password and write it into the pending version.
    CreateSecret,
    /// Set it in the database.
    SetSecret,
    /// Log in with it.
    TestSecret,
    /// Make the pending version the current one, and have the service start anew.
    FinishSecret,
}

/// The function that rotates. Made once for each sandbox.
#[derive(Debug)]
pub struct Rotation {
    secrets: Secrets,
    logins: Logins,
    service: Option<Service>,
    strategy: RotationStrategy,
}

impl Rotation {
    /// Rotates logins of this database, which the user of the master's secret may change.
    ///
    /// # Errors
    /// The connections are not verified, so another host could receive the master's password.
    pub fn new(config: &RotationConfig, database: &DatabaseConfig, settings: &SdkConfig) -> Result<Self> {
        database.expect_encrypted("MASTER_SECRET_ARN")?;
        let mut database = database.clone();
        database.provider = Some(Arc::new(SecretLogin::with_settings(&config.master_secret, settings)));
        Ok(Self {
            secrets: Secrets::new(settings),
            logins: Logins::new(&database),
            service: config.service.clone().map(|service| Service::new(service, settings)),
            strategy: config.strategy,
        })
    }

    /// Runs the step of an event.
    ///
    /// # Errors
    /// Why it failed. Secrets Manager tries again later.
    pub async fn invoke(&self, event: LambdaEvent<Order>) -> Result<(), Diagnostic> {
        let (order, id) = (event.payload, event.context.request_id);
        let Order { step, secret_id, client_request_token } = &order;
        let span = tracing::info_span!("rotation", ?step, secret_id, version = client_request_token, id);
        self.carry_out(&order).instrument(span.clone()).await.map_err(|error| {
            span.in_scope(|| tracing::error!(error = error.report(), "the step failed"));
            Diagnostic { error_type: "RotationFailed".to_owned(), error_message: error.report() }
        })
    }

    /// Runs a step.
    ///
    /// # Errors
    /// Why it failed. A secret that is not being rotated is refused.
    pub async fn carry_out(&self, order: &Order) -> Result<()> {
        let standing = self.secrets.standing(order).await?;
        match (order.step, standing) {
            (Step::FinishSecret, standing) => self.finish(order, standing).await,
            (_, Standing::Current) => Ok(()),
            (Step::CreateSecret, _) => self.create(order).await,
            (Step::SetSecret, _) => self.set(order).await,
            (Step::TestSecret, _) => self.test(order).await,
        }
    }

    async fn create(&self, order: &Order) -> Result<()> {
        if self.secrets.pending(order).await?.is_some() {
            return Ok(());
        }
        let current = self.secrets.expect_current(order).await?;
        let (user, password) = (self.next_user(current.user()), self.secrets.make_up_password().await?);
        tracing::info!(user, "a password was made up");
        self.secrets.put(order, &current.with(&user, &password)).await
    }

    async fn set(&self, order: &Order) -> Result<()> {
        let (current, pending) =
            (self.secrets.expect_current(order).await?, self.expect_pending(order).await?);
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

    /// When a schedule is set up that begins later, Secrets Manager calls this step alone, as a trial, with a version that
    /// it deletes afterwards. If that version has no value, the current login is tried.
    async fn test(&self, order: &Order) -> Result<()> {
        let login = match self.secrets.pending(order).await? {
            Some(pending) => pending,
            None => self.secrets.expect_current(order).await?,
        };
        self.logins.try_out(&login.credentials()).await.map(drop)
    }

    async fn finish(&self, order: &Order, standing: Standing) -> Result<()> {
        if let Standing::Pending { current } = standing {
            self.expect_pending(order).await?;
            self.secrets.make_current(order, &current).await?;
            tracing::info!("the new password is the current one");
        }
        let Some(service) = &self.service else { return Ok(()) };
        // The rotation itself is done and stays. The failure of this step raises the alarm, and the next try repeats it.
        let anew = service.deploy_since(self.secrets.changed(order).await?).await;
        anew.map_err(|error| error.within("the password is rotated, but the service still runs on the last"))
    }

    async fn expect_pending(&self, order: &Order) -> Result<LoginValue> {
        let pending = self.secrets.pending(order).await?;
        pending.ok_or_else(|| Error::refused("the pending version has no value: createSecret comes first"))
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

/// The suffix of the second of two users, as in AWS's own rotations.
const TWIN: &str = "_clone";
