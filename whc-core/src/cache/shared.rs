//! Answers that processes share: what one has written, the others need not write again.

use std::fmt;

use async_trait::async_trait;

/// A second tier behind the memory of each process, for answers that are expensive to write. It never fails: what it has not,
/// or has not at once, is written.
#[async_trait]
pub(crate) trait SharedCache: fmt::Debug + Send + Sync + 'static {
    /// The value under this name. The caller waits for milliseconds at most.
    async fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps a value under this name for others, for a while.
    async fn put(&self, name: &str, value: &[u8]);

    /// How things stand with it, without asking it.
    fn health(&self) -> SharedHealth;
}

/// How things stand with what processes share, as far as this process knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedHealth {
    /// Whether it is asked at present.
    pub(crate) answers: bool,
    /// Why not, where that is known.
    pub(crate) failure: Option<String>,
    /// How many questions were answered, and how many were not.
    pub(crate) answered: u64,
    pub(crate) failed: u64,
}
