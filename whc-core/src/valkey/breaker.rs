//! Whether it is worth while to ask: a server that does not answer costs its callers nothing.

use std::time::{Duration, Instant};

/// How many answers in a row may be missed.
const MISSES: u32 = 3;
/// How long nobody asks after that, at first and at most.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// Counts missed answers. After some in a row nobody is let through until somebody has found out that the server answers.
#[derive(Debug)]
pub(super) struct Breaker {
    misses: u32,
    /// When to try again; `None` as long as all is well.
    retry: Option<Instant>,
    pause: Duration,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { misses: 0, retry: None, pause: SHORTEST }
    }
}

impl Breaker {
    /// Whether callers are let through.
    pub(super) fn is_closed(&self) -> bool {
        self.retry.is_none()
    }

    /// Whether somebody should try now. Whoever hears yes is the only one for the time of a pause.
    pub(super) fn begin_trial(&mut self, now: Instant) -> bool {
        let due = self.retry.is_some_and(|retry| retry <= now);
        if due {
            self.retry = Some(now + self.pause);
        }
        due
    }

    /// Notes an answer that came in time.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// Notes an answer that did not come in time. Returns whether that was one too many.
    pub(super) fn missed(&mut self, now: Instant) -> bool {
        self.misses += 1;
        let open = self.misses >= MISSES && self.is_closed();
        if open {
            self.open(now);
        }
        open
    }

    /// Lets nobody through for the time of a pause, which is longer each time.
    pub(super) fn open(&mut self, now: Instant) {
        self.retry = Some(now + self.pause);
        self.pause = (self.pause * 2).min(LONGEST);
    }

    /// Lets callers through again. The pauses stay as long as they are until one of them has an answer: what answers a trial
    /// need not answer what matters.
    pub(super) fn close(&mut self) {
        (self.misses, self.retry) = (0, None);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Breaker, LONGEST, MISSES, SHORTEST};

    const TICK: Duration = Duration::from_millis(1);

    #[expect(clippy::disallowed_methods, reason = "some instant to begin with")]
    fn start() -> Instant {
        Instant::now()
    }

    fn opened(now: Instant) -> Breaker {
        let mut breaker = Breaker::default();
        let opened = (0..MISSES).map(|_| breaker.missed(now)).collect::<Vec<_>>();
        assert_eq!(opened, [false, false, true]);
        breaker
    }

    #[test]
    fn misses_in_a_row_open_it_and_single_ones_do_not() {
        let now = start();
        assert!(!opened(now).is_closed());
        let mut breaker = Breaker::default();
        for _ in 0..10 {
            assert!(!breaker.missed(now) && !breaker.missed(now));
            breaker.answered();
        }
        assert!(breaker.is_closed());
    }

    #[test]
    fn one_at_a_time_tries_again_and_ever_later_until_there_is_an_answer() {
        let mut now = start();
        let mut breaker = opened(now);
        for pause in [SHORTEST, SHORTEST * 2, SHORTEST * 4] {
            assert!(!breaker.begin_trial(now + pause.saturating_sub(TICK)), "{pause:?}");
            now += pause;
            assert!(breaker.begin_trial(now) && !breaker.begin_trial(now), "{pause:?}");
            breaker.open(now);
        }
        for _ in 0..10 {
            breaker.open(now);
        }
        assert!(
            !breaker.begin_trial(now + LONGEST.saturating_sub(TICK)) && breaker.begin_trial(now + LONGEST)
        );
        breaker.close();
        assert!(breaker.is_closed());
        assert!((0..MISSES).any(|_| breaker.missed(now)));
        assert!(!breaker.begin_trial(now + SHORTEST), "it had only answered the trial");
        breaker.answered();
        assert!((0..MISSES).any(|_| breaker.missed(now)));
        assert!(breaker.begin_trial(now + SHORTEST), "forgotten with an answer");
    }
}
