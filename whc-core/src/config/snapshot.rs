//! How the snapshot in memory follows the database.

use std::str::FromStr;
use std::time::Duration;

use super::Variables;
use crate::error::{Error, Result};

/// How the snapshot in memory follows the database. Without a database it means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SnapshotConfig {
    /// `SNAPSHOT_POLL_SECONDS`: how often the version of the database is checked. 1 s.
    pub poll: Duration,
    /// `SNAPSHOT_START`: what to do while the database does not answer at the start. Wait.
    pub start: SnapshotStart,
    /// `SNAPSHOT_MAX_LOSS_PERCENT`: after a change by which more of the sites are gone the snapshot before it stays. 50.
    pub max_loss_percent: u8,
    /// Whether indexes and texts are built before a snapshot is shown, so that no request waits for them. True; no variable
    /// changes it. A function, whose start a client waits for, has each built when a request first needs it.
    pub prepare: bool,
}

/// Half: no year takes that many sites from the list, and a truncated table takes more.
pub(crate) const DEFAULT_MAX_LOSS_PERCENT: u8 = 50;

/// What to do while there is no snapshot yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotStart {
    /// `wait`: keep trying; until then reads fail and the service is not ready.
    #[default]
    Wait,
    /// `fail`: end the start with the error.
    Fail,
    /// `embedded`: answer from the facts compiled in, and say so, until the database answers.
    Embedded,
}

impl Default for SnapshotConfig {
    fn default() -> Self {
        let (poll, start) = (Duration::from_secs(1), SnapshotStart::default());
        Self { poll, start, max_loss_percent: DEFAULT_MAX_LOSS_PERCENT, prepare: true }
    }
}

impl SnapshotConfig {
    pub(super) fn read(variables: &Variables<'_>) -> Result<Self> {
        let default = Self::default();
        let poll = variables.seconds("SNAPSHOT_POLL_SECONDS")?.unwrap_or(default.poll);
        if !(Duration::from_millis(50)..=Duration::from_hours(1)).contains(&poll) {
            let expected = "from 0.05 to 3600 seconds";
            return Err(Variables::unreadable(
                "SNAPSHOT_POLL_SECONDS",
                &poll.as_secs_f64().to_string(),
                expected,
            ));
        }
        let start = variables.parse("SNAPSHOT_START", SnapshotStart::EXPECTED)?.unwrap_or(default.start);
        let max_loss_percent = max_loss_percent(variables)?.unwrap_or(default.max_loss_percent);
        Ok(Self { poll, start, max_loss_percent, ..default })
    }
}

fn max_loss_percent(variables: &Variables<'_>) -> Result<Option<u8>> {
    let (name, expected) = ("SNAPSHOT_MAX_LOSS_PERCENT", "a whole number from 0 to 100");
    match variables.parse::<u8>(name, expected)? {
        Some(percent) if percent > 100 => Err(Variables::unreadable(name, &percent.to_string(), expected)),
        percent => Ok(percent),
    }
}

impl SnapshotStart {
    const EXPECTED: &str = "wait, fail or embedded";
}

impl FromStr for SnapshotStart {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "wait" => Ok(Self::Wait),
            "fail" => Ok(Self::Fail),
            "embedded" => Ok(Self::Embedded),
            _ => Err(Variables::unreadable("SNAPSHOT_START", text, Self::EXPECTED)),
        }
    }
}
