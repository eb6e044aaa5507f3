//! Following the source in a process that is frozen between requests: ask on the way in, and not for long.

use std::time::Duration;

use super::ReplicatedSites;
use crate::future::first;

impl ReplicatedSites {
    /// Asks the source whether it has moved, if the last attempt is at least `age` ago, and returns when that is known
    /// or `deadline` comes, say `tokio::time::sleep(…)`. To be called before a request is answered.
    ///
    /// Never fails: the old snapshot answers. Of several callers one asks while the others go on with the old snapshot;
    /// only where there is none yet they all wait, and every call tries. A check the deadline cut short is
    /// finished by later calls.
    pub async fn refresh_if_older_than(&self, age: Duration, deadline: impl Future<Output = ()>) {
        if self.current.get().is_none() {
            first(self.refresh(), deadline).await;
        } else if self.begin_try(age)
            && let Some(mut turn) = self.turn.try_lock()
        {
            first(self.drive(&mut turn), deadline).await;
        }
    }

    /// Whether the caller should try now. Whoever hears yes is the only one for as long as `age`.
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
