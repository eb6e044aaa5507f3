//! Following the source in a process that lives: ask, sleep, ask again.

use std::time::Duration;

use super::ReplicatedSites;
use crate::future::first;
use crate::repository::backoff::Backoff;

/// The least time between two checks that hints asked for. A source that changes all the time is not read all the time.
const BREATH: Duration = Duration::from_millis(100);

impl ReplicatedSites {
    /// Asks the source every so often whether it has moved, for as long as this future runs. `sleep` waits, as
    /// `tokio::time::sleep` does; a [`hint`](Self::hint) wakes it.
    ///
    /// After a failure it asks sooner, then ever later up to `every`, at random moments so that many processes do not
    /// ask at the same one. So an outage is over for readers as soon as for the source.
    pub async fn watch<S>(&self, every: Duration, sleep: impl Fn(Duration) -> S)
    where
        S: Future<Output = ()>,
    {
        let mut backoff = Backoff::new(every);
        let mut hinted = false;
        loop {
            // Before the check: what is hinted at while it runs may have come too late for it.
            let hint = self.hints.listen();
            let pause = match self.refresh().await {
                Ok(()) => {
                    backoff.succeeded();
                    every
                }
                Err(_) => backoff.failed(),
            };
            if hinted {
                sleep(BREATH.min(every)).await;
            }
            hinted = first(hint, sleep(pause)).await.is_some();
        }
    }

    /// Says that the source may have moved: whoever watches asks now, not when the time has come. A hint that is lost
    /// costs time, one too many a question.
    pub fn hint(&self) {
        self.hints.notify(usize::MAX);
    }
}
