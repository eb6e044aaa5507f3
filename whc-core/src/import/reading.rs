//! How a file is to be read, where its bytes do not say it.

use super::Format;
use super::decode::Encoding;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The format; that which the content shows where there is none.
    pub format: Option<Format>,
    /// The encoding of a text; UTF-8, or that of a byte order mark, where there is none.
    pub encoding: Option<Encoding>,
}

impl Reading {
    /// In this format and encoding, where they are given.
    #[must_use]
    pub const fn new(format: Option<Format>, encoding: Option<Encoding>) -> Self {
        Self { format, encoding }
    }
}
