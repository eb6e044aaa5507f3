//! Updates in a process that runs all the time: check, sleep, check again.

use std::time::Duration;

use super::ReplicatedSites;
use crate::future::first;
use crate::repository::backoff::Backoff;

/// The least time between two checks caused by hints, so that a source that changes all the time is not read all the time.
const HINT_INTERVAL: Duration = Duration::from_millis(100);

impl ReplicatedSites {
    /// Checks the source every `every`, for as long as this future runs. `sleep` waits, as `tokio::time::sleep` does; a
    /// [`hint`](Self::hint) ends the wait.
    ///
    /// After a failure it checks sooner, with random pauses that grow up to `every`, so that many processes do not check
    /// at the same time and readers see the end of an outage soon.
    pub async fn watch<S>(&self, every: Duration, sleep: impl Fn(Duration) -> S)
    where
        S: Future<Output = ()>,
    {
        let mut backoff = Backoff::new(every);
        let mut hinted = false;
        loop {
            // Registered before the check: a hint during the check may be about a change that it did not see.
            let hint = self.hints.listen();
            let pause = match self.refresh().await {
                Ok(()) => {
                    backoff.succeeded();
                    every
                }
                Err(_) => backoff.failed(),
            };
            if hinted {
                sleep(HINT_INTERVAL.min(every)).await;
            }
            hinted = first(hint, sleep(pause)).await.is_some();
        }
    }

    /// Makes [`watch`](Self::watch) check now, since the source may have changed. A lost hint delays the update until the
    /// next poll, and one too many costs a check.
    pub fn hint(&self) {
        self.hints.notify(usize::MAX);
    }
}
