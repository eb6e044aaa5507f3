//! Asks other services over HTTP: within narrow limits, and not more often than has to be.

mod client;
mod refreshed;

pub(crate) use self::client::Client;
pub(crate) use self::refreshed::{Refreshed, Source};
