//! Time as an argument: only this module reads the machine's clocks.

use std::fmt;
use std::time::{Instant, SystemTime};

/// The source of the time: [`SystemClock`] in a running service, a mock clock in tests.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The wall-clock time, for dates.
    fn now(&self) -> SystemTime;

    /// A monotonic time, for durations.
    fn instant(&self) -> Instant;
}

/// The clocks of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[expect(clippy::disallowed_methods, reason = "this is the edge where time enters")]
impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }
}
