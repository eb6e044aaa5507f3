//! Time as an argument: the one place that reads the machine's clocks.

use std::fmt;
use std::time::{Instant, SystemTime};

/// Where the time comes from; [`SystemClock`] in a running service, one that stands still in tests.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time of day, for dates shown to people.
    fn now(&self) -> SystemTime;

    /// A time that never runs backwards, for durations.
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
