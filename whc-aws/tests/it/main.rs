//! Logins from an AWS in memory, tried on a real database.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod login;
mod named_secret;
mod secret;
mod signature;
mod structure;
mod token;
