//! Time as an argument: only this module reads the machine's clocks.

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

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

/// The time rounded down to microseconds, the precision of stores.
pub(crate) fn to_microsecond(time: SystemTime) -> SystemTime {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    time.checked_sub(Duration::from_nanos(u64::from(since_epoch.subsec_nanos() % 1000))).unwrap_or(time)
}
