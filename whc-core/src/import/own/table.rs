//! Our CSV. The columns stand in our order: a table whose headers were exchanged is none of ours.

use serde_json::{Map, Value};

use super::is_ours;
use super::records::Records;
use crate::error::{Error, Result};
use crate::import::{Format, MAX_COLUMNS, MAX_ROWS, unsplit};
use crate::site::field::SiteField;

/// The records of a table of ours; `None` for every other.
pub(super) fn read(text: &str) -> Option<Result<Records>> {
    // Ours has commas; a spreadsheet may have saved it with others.
    let header = text.lines().next()?;
    let delimiter = [',', ';', '\t'].into_iter().find(|delimiter| is_header(header, *delimiter))?;
    let columns: Vec<_> = names(header, delimiter).collect();
    Some(records(text, delimiter, &columns))
}

fn names(header: &str, delimiter: char) -> impl Iterator<Item = &str> {
    header.split(delimiter).map(|name| name.trim_matches('"'))
}

fn is_header(header: &str, delimiter: char) -> bool {
    if names(header, delimiter).nth(MAX_COLUMNS).is_some() || !is_ours(names(header, delimiter)) {
        return false;
    }
    let given: Vec<_> = names(header, delimiter).map(current).collect();
    let fields: Vec<_> = given.iter().filter_map(|name| SiteField::named(name)).collect();
    SiteField::columns_of(&fields).iter().map(|field| field.name).eq(given)
}

/// The name that a column has today.
fn current(name: &str) -> &str {
    if name == "left" { "year_left" } else { name }
}

fn records(text: &str, delimiter: char, columns: &[&str]) -> Result<Records> {
    if !text.ends_with('\n') {
        return Err(Error::refused("the last line has no line end: the file is only the start of an export"));
    }
    unsplit::check(text, delimiter as u8, 1)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter as u8).from_reader(text.as_bytes());
    let mut records = Vec::new();
    // One more than there may be.
    for (at, line) in reader.records().enumerate().take(MAX_ROWS + 1) {
        let damaged = |error: csv::Error| {
            Error::refused(format!("row {} is damaged, or the file only the start of an export", at + 2))
                .with_source(error)
        };
        let line = line.map_err(damaged)?;
        let cells = columns.iter().zip(&line);
        let record: Map<_, _> =
            cells.map(|(name, cell)| ((*name).to_owned(), Value::from(genuine(cell)))).collect();
        records.push((at + 2, record));
    }
    Ok(Records { format: Format::Csv, language: None, moved: 0, all: records })
}

/// A cell without the apostrophe that keeps it from being run as a formula.
fn genuine(cell: &str) -> &str {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(formula)).unwrap_or(cell)
}
