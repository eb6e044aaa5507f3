//! Updates in a process that is frozen between requests: a check before a request, with a deadline.

use std::time::Duration;

use super::ReplicatedSites;
use crate::future::first;

impl ReplicatedSites {
    /// Checks the source if the last attempt is at least `age` ago, and returns when the check has finished or `deadline`
    /// resolves, say `tokio::time::sleep(…)`. To be called before a request is answered.
    ///
    /// Never fails: the old snapshot stays. Of several callers one checks while the others go on with the old snapshot;
    /// only where there is none yet, all of them wait and every call checks. A check that the deadline interrupts is
    /// continued by later calls.
    pub async fn refresh_if_older_than(&self, age: Duration, deadline: impl Future<Output = ()>) {
        if self.current.load().is_none() {
            first(self.refresh(), deadline).await;
        } else if self.begin_try(age)
            && let Some(mut running) = self.running.try_lock()
        {
            first(self.drive(&mut running), deadline).await;
        }
    }

    /// Whether the caller should check now. True for one caller only in each interval of `age`.
    fn begin_try(&self, age: Duration) -> bool {
        let now = self.clock.instant();
        let mut log = self.log();
        let latest = log.tried.max(log.begun);
        let due = latest.is_none_or(|latest| now.saturating_duration_since(latest) >= age);
        if due {
            log.tried = Some(now);
        }
        due
    }
}
