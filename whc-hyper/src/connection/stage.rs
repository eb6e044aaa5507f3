//! How far the server is on its way to the end.

use std::sync::atomic::{AtomicU8, Ordering};

/// How far the server is on its way to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Requests are welcome.
    Serving,
    /// Every HTTP/1.1 answer asks the client to go elsewhere with the next request.
    Draining,
    /// Connections end once their requests are answered.
    Closing,
    /// Connections end now.
    Cutting,
}

/// The stage, for all connections to see: nothing that two threads would write at every request.
#[derive(Debug)]
pub(crate) struct CurrentStage(AtomicU8);

impl CurrentStage {
    pub(super) fn new() -> Self {
        Self(AtomicU8::new(Stage::Serving as u8))
    }

    pub(crate) fn set(&self, stage: Stage) {
        self.0.store(stage as u8, Ordering::Relaxed);
    }

    /// Whether the server has begun to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.0.load(Ordering::Relaxed) != Stage::Serving as u8
    }
}
