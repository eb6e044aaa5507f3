//! New passwords, tokens and keys, in the four steps of Secrets Manager.
//!
//! Every step looks at the present state before it does anything, so that it can be repeated at any time.

mod cache;
mod config;
mod database;
mod secrets;
mod service;
mod session_keys;
mod subject;

use aws_config::SdkConfig;
use lambda_runtime::{Diagnostic, LambdaEvent};
use serde::Deserialize;
use tracing::Instrument as _;
use whc_aws::LoginValue;
use whc_core::config::{DatabaseConfig, ValkeyConfig};
use whc_core::{Error, Result};

use self::cache::CacheTokens;
pub use self::config::{Config, EcsService, RotationConfig, RotationStrategy};
use self::database::DatabaseLogins;
use self::secrets::{Secrets, Standing};
use self::service::Service;
use self::session_keys::SessionKeys;
use self::subject::Subject;

/// The event of Secrets Manager.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Order {
    /// The step.
    pub step: Step,
    /// The secret, by ARN.
    pub secret_id: String,
    /// The version the new value is for.
    pub client_request_token: String,
}

/// The steps, in their order.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Make up a value and write it into the pending version.
    CreateSecret,
    /// Have it accepted: by the database, by the cache.
    SetSecret,
    /// Log in with it.
    TestSecret,
    /// Make the pending version the current one, and have the service start anew where it takes the value at its start.
    FinishSecret,
}

/// The function that rotates. Made once for each sandbox.
#[derive(Debug)]
pub struct Rotation {
    secrets: Secrets,
    database: DatabaseLogins,
    cache: Option<CacheTokens>,
    session_keys: Option<(String, SessionKeys)>,
    service: Option<Service>,
}

impl Rotation {
    /// Rotates logins of this database, which the user of the master's secret may change, and keys of sessions.
    ///
    /// # Errors
    /// The connections are not verified, so another host could receive the master's password.
    pub fn new(config: &RotationConfig, database: &DatabaseConfig, settings: &SdkConfig) -> Result<Self> {
        let keys = || SessionKeys::new(config.session_lifetime, config.keys_settle);
        Ok(Self {
            secrets: Secrets::new(settings),
            database: DatabaseLogins::new(config, database, settings)?,
            cache: None,
            session_keys: config.session_keys.clone().map(|secret| (secret, keys())),
            service: config.service.clone().map(|service| Service::new(service, settings)),
        })
    }

    /// The same, for tokens of this cache too.
    ///
    /// # Errors
    /// The connections are not verified.
    pub fn with_cache(self, cache: &ValkeyConfig, settings: &SdkConfig) -> Result<Self> {
        Ok(Self { cache: Some(CacheTokens::new(cache, settings)?), ..self })
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
        let next = self.subject(order, &current)?.next(&self.secrets, &current).await?;
        self.secrets.put(order, &next).await
    }

    async fn set(&self, order: &Order) -> Result<()> {
        let (current, pending) =
            (self.secrets.expect_current(order).await?, self.expect_pending(order).await?);
        self.subject(order, &current)?.put_in_force(&current, &pending).await
    }

    /// When a schedule is set up that begins later, Secrets Manager calls this step alone, as a trial, with a version that
    /// it deletes afterwards. If that version has no value, the current one is tried.
    async fn test(&self, order: &Order) -> Result<()> {
        let current = self.secrets.expect_current(order).await?;
        let value = self.secrets.pending(order).await?;
        self.subject(order, &current)?.try_out(value.as_ref().unwrap_or(&current)).await
    }

    async fn finish(&self, order: &Order, standing: Standing) -> Result<()> {
        if let Standing::Pending { current } = standing {
            self.expect_pending(order).await?;
            self.secrets.make_current(order, &current).await?;
            tracing::info!("the new value is the current one");
        }
        let is_taken_at_start =
            self.subject(order, &self.secrets.expect_current(order).await?)?.is_taken_at_start();
        let Some(service) = self.service.as_ref().filter(|_| is_taken_at_start) else { return Ok(()) };
        // The rotation itself is done and stays. The failure of this step raises the alarm, and the next try repeats it.
        let anew = service.deploy_since(self.secrets.changed(order).await?).await;
        anew.map_err(|error| {
            error.within("the secret is rotated, but the service still runs on the last value")
        })
    }

    async fn expect_pending(&self, order: &Order) -> Result<String> {
        let pending = self.secrets.pending(order).await?;
        pending.ok_or_else(|| Error::refused("the pending version has no value: createSecret comes first"))
    }

    /// What kind of secret this is: keys by its name, logins by what it says they are for.
    fn subject(&self, order: &Order, current: &str) -> Result<&dyn Subject> {
        if let Some((secret, keys)) = &self.session_keys
            && *secret == order.secret_id
        {
            return Ok(keys);
        }
        if LoginValue::parse(current)?.engine() != "valkey" {
            return Ok(&self.database);
        }
        let missing = || Error::refused("a login of Valkey cannot be rotated: VALKEY_HOST is not set here");
        self.cache.as_ref().map(|cache| cache as _).ok_or_else(missing)
    }
}
