//! Sites one after the other, for programs that read them as they come.

use serde::Serialize;

use crate::error::{Error, Result};

/// An object a line.
pub(super) fn lines<T: Serialize>(items: impl IntoIterator<Item = T>) -> Result<Vec<u8>> {
    write(items, "")
}

/// A text sequence: each object after a record separator (RFC 8142).
pub(super) fn records<T: Serialize>(items: impl IntoIterator<Item = T>) -> Result<Vec<u8>> {
    write(items, "\u{1e}")
}

fn write<T: Serialize>(items: impl IntoIterator<Item = T>, separator: &str) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for item in items {
        text.extend_from_slice(separator.as_bytes());
        serde_json::to_writer(&mut text, &item)
            .map_err(|error| Error::internal("no JSON").with_source(error))?;
        text.push(b'\n');
    }
    Ok(text)
}
