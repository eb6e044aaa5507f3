//! Counters of responses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::StatusCode;

/// Counters since the start of the process. They are independent of each other, so each is one relaxed addition.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Responses by the first digit of their status, from 2 on.
    classes: [AtomicU64; 4],
    /// Responses that can be cached, by where they came from.
    outcomes: [AtomicU64; 3],
    /// What others count.
    counters: Vec<Counter>,
}

/// A figure on `/metrics` that the program around the service counts. Clones count together.
///
/// ```
/// # use std::sync::Arc;
/// use whc_core::{App, Counter, MemorySites};
///
/// let refused = Counter::new("heritage_refused_total", "Connections refused.");
/// let app = App::builder(Arc::new(MemorySites::new([]))).counter(refused.clone()).build();
/// refused.add(1);
/// ```
#[derive(Clone, Debug)]
pub struct Counter {
    name: &'static str,
    help: &'static str,
    count: Arc<AtomicU64>,
}

impl Counter {
    /// A counter that begins with 0. The name is one as Prometheus has them, `…_total`; `help` is a line of text.
    #[must_use]
    pub fn new(name: &'static str, help: &'static str) -> Self {
        Self { name, help, count: Arc::default() }
    }

    /// Counts so many more.
    pub fn add(&self, more: u64) {
        self.count.fetch_add(more, Ordering::Relaxed);
    }

    /// How many there are so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Its name and what it counts.
    pub(crate) fn words(&self) -> (&'static str, &'static str) {
        (self.name, self.help)
    }
}

/// Where a response came from that can be cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CacheOutcome {
    /// From the memory of this process.
    Hit,
    /// It was written anew.
    Miss,
    /// From what processes share.
    Shared,
}

impl CacheOutcome {
    const ALL: [Self; 3] = [Self::Hit, Self::Miss, Self::Shared];

    /// Its name in the log and the header `x-cache`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Shared => "shared",
        }
    }
}

/// The names of the classes.
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

impl Metrics {
    /// With the figures of others.
    pub(crate) fn new(counters: Vec<Counter>) -> Self {
        Self { counters, ..Self::default() }
    }

    /// The figures of others.
    pub(crate) fn counters(&self) -> &[Counter] {
        &self.counters
    }

    /// Counts a response, and where it came from if it can be cached.
    pub(crate) fn count(&self, status: StatusCode, outcome: Option<CacheOutcome>) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(2);
        let counters = [self.classes.get(class), outcome.map(|outcome| &self.outcomes[outcome as usize])];
        for counter in counters.into_iter().flatten() {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The number of responses by class of status.
    pub(crate) fn requests(&self) -> impl Iterator<Item = (&'static str, u64)> {
        CLASSES.into_iter().zip(&self.classes).map(|(class, count)| (class, count.load(Ordering::Relaxed)))
    }

    /// The number of responses that can be cached, by where they came from.
    pub(crate) fn cached(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let count = |outcome: CacheOutcome| self.outcomes[outcome as usize].load(Ordering::Relaxed);
        CacheOutcome::ALL.into_iter().map(move |outcome| (outcome.name(), count(outcome)))
    }
}
