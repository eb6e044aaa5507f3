//! Builds the body of a response: small parts are copied, large ones shared.

use std::io::{self, Write};

use bytes::{Bytes, BytesMut};
use serde::Serialize;

use crate::body::Body;
use crate::error::{Error, Result};

/// From this many bytes on a part is cheaper to send by itself than to copy.
const MIN_SHARED_BYTES: usize = 8 * 1024;

/// The parts of a body so far.
#[derive(Default)]
pub(crate) struct BodyBuilder {
    done: Vec<Bytes>,
    /// The end of the body, still growing.
    open: BytesMut,
    shared: usize,
}

impl BodyBuilder {
    /// With room for this many bytes that will be copied.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { open: BytesMut::with_capacity(bytes), ..Self::default() }
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) {
        self.open.extend_from_slice(text.as_bytes());
    }

    /// Adds bytes that may be shared with other bodies.
    pub(crate) fn shared(&mut self, bytes: Bytes) {
        if bytes.len() < MIN_SHARED_BYTES {
            self.open.extend_from_slice(&bytes);
            return;
        }
        if !self.open.is_empty() {
            self.done.push(self.open.split().freeze());
        }
        self.shared += bytes.len();
        self.done.push(bytes);
    }

    /// Takes the brace from the end of an object that was added last, so that more members can follow.
    pub(crate) fn reopen_object(&mut self) {
        match self.done.last_mut().filter(|_| self.open.is_empty()) {
            Some(object) => {
                self.shared -= 1;
                object.truncate(object.len() - 1);
            }
            None => self.open.truncate(self.open.len().saturating_sub(1)),
        }
    }

    /// Adds a value as JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(self, value).map_err(|error| Error::internal("no JSON").with_source(error))
    }

    pub(crate) fn into_body(mut self) -> Body {
        if self.done.is_empty() {
            return Body::from(self.open);
        }
        self.done.push(self.open.freeze());
        Body::from_parts(self.done, self.shared)
    }
}

/// Never fails.
impl Write for &mut BodyBuilder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
