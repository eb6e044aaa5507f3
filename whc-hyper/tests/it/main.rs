//! The server over real sockets, with timeouts small enough to wait for.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod alarms;
mod binary;
#[cfg(feature = "cli")]
mod configuration;
mod hostile;
mod limits;
mod listening;
mod outage;
mod protocol;
mod shutdown;
mod support;
