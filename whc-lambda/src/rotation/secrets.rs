//! The requests of the rotation to Secrets Manager.

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use aws_sdk_secretsmanager::primitives::DateTime;
use whc_aws::{CURRENT, failed, read_text};
use whc_core::{Error, Result};

use super::Order;

const PENDING: &str = "AWSPENDING";

#[derive(Debug)]
pub(super) struct Secrets {
    client: Client,
}

/// The stage of the version that is being rotated.
pub(super) enum Standing {
    /// It is pending, beside the current version with this id.
    Pending { current: String },
    /// It is the current one already.
    Current,
}

impl Secrets {
    pub(super) fn new(settings: &SdkConfig) -> Self {
        Self { client: Client::new(settings) }
    }

    /// The stage of the version, if it is being rotated.
    pub(super) async fn standing(&self, order: &Order) -> Result<Standing> {
        let secret = self.describe(order).await?;
        if secret.rotation_enabled != Some(true) {
            return Err(Error::refused("the rotation of this secret is turned off"));
        }
        let versions = secret.version_ids_to_stages.unwrap_or_default();
        let has = |stages: &[String], wanted: &str| stages.iter().any(|stage| stage == wanted);
        let Some(stages) = versions.get(&order.client_request_token) else {
            return Err(Error::refused("the secret has no such version"));
        };
        if has(stages, CURRENT) {
            return Ok(Standing::Current);
        }
        if !has(stages, PENDING) {
            return Err(Error::refused("the version is not pending"));
        }
        let current = versions.into_iter().find(|(_, stages)| has(stages, CURRENT));
        let (current, _) = current.ok_or_else(|| Error::refused("the secret has no current version"))?;
        Ok(Standing::Pending { current })
    }

    pub(super) async fn expect_current(&self, order: &Order) -> Result<String> {
        let current = read_text(&self.client, &order.secret_id, CURRENT).await?;
        current.ok_or_else(|| Error::refused("the current version has no value"))
    }

    /// The value of the pending version.
    pub(super) async fn pending(&self, order: &Order) -> Result<Option<String>> {
        read_text(&self.client, &order.secret_id, PENDING).await
    }

    /// So many random letters and digits, which need no escape anywhere.
    pub(super) async fn make_up(&self, length: i64) -> Result<String> {
        let made = self.client.get_random_password().password_length(length).exclude_punctuation(true).send();
        let made = made.await.map_err(|error| failed("no password can be made up", &error))?;
        let password = made.random_password.filter(|password| !password.is_empty());
        password.ok_or_else(|| Error::unavailable("no password can be made up"))
    }

    pub(super) async fn put(&self, order: &Order, value: &str) -> Result<()> {
        let put = self.client.put_secret_value().secret_id(&order.secret_id).secret_string(value);
        let put = put.client_request_token(&order.client_request_token).version_stages(PENDING).send().await;
        put.map(drop).map_err(|error| failed("the pending version cannot be written", &error))
    }

    pub(super) async fn make_current(&self, order: &Order, last: &str) -> Result<()> {
        let moved = self.client.update_secret_version_stage().secret_id(&order.secret_id);
        let moved = moved.version_stage(CURRENT).move_to_version_id(&order.client_request_token);
        let moved = moved.remove_from_version_id(last).send().await;
        moved.map(drop).map_err(|error| failed("the version cannot be made the current one", &error))
    }

    /// When the secret was last changed.
    pub(super) async fn changed(&self, order: &Order) -> Result<Option<DateTime>> {
        Ok(self.describe(order).await?.last_changed_date)
    }

    async fn describe(&self, order: &Order) -> Result<DescribeSecretOutput> {
        let secret = self.client.describe_secret().secret_id(&order.secret_id).send().await;
        secret.map_err(|error| failed("the secret cannot be described", &error))
    }
}
