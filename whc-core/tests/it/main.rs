//! Everything `whc-core` promises, seen from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod config;
mod conformance;
mod embedded;
mod migrations;
mod postgres;
mod tls;
