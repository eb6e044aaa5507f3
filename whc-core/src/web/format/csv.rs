//! CSV (RFC 4180), for spreadsheets and data frames.

use std::borrow::Cow;

use super::fields::{Fields, presentation};
use crate::error::{Error, Result};
use crate::site::field::FieldValue;
use crate::site::{Site, SiteQuery};

/// A cell. `Text` may have been written by people and is not trusted.
pub(crate) enum Cell {
    Text(String),
    Plain(String),
}

/// The sites as CSV after a `mark`: the selected columns, and the distance where the query is about a point.
pub(crate) fn write<'a>(
    mark: &str,
    sites: impl Iterator<Item = &'a Site>,
    query: &SiteQuery,
    fields: &Fields,
) -> Result<Vec<u8>> {
    let columns = fields.columns(query);
    let mut table = Table::new(mark, columns.iter().map(|field| field.name))?;
    for site in sites {
        let presentation = presentation(query, site);
        table.write(columns.iter().map(|field| text_of(field.cell(site, presentation))))?;
    }
    table.into_bytes()
}

/// CSV with this header and these rows, after a `mark`.
pub(crate) fn table<'a>(
    mark: &str,
    header: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>> {
    let mut table = Table::new(mark, header)?;
    for cells in rows {
        table.write(cells.into_iter().map(Cell::into_text))?;
    }
    table.into_bytes()
}

/// The CSV writer. Every line ends with CR and LF.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new<'a>(mark: &str, header: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(mark.into());
        let mut table = Self(writer);
        table.write(header.into_iter().map(Cow::from))?;
        Ok(table)
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = Cow<'a, str>>) -> Result<()> {
        for cell in cells {
            self.0.write_field(cell.as_bytes()).map_err(failed)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(failed)
    }

    fn into_bytes(self) -> Result<Vec<u8>> {
        self.0.into_inner().map_err(|error| Error::internal("no CSV").with_source(error.to_string()))
    }
}

fn failed(error: csv::Error) -> Error {
    Error::internal("no CSV").with_source(error)
}

impl Cell {
    fn into_text(self) -> Cow<'static, str> {
        match self {
            Self::Text(text) => harmless(text.into()),
            Self::Plain(text) => text.into(),
        }
    }
}

/// The cell for a value of a site.
fn text_of(value: FieldValue<'_>) -> Cow<'_, str> {
    match value {
        FieldValue::Text(text) => harmless(text),
        value => value.to_text("").into(),
    }
}

/// The characters that start a formula in a spreadsheet, also in full width, as East Asian keyboards write them.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Text that is safe in a spreadsheet: one that starts with any of these characters would run as a formula, so it gets an
/// apostrophe in front. Numbers are not texts and may start with a minus.
fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { format!("'{text}").into() } else { text }
}

/// A trusted cell: a number or a word of ours.
pub(crate) fn plain(value: &impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

/// A cell with a text that is not trusted.
pub(crate) fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

pub(crate) fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Plain(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}
