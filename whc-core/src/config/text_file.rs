//! Files that settings name, with a text in them.

use std::path::Path;

use crate::error::{Error, Result};

/// The text of a file.
///
/// # Errors
/// It is not there, this process may not read it, or it is no text: the path is in the message, the reason its source.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| Error::invalid(format!("{} cannot be read", path.display())).with_source(error))
}
