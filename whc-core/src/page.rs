//! Paging: the window a caller requests and the page it gets.

use crate::error::{Error, Result};

/// Which part of a list is wanted: `limit` items from the `offset`-th on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    limit: u32,
    offset: u64,
}

impl Window {
    /// Items in a page when the caller names no limit.
    pub const DEFAULT_LIMIT: u32 = 100;
    /// The most items one page can have. More than the whole list has, so one request can fetch it all.
    pub const MAX_LIMIT: u32 = 10_000;

    /// A window; a limit over [`MAX_LIMIT`](Self::MAX_LIMIT) is lowered to it, as OGC API clients expect.
    ///
    /// # Errors
    /// A limit of zero is invalid.
    pub fn new(limit: u32, offset: u64) -> Result<Self> {
        if limit == 0 {
            return Err(Error::invalid(format!("a page holds 1 to {} items, not 0", Self::MAX_LIMIT)));
        }
        Ok(Self { limit: limit.min(Self::MAX_LIMIT), offset })
    }

    /// The first page of the greatest size.
    pub const ALL: Self = Self { limit: Self::MAX_LIMIT, offset: 0 };

    /// All items in one page, for callers within the crate; requests of clients stay below `MAX_LIMIT`.
    pub(crate) const UNLIMITED: Self = Self { limit: u32::MAX, offset: 0 };

    /// How many items at most.
    #[must_use]
    pub fn limit(self) -> u32 {
        self.limit
    }

    /// How many items are skipped.
    #[must_use]
    pub fn offset(self) -> u64 {
        self.offset
    }

    /// The window right after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self { offset: self.offset.saturating_add(u64::from(self.limit)), ..self }
    }

    /// The one of two windows that starts earlier.
    #[must_use]
    pub fn earlier(self, other: Self) -> Self {
        if other.offset < self.offset { other } else { self }
    }

    /// The window before this one, `None` at the start.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let offset = self.offset.saturating_sub(u64::from(self.limit));
        (self.offset > 0).then_some(Self { offset, ..self })
    }

    /// The first window of this size.
    #[must_use]
    pub fn first(self) -> Self {
        Self { offset: 0, ..self }
    }

    /// The last window of this size over `total` items.
    #[must_use]
    pub fn last(self, total: u64) -> Self {
        let limit = u64::from(self.limit);
        Self { offset: total.saturating_sub(1) / limit * limit, ..self }
    }
}

impl Default for Window {
    fn default() -> Self {
        Self { limit: Self::DEFAULT_LIMIT, offset: 0 }
    }
}

/// A part of a list, with the length of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The items of this page, in the list's order.
    pub items: Vec<T>,
    /// How many items the whole list has, whatever the window.
    pub total: u64,
}
