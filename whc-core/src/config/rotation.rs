//! What the function that rotates passwords is told.

use std::str::FromStr;

use super::Variables;
use crate::error::{Error, Result};

/// What the function that rotates passwords is told. Other programs have no use for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RotationConfig {
    /// `MASTER_SECRET_ARN`: the secret of a user who may give others a password, by ARN or name.
    pub master_secret: String,
    /// `ROTATION_STRATEGY`: how many users share a secret. Single.
    pub strategy: RotationStrategy,
    /// `ECS_CLUSTER` and `ECS_SERVICE`: whose tasks are replaced after a rotation; nobody's where they are not set.
    pub service: Option<EcsService>,
}

/// How many users share a secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RotationStrategy {
    /// `single`: one, who gets a new password.
    #[default]
    Single,
    /// `alternating`: two that take turns, so that the one before is good until the next rotation.
    Alternating,
}

/// A service of ECS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcsService {
    /// The cluster it runs in, by name or ARN.
    pub cluster: String,
    /// The service, by name or ARN.
    pub service: String,
}

impl RotationConfig {
    /// A rotation by the user of this secret, of single users and without a service.
    #[must_use]
    pub fn new(master_secret: impl Into<String>) -> Self {
        let master_secret = master_secret.into();
        Self { master_secret, strategy: RotationStrategy::default(), service: None }
    }

    pub(super) fn read(variables: &Variables<'_>) -> Result<Option<Self>> {
        let Some(master_secret) = variables.text(MASTER) else { return Ok(None) };
        let strategy = variables.parse("ROTATION_STRATEGY", RotationStrategy::EXPECTED)?.unwrap_or_default();
        let service = match (variables.text("ECS_CLUSTER"), variables.text("ECS_SERVICE")) {
            (Some(cluster), Some(service)) => Some(EcsService { cluster, service }),
            (None, None) => None,
            _ => return Err(Error::invalid("ECS_CLUSTER and ECS_SERVICE are set together or not at all")),
        };
        Ok(Some(Self { strategy, service, ..Self::new(master_secret.trim()) }))
    }
}

pub(super) const MASTER: &str = "MASTER_SECRET_ARN";

impl RotationStrategy {
    const EXPECTED: &str = "single or alternating";
}

impl FromStr for RotationStrategy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "single" => Ok(Self::Single),
            "alternating" => Ok(Self::Alternating),
            _ => Err(Error::invalid(format!("a strategy is {}, not \"{text}\"", Self::EXPECTED))),
        }
    }
}
