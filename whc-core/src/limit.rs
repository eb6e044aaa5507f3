//! How often somebody may do something: one decision a request, by the generic cell rate algorithm (ITU-T I.371).

mod gcra;
mod memory;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

#[cfg(feature = "valkey")]
pub(crate) use self::gcra::Gcra;
pub(crate) use self::memory::MemoryLimits;
use crate::config::Rate;

/// Decides who may go on.
#[async_trait]
pub(crate) trait Limits: fmt::Debug + Send + Sync + 'static {
    /// Takes one of what is left under this name. Never fails: whoever cannot know decides by what this process knows.
    async fn take(&self, name: &str, rate: Rate) -> Taken;
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// How many more would be let through now.
    pub(crate) remaining: u32,
    /// In what time there will be as many as at first.
    pub(crate) whole: Duration,
    /// How long to wait for the next, where this one is not let through.
    pub(crate) wait: Option<Duration>,
}
