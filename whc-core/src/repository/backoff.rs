//! Backoff: how long to wait before the next attempt.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Growing, random pauses after failures, so that many processes do not try at the same time.
pub(super) struct Backoff {
    longest: Duration,
    /// How many attempts failed since the latest success.
    failures: u32,
    random: RandomState,
}

impl Backoff {
    pub(super) fn new(longest: Duration) -> Self {
        Self { longest, failures: 0, random: RandomState::new() }
    }

    /// Starts again with the shortest pause.
    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// How long to wait after one more failure.
    pub(super) fn failed(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        // An eighth, a quarter, a half, the whole.
        let longest = self.longest / (8 >> (self.failures - 1).min(3));
        let half = longest / 2;
        half + half.mul_f64(part_of_one(self.random.hash_one(self.failures)))
    }
}

/// A number from 0 to 1 made of random bits.
fn part_of_one(bits: u64) -> f64 {
    let [a, b, ..] = bits.to_be_bytes();
    f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX)
}
