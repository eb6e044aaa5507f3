//! A clock that stands still.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::clock::Clock;

/// A clock that stands still until a test moves it.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use whc_core::{Clock, testing::MockClock};
/// let clock = MockClock::at(SystemTime::UNIX_EPOCH);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
/// ```
#[derive(Debug)]
pub struct MockClock {
    started: (SystemTime, Instant),
    passed: Mutex<Duration>,
}

impl MockClock {
    /// A clock that shows this time.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "an instant cannot be made from nothing; only its distance counts"
    )]
    pub fn at(time: SystemTime) -> Self {
        Self { started: (time, Instant::now()), passed: Mutex::new(Duration::ZERO) }
    }

    /// Lets this much time pass.
    pub fn advance(&self, duration: Duration) {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner) += duration;
    }

    fn passed(&self) -> Duration {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for MockClock {
    fn now(&self) -> SystemTime {
        self.started.0 + self.passed()
    }

    fn instant(&self) -> Instant {
        self.started.1 + self.passed()
    }
}
