//! What a caller asks for.

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
