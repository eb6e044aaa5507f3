//! The server over real sockets, with timeouts small enough to wait for.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod alarms;
mod binary;
#[cfg(feature = "cli")]
mod configuration;
mod desk;
mod development;
mod hostile;
#[cfg(feature = "cli")]
mod instances;
mod limits;
mod listening;
#[cfg(all(feature = "cli", target_os = "linux"))]
mod log;
mod outage;
mod places;
mod protocol;
mod refusals;
#[cfg(feature = "cli")]
mod secrets;
mod shutdown;
mod support;
#[cfg(feature = "cli")]
mod terminal;
mod unread;
