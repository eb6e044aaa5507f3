//! What a change has to do with a request.

use std::sync::Arc;
use std::time::SystemTime;

use crate::clock::{Clock, to_microsecond};

/// The request that changes something, for the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    request_id: Arc<str>,
    at: SystemTime,
}

impl Trace {
    /// The request with this id, now.
    pub fn new(request_id: impl Into<Arc<str>>, clock: &dyn Clock) -> Self {
        Self { request_id: request_id.into(), at: to_microsecond(clock.now()) }
    }

    /// The id of the request.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The time of the change, to the microsecond.
    #[must_use]
    pub fn at(&self) -> SystemTime {
        self.at
    }
}
