//! What to list: the question a caller asks of the repository.

use super::{Site, Status};
use crate::page::Window;

/// A question about the list. [`matches`](Self::matches) is its meaning; every repository must agree with it.
///
/// The answer is ordered by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteQuery {
    /// On the list, off it, or either.
    pub status: StatusFilter,
    /// The part of the answer that is wanted.
    pub window: Window,
}

impl SiteQuery {
    /// Every site there is, in one page, those no longer on the list too.
    pub const EVERYTHING: Self = Self { status: StatusFilter::All, window: Window::ALL };

    /// Whether `site` belongs to the answer.
    #[must_use]
    pub fn matches(&self, site: &Site) -> bool {
        match self.status {
            StatusFilter::Inscribed => site.status == Status::Inscribed,
            StatusFilter::Delisted => site.status != Status::Inscribed,
            StatusFilter::All => true,
        }
    }
}

/// Which sites are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// Those on the list.
    #[default]
    Inscribed,
    /// Those that left it: delisted or superseded.
    Delisted,
    /// Both.
    All,
}
