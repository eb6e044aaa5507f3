//! The audit in memory.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::audit::AuditEvent;

/// Who changed what in stores in memory, gone with the process. Clones are the same audit.
#[derive(Clone, Default)]
pub struct MemoryAudit(Arc<Mutex<Vec<AuditEvent>>>);

impl MemoryAudit {
    /// Adds an event, and numbers it.
    pub(super) fn append(&self, event: AuditEvent) {
        let mut events = self.events();
        let number = u64::try_from(events.len()).unwrap_or(u64::MAX).saturating_add(1);
        events.push(AuditEvent { number, ..event });
    }

    /// Every event, in the order they were added.
    pub(super) fn events(&self) -> MutexGuard<'_, Vec<AuditEvent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemoryAudit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryAudit").finish_non_exhaustive()
    }
}
