//! How current the data of a replica are.

use std::time::{Duration, SystemTime};

use super::Version;

/// How current the data are of a repository with a snapshot of another one. The default is that before any check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Freshness {
    /// The version of the snapshot; `None` before the first one.
    pub version: Option<Version>,
    /// Whether that is the embedded list, in place of a source that has not answered yet.
    pub embedded: bool,
    /// How many sites there are in it.
    pub sites: usize,
    /// When the snapshot was loaded.
    pub loaded: Option<SystemTime>,
    /// How long ago the latest successful check began.
    pub age: Option<Duration>,
    /// Why the latest check failed; `None` if it did not.
    pub failure: Option<String>,
    /// The numbers of checks so far.
    pub checks: Checks,
}

/// How many checks of the source's version there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checks {
    /// Those in which it answered and its data could be read.
    pub succeeded: u64,
    /// All others.
    pub failed: u64,
}
