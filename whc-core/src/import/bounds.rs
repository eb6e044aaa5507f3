//! What a file may hold at most, beside the limits of its bytes, rows and columns.

use super::MAX_CELLS;
use crate::error::{Error, Result};

/// The most points of parts, and items of other lists, that the rows of a file may have together; an export has 10 000.
const MAX_ITEMS: usize = 100_000;

/// More sheets than any export has. Each may name the same part of the file.
const MAX_SHEETS: usize = 64;

/// The most that the texts of all cells may hold, which may all be the same one; those of an export hold 10 MB.
const MAX_TEXT: usize = 1 << 27;

/// The points of parts take more memory than their text, and so do the states of a row.
pub(super) fn refuse_items(count: usize) -> Result<()> {
    if count <= MAX_ITEMS {
        return Ok(());
    }
    Err(Error::refused(format!(
        "the lists of the rows, as their components and states, have more than {MAX_ITEMS} items"
    )))
}

/// Refuses a workbook with so many sheets.
pub(super) fn refuse_sheets(count: usize) -> Result<()> {
    if count <= MAX_SHEETS {
        return Ok(());
    }
    Err(Error::refused(format!("the workbook has more than {MAX_SHEETS} sheets")))
}

/// Refuses a workbook with so many cells.
pub(super) fn refuse_cells(count: usize) -> Result<()> {
    if count <= MAX_CELLS {
        return Ok(());
    }
    Err(Error::refused("the workbook has too many cells, or cells too far apart"))
}

/// Refuses a workbook of which the cells hold so many bytes of text.
pub(super) fn refuse_text(held: usize) -> Result<()> {
    if held <= MAX_TEXT {
        return Ok(());
    }
    Err(Error::refused(format!("the cells of the workbook hold more than {} MiB of text", MAX_TEXT >> 20)))
}
