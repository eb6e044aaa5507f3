//! Workbooks, old and new, as tables.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataType as _, Reader as _, Xls, Xlsx};

use super::row::Listing;
use super::{archive, biff, compound, header};
use crate::error::{Error, Result};
use crate::import::bounds::{refuse_cells, refuse_sheets, refuse_text};
use crate::import::finding::{Findings, quoted};
use crate::import::{Format, MAX_COLUMNS, MAX_ROWS};

/// Lines by number, counted from 1 as a spreadsheet does.
type Lines = BTreeMap<usize, Vec<String>>;

/// Reads the first sheet that has a header with the key, perhaps below a title.
pub(super) fn read(bytes: &[u8], format: Format, findings: &mut Findings) -> Result<Listing> {
    let sheets = if format == Format::Xlsx {
        archive::check(bytes)?;
        guarded(|| xlsx_sheets(bytes))?
    } else {
        compound::check(bytes)?;
        guarded(|| biff::check(bytes).and_then(|()| xls_sheets(bytes)))?
    };
    let count = sheets.len();
    let mut filled: Vec<_> = (1..).zip(sheets).filter(|(_, (_, lines))| !lines.is_empty()).collect();
    let with_key = filled.iter().position(|(_, (_, lines))| {
        header::of(lines.values().map(Vec::as_slice)).is_some_and(header::has_key)
    });
    if filled.is_empty() {
        return Err(Error::invalid("the workbook has no sheet with cells"));
    }
    let has_others = filled.len() > 1;
    let (number, (name, lines)) = filled.swap_remove(with_key.unwrap_or_default());
    if has_others && with_key.is_some() {
        let found = format!("sheet {} is read, number {number} of {count}", quoted(&name));
        findings.note(None, found, "it is the first with UNESCO's numbers of the sites");
    }
    table(lines, findings)
}

/// The rows of a sheet with cells.
fn table(lines: Lines, findings: &mut Findings) -> Result<Listing> {
    header::refuse_turned(lines.values().map(Vec::as_slice))?;
    let above = header::place(lines.values().map(Vec::as_slice));
    let mut lines = lines.into_iter().skip(above);
    let (_, header) = lines.next().ok_or_else(|| Error::invalid("the sheet has no header"))?;
    let lines: Vec<_> = lines.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
    Ok(Listing::of_table(&header, &lines, findings))
}

/// `calamine` indexes into some records without a check of their length, so a damaged file can make it panic, which must
/// not end the process.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(Error::refused("the workbook is damaged in a way its reader does not expect"))
    })
}

fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::refused("the workbook cannot be read; it may be only the start of one").with_source(error)
}

/// Cell by cell, so that a cell at the far corner of a sheet does not allocate a table of that size.
fn xlsx_sheets(bytes: &[u8]) -> Result<Vec<(String, Lines)>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    refuse_sheets(names.len())?;
    let (mut sheets, mut span, mut held) = (Vec::new(), 0, 0);
    for name in names {
        let mut lines = Lines::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let end = reader.dimensions().end.0 as usize + 1;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let value = Data::from(cell.get_value().clone());
            held += value.get_string().map_or(0, str::len);
            refuse_text(held)?;
            span += put(&mut lines, row as usize, column as usize, &value)?;
            refuse_cells(span)?;
        }
        check_dimension(end, &lines)?;
        sheets.push((name, lines));
    }
    Ok(sheets)
}

fn xls_sheets(bytes: &[u8]) -> Result<Vec<(String, Lines)>> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for (name, range) in book.worksheets() {
        let mut lines = Lines::new();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            put(&mut lines, top as usize + row, left as usize + column, value)?;
        }
        sheets.push((name, lines));
    }
    Ok(sheets)
}

/// Puts a cell into its line, and returns by how many cells the line grew.
fn put(lines: &mut Lines, row: usize, column: usize, value: &Data) -> Result<usize> {
    let text = text_of(value);
    // What stands beyond them is no part of the table.
    if text.is_empty() || column >= MAX_COLUMNS {
        return Ok(0);
    }
    if row > MAX_ROWS {
        return Err(Error::refused(format!("the sheet has more than {MAX_ROWS} rows")));
    }
    let cells = lines.entry(row + 1).or_default();
    let grown = (column + 1).saturating_sub(cells.len());
    if grown > 0 {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
    Ok(grown)
}

/// Every number of an XLS is a float: `208.0` is written `208`.
fn text_of(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::DateTime(date) => date.as_f64().to_string(),
        other => other.to_string(),
    }
}

/// The sheet has its own size; many rows fewer mean that the file was not written to its end.
fn check_dimension(end: usize, lines: &Lines) -> Result<()> {
    let last = lines.last_key_value().map_or(0, |(row, _)| *row);
    let missing = end.saturating_sub(last);
    if missing > crate::import::tolerable(end) && last > 0 {
        return Err(Error::refused(format!("the sheet claims {end} rows and has {last}: rows are missing")));
    }
    Ok(())
}
