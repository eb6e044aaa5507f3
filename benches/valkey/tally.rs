//! How long answers took, and what they were.

use std::time::Duration;

/// The answers to readers of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// The shortest first, once it is sorted.
    times: Vec<Duration>,
    /// Answers that are neither 200 nor 304, and none at all.
    pub(super) failures: usize,
    /// That came from another instance.
    pub(super) shared: usize,
}

impl Tally {
    pub(super) fn note(&mut self, took: Duration, status: u16, is_shared: bool) {
        self.times.push(took);
        self.failures += usize::from(![200, 304].contains(&status));
        self.shared += usize::from(is_shared);
    }

    /// All of them together.
    pub(super) fn sum<'a>(tallies: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut whole = Self::default();
        for tally in tallies {
            whole.times.extend(&tally.times);
            whole.failures += tally.failures;
            whole.shared += tally.shared;
        }
        whole.times.sort_unstable();
        whole
    }

    fn at(&self, hundredths: usize) -> Duration {
        self.times.get(self.times.len() * hundredths / 100).copied().unwrap_or_default()
    }

    pub(super) fn longest(&self) -> Duration {
        self.times.last().copied().unwrap_or_default()
    }

    /// Cells of a table: answers, failures, p50, p99.
    pub(super) fn row(&self) -> String {
        format!("{} | {} | {:.2?} | {:.2?}", self.times.len(), self.failures, self.at(50), self.at(99))
    }
}

/// How many milliseconds of p99 these took more than those of the same round, in the median.
pub(super) fn more(tallies: &[Tally], than: &[Tally]) -> f64 {
    let pairs = tallies.iter().zip(than);
    let p99 = |tally: &Tally| tally.at(99).as_secs_f64() * 1e3;
    let mut more: Vec<_> = pairs.map(|(tally, than)| p99(tally) - p99(than)).collect();
    more.sort_by(f64::total_cmp);
    more.get(more.len() / 2).copied().unwrap_or(f64::NAN)
}
