//! What is rotated: how its next value is made up, put in force and tried.

use std::fmt::Debug;

use whc_core::{Result, async_trait};

use super::secrets::Secrets;

/// A kind of secret. Each method can be repeated at any time.
#[async_trait]
pub(super) trait Subject: Debug + Send + Sync {
    /// The value after this one.
    async fn next(&self, secrets: &Secrets, current: &str) -> Result<String>;

    /// Has the pending value accepted wherever it is for; the current one goes on being accepted where that is possible.
    async fn put_in_force(&self, current: &str, pending: &str) -> Result<()>;

    /// Whether a value is accepted.
    async fn try_out(&self, value: &str) -> Result<()>;

    /// Whether programs take the value at their start, and have to start anew for the next.
    fn is_taken_at_start(&self) -> bool;
}
