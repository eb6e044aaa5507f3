//! How long sessions last.

use std::time::Duration;

use super::Variables;
use crate::error::{Error, Result};

const IDLE: &str = "SESSION_IDLE_SECONDS";
const LIFETIME: &str = "SESSION_LIFETIME_SECONDS";

/// How long a login lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionConfig {
    /// `SESSION_IDLE_SECONDS`: without any use. 12 hours.
    pub idle: Duration,
    /// `SESSION_LIFETIME_SECONDS`: whatever its use. 7 days.
    pub lifetime: Duration,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self { idle: Duration::from_hours(12), lifetime: Duration::from_hours(7 * 24) }
    }
}

impl SessionConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        Ok(Self {
            idle: duration(variables, IDLE)?.unwrap_or(default.idle),
            lifetime: duration(variables, LIFETIME)?.unwrap_or(default.lifetime),
        })
    }
}

/// Whole seconds, at least a minute and at most a year: a slip with a zero would log everybody out, or nobody.
fn duration(variables: &Variables<'_>, name: &str) -> Result<Option<Duration>> {
    const EXPECTED: &str = "a number of seconds from 60 (a minute) to 31536000 (a year)";
    let seconds: Option<u64> = variables.parse(name, EXPECTED)?;
    match seconds {
        Some(seconds) if !(60..=31_536_000).contains(&seconds) => {
            let shown = seconds.to_string();
            Err(Error::invalid(format!("{name} must be {EXPECTED}, not \"{shown}\"")))
        }
        seconds => Ok(seconds.map(Duration::from_secs)),
    }
}
