//! Requests that may be sent again without doing the same twice.

use std::fmt;
use std::time::Duration;

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

/// What came of a request with an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded<V> {
    /// The status that answered it: 201, or 409 where there was one already.
    pub status: u16,
    /// The `Location` of what it was about.
    pub location: String,
    /// The state of that then, for its `ETag`.
    pub version: V,
}

impl<V> Recorded<V> {
    /// The outcome of a request that created something or found it there.
    #[must_use]
    pub fn new(status: u16, location: &str, version: V) -> Self {
        Self { status, location: location.to_owned(), version }
    }
}

/// An earlier request with the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier<V> {
    /// What came of it.
    pub outcome: Recorded<V>,
    /// Whether it had the same body.
    pub same_body: bool,
}
