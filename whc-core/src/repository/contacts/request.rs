//! What a caller asks for.

use std::fmt;
use std::time::Duration;

use crate::page::Window;
use crate::site::SiteId;

/// Which contacts somebody wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactQuery {
    /// Of cases about this site; `None` for any.
    pub site: Option<SiteId>,
    /// Which of them.
    pub window: Window,
}

impl ContactQuery {
    /// Contacts of cases about this site, or of any.
    #[must_use]
    pub fn new(site: Option<SiteId>, window: Window) -> Self {
        Self { site, window }
    }
}

/// A request that its caller may send again without doing the same twice (`Idempotency-Key`).
#[derive(Clone, Copy)]
pub struct IdempotentRequest<'a> {
    /// The key, drawn by the caller. The same of another caller is another key.
    pub key: &'a str,
    /// Method and path: the same key for another target is another key.
    pub target: &'a str,
    /// The body. Only a keyed hash of it is kept.
    pub body: &'a [u8],
    /// The `Location` that is answered and recorded.
    pub location: &'a str,
}

impl IdempotentRequest<'_> {
    /// How long an outcome is kept.
    pub const KEPT: Duration = Duration::from_hours(24);
}

impl fmt::Debug for IdempotentRequest<'_> {
    /// Without the body, which is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdempotentRequest").field("target", &self.target).finish_non_exhaustive()
    }
}
