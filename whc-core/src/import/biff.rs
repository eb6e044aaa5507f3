//! Checks the records of an XLS: how large a table its cells span, or its sheets claim, all of which its reader allocates.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::MAX_CELLS;
use crate::error::{Error, Result};

/// The records (MS-XLS, 2.3) that say where a sheet starts and how large it is, and those with a row and a column.
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
const MUL_RK: u16 = 0x00BD;

/// Refuses a workbook in which a few cells far apart would take all memory.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let damaged = |error| Error::refused("the workbook is damaged").with_source(error);
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let mut stream = Vec::new();
    let book = file.open_stream("Workbook").or_else(|_| file.open_stream("Book"));
    book.and_then(|mut book| book.read_to_end(&mut stream)).map_err(damaged)?;
    let (mut sheets, mut rows, mut columns) = (0_usize, 0, 0);
    let (mut starts, mut sought) = (Vec::new(), Vec::new());
    for (start, kind, data) in records(&stream) {
        starts.push(start);
        if kind == SHEET {
            sheets += 1;
            sought.extend(data.first_chunk().map(|place| u32::from_le_bytes(*place) as usize));
        }
        if let Some((first, last, width)) = (kind == DIMENSIONS).then(|| dimensions(data)) {
            // The reader takes one from the other.
            let height = if first > last && last > 0 { usize::MAX } else { last };
            (rows, columns) = (rows.max(height), columns.max(width));
        }
        if let (true, [row, column]) = (CELLS.contains(&kind), [u16_at(data, 0), u16_at(data, 2)]) {
            let last = if kind == MUL_RK { u16_at(data, data.len().saturating_sub(2)) } else { column };
            rows = rows.max(row + 1);
            columns = columns.max(column.max(last) + 1);
        }
    }
    // From between two records anything could be read.
    let astray = sought.iter().any(|place| starts.binary_search(place).is_err());
    if astray || rows.saturating_mul(columns).saturating_mul(sheets) > MAX_CELLS {
        return Err(Error::refused("the workbook is damaged: its sheets have cells too far apart"));
    }
    Ok(())
}

/// The first row of a sheet, the one after its last, and the column after its last. Numbers of rows have four bytes since BIFF8.
fn dimensions(data: &[u8]) -> (usize, usize, usize) {
    if data.len() < 14 {
        return (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6));
    }
    let u32_at = |at| u16_at(data, at) | u16_at(data, at + 2) << 16;
    (u32_at(0), u32_at(4), u16_at(data, 10))
}

/// Each record: where it starts, its kind, and its data.
fn records(stream: &[u8]) -> impl Iterator<Item = (usize, u16, &[u8])> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let [kind, length] =
            [stream.get(start..start + 2)?, stream.get(start + 2..start + 4)?].map(|bytes| u16_at(bytes, 0));
        let data = stream.get(start + 4..start + 4 + length)?;
        let record = (start, u16::try_from(kind).ok()?, data);
        start += 4 + length;
        Some(record)
    })
}

/// The number there, 0 beyond the end.
fn u16_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).map_or(0, |pair| usize::from(pair[0]) | usize::from(pair[1]) << 8)
}
