//! How current the answers of a repository are that does not ask its source each time.

use std::time::{Duration, SystemTime};

use super::Version;

/// How current the answers are of a repository that keeps a snapshot of another one. The default knows of nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Freshness {
    /// The version answered from; `None` before the first snapshot.
    pub version: Option<Version>,
    /// Whether that is the list compiled in, standing in for a source that has not answered yet.
    pub embedded: bool,
    /// How many sites there are in it.
    pub sites: usize,
    /// When the snapshot was made.
    pub loaded: Option<SystemTime>,
    /// How long ago the source was asked, and answered, whether this is still its version.
    pub age: Option<Duration>,
    /// Why the latest attempt to ask failed, or why what it found is not shown; `None` if all is well.
    pub failure: Option<String>,
    /// How the attempts to ask went so far.
    pub checks: Checks,
}

/// How often the source was asked whether it has moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checks {
    /// It answered, and what it has could be read.
    pub succeeded: u64,
    /// It did not.
    pub failed: u64,
}
