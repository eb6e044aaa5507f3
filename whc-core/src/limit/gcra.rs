//! The algorithm itself: a bucket is one time, at which it will be whole again.

use std::time::Duration;

use super::Taken;
use crate::config::Rate;

/// A rate in whole microseconds, which is what a bucket counts in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gcra {
    /// From one to the next at an even pace.
    pub(crate) interval: u64,
    /// How far ahead of an even pace somebody may be.
    pub(crate) capacity: u64,
}

impl Gcra {
    pub(crate) fn new(rate: Rate) -> Self {
        let per = u64::try_from(rate.per().as_micros()).unwrap_or(u64::MAX);
        let interval = (per / u64::from(rate.count())).max(1);
        Self { interval, capacity: interval.saturating_mul(rate.count().into()) }
    }

    /// Takes one out of the bucket that is whole again at `whole`. Returns what became of it, and when the bucket is whole now.
    pub(crate) fn take(self, whole: u64, now: u64) -> (Taken, u64) {
        let begun = whole.max(now);
        let after = begun.saturating_add(self.interval);
        if after - now > self.capacity {
            return (self.refused(begun - now), whole);
        }
        (self.taken(after - now), after)
    }

    /// What it is to be let through, with the bucket whole after `left`.
    pub(crate) fn taken(self, left: u64) -> Taken {
        let remaining = self.capacity.saturating_sub(left) / self.interval;
        let remaining = u32::try_from(remaining).unwrap_or(u32::MAX);
        Taken { remaining, whole: Duration::from_micros(left), wait: None }
    }

    /// What it is to be refused, with the bucket whole after `left`.
    pub(crate) fn refused(self, left: u64) -> Taken {
        let wait = left.saturating_add(self.interval).saturating_sub(self.capacity);
        Taken { remaining: 0, whole: Duration::from_micros(left), wait: Some(Duration::from_micros(wait)) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Gcra;

    const SECOND: u64 = 1_000_000;

    /// Sends one request every so often, and counts those let through.
    fn let_through(gcra: Gcra, every: u64, until: u64) -> u64 {
        let (mut whole, mut count) = (0, 0);
        for now in (0..until).step_by(usize::try_from(every).unwrap()) {
            let (taken, next) = gcra.take(whole, now);
            whole = next;
            count += u64::from(taken.wait.is_none());
        }
        count
    }

    #[test]
    fn a_burst_then_an_even_pace_and_never_more() {
        let gcra = Gcra::new("60/minute".parse().unwrap());
        assert_eq!(let_through(gcra, SECOND / 1000, SECOND / 10), 60, "the burst");
        assert_eq!(let_through(gcra, SECOND / 1000, 60 * SECOND), 60 + 59, "and one a second");
        assert_eq!(let_through(gcra, SECOND, 600 * SECOND), 600, "who keeps the pace is never refused");
    }

    #[test]
    fn whoever_waits_as_told_is_let_through() {
        for rate in ["1/second", "5/minute", "7/minute", "1000000/second", "3/hour"] {
            let gcra = Gcra::new(rate.parse().unwrap());
            let (mut whole, mut now, mut remaining) = (0, 5 * SECOND, None);
            for _ in 0..2000 {
                let (taken, next) = gcra.take(whole, now);
                whole = next;
                let Some(wait) = taken.wait else {
                    assert!(remaining.is_none_or(|before| before == taken.remaining + 1), "{rate}");
                    remaining = Some(taken.remaining);
                    if gcra.interval < 10 && taken.remaining < 999_000 {
                        break;
                    }
                    continue;
                };
                assert_eq!(remaining, Some(0), "{rate}");
                now += u64::try_from(wait.as_micros()).unwrap();
                assert!(wait > Duration::ZERO && gcra.take(whole, now - 1).0.wait.is_some(), "{rate}");
                assert!(gcra.take(whole, now).0.wait.is_none(), "{rate}");
                break;
            }
        }
    }
}
