//! Checks the records of an XLS: how large a table its cells span, or its sheets claim, and how much text they hold, all of
//! which its reader allocates.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::bytes::{u16_at, u32_at};
use super::shared;
use crate::error::{Error, Result};
use crate::import::MAX_CELLS;
use crate::import::bounds::{refuse_cells, refuse_sheets, refuse_text};

/// The records (MS-XLS, 2.3) that say where a sheet starts and how large it is, and those with a row and a column.
const SHEET: usize = 0x0085;
const DIMENSIONS: usize = 0x0200;
const CELLS: [usize; 8] = [FORMULA, 0x00BD, 0x00D6, SHARED_TEXT, 0x0203, 0x0204, 0x0205, 0x027E];
const MUL_RK: usize = 0x00BD;
/// The cells with a text that they share.
const SHARED_TEXT: usize = 0x00FD;
/// The cells with a text of their own, and the text that a formula has for its value.
const TEXTS: [usize; 2] = [0x00D6, 0x0204];
const VALUE: usize = 0x0207;
/// The texts that cells share, and what continues any record.
const TABLE: usize = 0x00FC;
const CONTINUE: usize = 0x003C;

/// The most bytes of a formula, and of all: the reader writes each out, with the names that it has for ranges in full. A
/// spreadsheet makes none of more than 1800, and an export has none.
const FORMULA: usize = 0x0006;
const MAX_FORMULA: usize = 1 << 11;
const MAX_FORMULAS: usize = 1 << 19;

/// Refuses a workbook in which a few cells far apart, or with the same long text, would take all memory.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let damaged = |error| Error::refused("the workbook is damaged").with_source(error);
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let mut stream = Vec::new();
    let book = file.open_stream("Workbook").or_else(|_| file.open_stream("Book"));
    book.and_then(|mut book| book.read_to_end(&mut stream)).map_err(damaged)?;
    let mut extent = Extent::default();
    records(&stream).try_for_each(|(start, kind, data)| extent.add(start, kind, data))?;
    extent.check()
}

/// What the records add up to.
#[derive(Default)]
struct Extent<'a> {
    sheets: usize,
    rows: usize,
    columns: usize,
    cells: usize,
    /// Where records start, and where sheets should.
    starts: Vec<usize>,
    sought: Vec<usize>,
    /// The record of the texts that cells share, those that continue it, and which texts the cells name.
    table: Vec<&'a [u8]>,
    in_table: bool,
    named: Vec<usize>,
    /// How many characters other cells have.
    characters: usize,
    /// How many bytes the longest formula has, and all.
    formula: usize,
    formulas: usize,
}

impl<'a> Extent<'a> {
    fn add(&mut self, start: usize, kind: usize, data: &'a [u8]) -> Result<()> {
        self.starts.push(start);
        if kind == TABLE && !self.table.is_empty() {
            return Err(Error::refused("the workbook is damaged: it has two tables of texts"));
        }
        self.in_table = kind == TABLE || self.in_table && kind == CONTINUE;
        match kind {
            _ if self.in_table => self.table.push(data),
            SHEET => {
                self.sheets += 1;
                self.sought.extend(data.first_chunk::<4>().map(|place| u32_at(place, 0)));
            }
            DIMENSIONS => {
                let (first, last, width) = dimensions(data);
                // The reader takes one from the other.
                let height = if first > last && last > 0 { usize::MAX } else { last };
                (self.rows, self.columns) = (self.rows.max(height), self.columns.max(width));
            }
            SHARED_TEXT => self.named.push(u32_at(data, 6)),
            FORMULA => {
                self.formula = self.formula.max(data.len());
                self.formulas += data.len();
            }
            VALUE => self.characters += u16_at(data, 0),
            _ if TEXTS.contains(&kind) => self.characters += u16_at(data, 6),
            _ => {}
        }
        if CELLS.contains(&kind) {
            let [row, column] = [u16_at(data, 0), u16_at(data, 2)];
            let last = if kind == MUL_RK { u16_at(data, data.len().saturating_sub(2)) } else { column };
            self.rows = self.rows.max(row + 1);
            self.columns = self.columns.max(column.max(last) + 1);
            self.cells += 1 + last.saturating_sub(column);
        }
        Ok(())
    }

    /// Two sheets may be in the same place, and then all is read twice.
    fn check(self) -> Result<()> {
        let sheets = self.sheets;
        // From between two records anything could be read.
        let astray = self.sought.iter().any(|place| self.starts.binary_search(place).is_err());
        if astray || self.rows.saturating_mul(self.columns).saturating_mul(sheets) > MAX_CELLS {
            return Err(Error::refused("the workbook is damaged: its sheets have cells too far apart"));
        }
        refuse_sheets(sheets)?;
        refuse_cells(self.cells * sheets)?;
        if self.formula > MAX_FORMULA || self.formulas * sheets > MAX_FORMULAS {
            return Err(Error::refused(
                "the workbook has formulas that are too long or too many: save it with values only",
            ));
        }
        let lengths = shared::lengths(&self.table)?;
        let copied: usize = self.named.iter().filter_map(|text| lengths.get(*text)).sum();
        // A character has up to three bytes in UTF-8.
        refuse_text((copied + 3 * self.characters) * sheets)
    }
}

/// The first row of a sheet, the one after its last, and the column after its last. Numbers of rows have four bytes since BIFF8.
fn dimensions(data: &[u8]) -> (usize, usize, usize) {
    if data.len() < 14 {
        return (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6));
    }
    (u32_at(data, 0), u32_at(data, 4), u16_at(data, 10))
}

/// Each record: where it starts, its kind, and its data.
fn records(stream: &[u8]) -> impl Iterator<Item = (usize, usize, &[u8])> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let [kind, length] =
            [stream.get(start..start + 2)?, stream.get(start + 2..start + 4)?].map(|bytes| u16_at(bytes, 0));
        let record = (start, kind, stream.get(start + 4..start + 4 + length)?);
        start += 4 + length;
        Some(record)
    })
}
