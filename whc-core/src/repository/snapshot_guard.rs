//! The snapshot that readers see now.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use arc_swap::Guard;

use super::Snapshot;

/// The snapshot that readers see now. While this lives it stays as it is, whatever is shown to others in the meantime.
/// Unlike a clone of a shared pointer it counts nothing that other threads count, too; it is meant for the time of one
/// request.
pub struct SnapshotGuard(Guard<Arc<Snapshot>>);

impl SnapshotGuard {
    pub(crate) fn new(guard: Guard<Arc<Snapshot>>) -> Self {
        Self(guard)
    }
}

impl Deref for SnapshotGuard {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}

impl fmt::Debug for SnapshotGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
