//! What became of the checks so far, and of what readers see.

use std::time::{Instant, SystemTime};

use super::load::Refused;
use crate::error::{Error, Result};
use crate::repository::Checks;

/// Where the snapshot that readers see came from.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) loaded: SystemTime,
    pub(super) embedded: bool,
}

/// What became of the checks so far.
#[derive(Default)]
pub(super) struct Log {
    /// Of what readers see: changed together with it.
    pub(super) origin: Option<Origin>,
    /// How many checks have begun, and the number of the latest that came to an end.
    pub(super) started: u64,
    pub(super) finished: u64,
    /// When the latest finished check began: it saw what was true then.
    pub(super) begun: Option<Instant>,
    /// The same of the latest that succeeded.
    pub(super) passed: Option<Instant>,
    pub(super) checks: Checks,
    /// Why the latest failed.
    pub(super) failure: Option<Error>,
    /// What the source had last and was not shown.
    pub(super) refused: Option<Refused>,
    /// When sites were last read from the source.
    pub(super) looked: Option<Instant>,
    /// When a request last set out to check.
    pub(super) tried: Option<Instant>,
}

impl Log {
    /// Counts a check; returns why the one before it failed, where it did.
    pub(super) fn note(&mut self, begun: Instant, outcome: &Result<bool>) -> Option<String> {
        let before = self.failure.take().map(|failure| failure.to_string());
        match outcome {
            Ok(looked) => {
                self.passed = Some(begun);
                self.checks.succeeded += 1;
                self.looked = if *looked { Some(begun) } else { self.looked };
            }
            Err(error) => {
                self.checks.failed += 1;
                self.failure = Some(error.again());
            }
        }
        before
    }
}
