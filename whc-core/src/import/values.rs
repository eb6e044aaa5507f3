//! Counts what JSON holds before it is built: in memory a key or a value takes up to three hundred times its text.

use crate::error::{Error, Result};

/// The most keys and values of a file; an export has 70 000, and with all that ours can carry 300 000.
const MAX_VALUES: usize = 1_000_000;

/// Refuses a text with more keys and values than any export has. Before each stands one of four signs, but for a document of
/// its own in JSON Lines.
pub(super) fn check(text: &str) -> Result<()> {
    let mut count = 0_usize;
    let mut in_string = false;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            // What it escapes may be a quote.
            b'\\' if in_string => {
                bytes.next();
            }
            b'[' | b'{' | b',' | b':' if !in_string => count += 1,
            _ => {}
        }
    }
    if count > MAX_VALUES {
        return Err(Error::refused(format!("the JSON has more than {MAX_VALUES} keys and values")));
    }
    Ok(())
}
