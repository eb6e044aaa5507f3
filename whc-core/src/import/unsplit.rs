//! Looks over a table as text before it is split: its reader makes room for every cell of a line.

use super::{MAX_CELLS, MAX_COLUMNS};
use crate::error::{Error, Result};

/// Refuses a table that is too wide or has too many cells, and one that ends within quotes, which its reader does not mind.
/// `first` is the number of the first row that is not blank.
pub(super) fn check(text: &str, delimiter: u8, first: usize) -> Result<()> {
    let (mut row, mut columns, mut cells) = (first, 1, 0);
    let (mut quoted, mut at_start, mut blank) = (false, true, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let ends_line = !quoted && (byte == b'\n' || byte == b'\r');
        let ends_cell = !quoted && byte == delimiter;
        if ends_line {
            row += usize::from(!blank);
            (columns, blank) = (1, true);
        } else {
            blank = false;
        }
        if ends_cell {
            (columns, cells) = (columns + 1, cells + 1);
            if columns > MAX_COLUMNS {
                return Err(Error::refused(format!("row {row} has more than {MAX_COLUMNS} columns")));
            }
        }
        if quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                quoted = false;
            }
        } else if byte == b'"' && at_start {
            quoted = true;
        }
        at_start = ends_line || ends_cell;
    }
    if cells > MAX_CELLS {
        return Err(Error::refused(format!("the table has more than {MAX_CELLS} cells")));
    }
    if quoted {
        return Err(Error::refused("the file ends inside a quoted field: it is only the start of an export"));
    }
    Ok(())
}
