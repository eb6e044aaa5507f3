//! Integration tests of the functions.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod alike;
mod binary;
mod configuration;
mod event_sources;
mod hostile;
mod limits;
mod login;
#[cfg(feature = "rotation")]
mod rotation;
mod runtime_api;
mod samples;
mod structure;
mod support;
