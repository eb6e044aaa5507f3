//! Following the source in a process that lives: ask, sleep, ask again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::SnapshotSites;

impl SnapshotSites {
    /// Asks the source every so often whether it has moved, for as long as this future runs. `sleep` waits, as
    /// `tokio::time::sleep` does.
    ///
    /// After a failure it asks sooner, then ever later up to `every`, at random moments so that many processes do not
    /// ask at the same one. So an outage is over for readers as soon as for the source.
    pub async fn watch<S>(&self, every: Duration, sleep: impl Fn(Duration) -> S)
    where
        S: Future<Output = ()>,
    {
        let mut pace = Pace { every, failures: 0, random: RandomState::new() };
        loop {
            let succeeded = self.refresh().await.is_ok();
            sleep(pace.after(succeeded)).await;
        }
    }
}

/// How long to wait for the next check.
struct Pace {
    every: Duration,
    /// How many checks failed since the latest that did not.
    failures: u32,
    random: RandomState,
}

impl Pace {
    fn after(&mut self, succeeded: bool) -> Duration {
        if succeeded {
            self.failures = 0;
            return self.every;
        }
        self.failures = self.failures.saturating_add(1);
        // An eighth, a quarter, a half, the whole.
        let longest = self.every / (8 >> (self.failures - 1).min(3));
        let half = longest / 2;
        half + half.mul_f64(part_of_one(self.random.hash_one(self.failures)))
    }
}

/// A number from 0 to 1, evenly for even bits.
fn part_of_one(bits: u64) -> f64 {
    let [a, b, ..] = bits.to_be_bytes();
    f64::from(u16::from_be_bytes([a, b])) / f64::from(u16::MAX)
}
