//! Counters of responses.

use std::sync::atomic::{AtomicU64, Ordering};

use http::StatusCode;

/// Counters since the start of the process. They are independent of each other, so each is one relaxed addition.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Responses by the first digit of their status, from 2 on.
    classes: [AtomicU64; 4],
    hits: AtomicU64,
    misses: AtomicU64,
}

/// The names of the classes.
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

impl Metrics {
    /// Counts a response; `hit` says whether it was in the cache, where it could have been.
    pub(crate) fn count(&self, status: StatusCode, hit: Option<bool>) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(2);
        let counters = [self.classes.get(class), hit.map(|hit| if hit { &self.hits } else { &self.misses })];
        for counter in counters.into_iter().flatten() {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The number of responses by class of status.
    pub(crate) fn requests(&self) -> impl Iterator<Item = (&'static str, u64)> {
        CLASSES.into_iter().zip(&self.classes).map(|(class, count)| (class, count.load(Ordering::Relaxed)))
    }

    /// The number of cache hits and misses.
    pub(crate) fn cached(&self) -> [(&'static str, u64); 2] {
        [("hit", &self.hits), ("miss", &self.misses)]
            .map(|(outcome, count)| (outcome, count.load(Ordering::Relaxed)))
    }
}
