//! Logins from AWS, asked of one in memory and tried on a real database.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod login;
mod secret;
mod structure;
mod token;
