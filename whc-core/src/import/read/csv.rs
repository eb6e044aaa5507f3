//! CSV, with checks that detect truncated files.

use super::header;
use super::row::Listing;
use crate::error::{Error, Result};
use crate::import::finding::{Findings, quoted};
use crate::import::{MAX_COLUMNS, MAX_ROWS, unsplit};

/// Reads a table with a header.
pub(super) fn read(text: &str, findings: &mut Findings) -> Result<Listing> {
    let (named, text) = named_delimiter(text);
    let delimiter = named.unwrap_or_else(|| delimiter(text));
    let first = 1 + usize::from(named.is_some());
    unsplit::check(text, delimiter, first).map_err(|error| turned(text, delimiter).unwrap_or(error))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
    for (number, record) in (first..).zip(reader.records()) {
        let record = record.map_err(|error| Error::invalid("the table cannot be read").with_source(error))?;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() > MAX_ROWS {
            return Err(Error::refused(format!("the table has more than {MAX_ROWS} rows")));
        }
        lines.push((number, cells));
    }
    header::refuse_turned(lines.iter().map(|(_, cells)| &**cells))?;
    let above = header::place(lines.iter().map(|(_, cells)| &**cells));
    let mut lines = lines.into_iter().skip(above);
    let Some((_, header)) = lines.next() else { return Err(Error::invalid("the table has no header")) };
    let mut lines: Vec<_> = lines.collect();
    check_widths(&header, &lines)?;
    check_end(text, &mut lines, findings)?;
    Ok(Listing::of_table(&header, &lines, findings))
}

/// What to say of a table that is too wide: a whole list that was turned has a column for each site.
fn turned(text: &str, delimiter: u8) -> Option<Error> {
    let first = |line: &str| {
        line.split(char::from(delimiter)).next().map(|cell| vec![cell.trim_matches('"').to_owned()])
    };
    let first: Vec<_> = text.lines().take(MAX_COLUMNS).filter_map(first).collect();
    header::refuse_turned(first.iter().map(Vec::as_slice)).err()
}

/// The separator that a first line names, as `sep=;` does for a spreadsheet, and the text without that line.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let Some((first, rest)) = text.split_once('\n') else { return (None, text) };
    let first = first.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{FEFF}');
    match first.to_ascii_lowercase().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter @ (b',' | b';' | b'|')]) => (Some(*delimiter), rest),
        // White space was trimmed.
        Some([]) => (Some(b'\t'), rest),
        _ => (None, text),
    }
}

/// The separator that splits one of the lines where the header may be into the most columns known by name.
fn delimiter(text: &str) -> u8 {
    let known = |delimiter: u8| {
        let names = |line: &str| {
            let names = line.split(char::from(delimiter)).take(MAX_COLUMNS);
            header::known(names.map(|name| name.trim_matches('"')))
        };
        text.lines().take(header::SEARCHED).map(names).max()
    };
    // The last of equals wins: a comma.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| known(*delimiter)).unwrap_or(b',')
}

/// Every line needs as many fields as the header; the last one with fewer was cut.
fn check_widths(header: &[String], lines: &[(usize, Vec<String>)]) -> Result<()> {
    let Some((number, cells)) = lines.iter().find(|(_, cells)| cells.len() != header.len()) else {
        return Ok(());
    };
    let counts = format!("row {number} has {} fields and the header {}", cells.len(), header.len());
    Err(if lines.last().is_some_and(|(last, _)| last == number) && cells.len() < header.len() {
        Error::refused(format!("the last {counts}: the file is only the start of an export"))
    } else {
        Error::invalid(format!("{counts}: the table is damaged"))
    })
}

/// A file without a line end may have been cut; it was for sure where its last cell is blank as no other in its column. Of a
/// number half may be missing, so the last cell then counts only in quotes.
fn check_end(text: &str, lines: &mut [(usize, Vec<String>)], findings: &mut Findings) -> Result<()> {
    let blank = |cells: &[String]| cells.last().is_some_and(|cell| cell.trim().is_empty());
    let Some(((number, last), others)) = lines.split_last_mut().filter(|_| !text.ends_with('\n')) else {
        return Ok(());
    };
    if !others.is_empty() && blank(last) && !others.iter().any(|(_, cells)| blank(cells)) {
        let place = format!("within row {number}, before its last field");
        return Err(Error::refused(format!("the file ends {place}: it is only the start of an export")));
    }
    if let Some(cell) = last.last_mut().filter(|cell| !cell.is_empty() && !text.ends_with('"')) {
        let found = format!("the last line has no line end, so that {} may be cut", quoted(cell));
        findings.warn(None, found, "this cell is left out");
        cell.clear();
    }
    Ok(())
}
