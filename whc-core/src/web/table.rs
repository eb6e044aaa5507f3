//! Sites as a table (RFC 4180), for spreadsheets and data frames.

use super::fields::{Fields, view};
use crate::error::{Error, Result};
use crate::site::field::FieldValue;
use crate::site::{Site, SiteQuery};

/// A cell; text is from people and so not trusted.
pub(super) enum Cell {
    Text(String),
    Plain(String),
}

/// The sites as a table: the columns wanted, and the distance where the query is about a place.
pub(super) fn write<'a>(
    sites: impl Iterator<Item = &'a Site>,
    query: &SiteQuery,
    fields: &Fields,
) -> Result<Vec<u8>> {
    let columns = fields.columns(query);
    let cells = |site: &Site| {
        let view = view(query, site);
        columns.iter().map(|field| field.cell(site, view).into()).collect()
    };
    rows(columns.iter().map(|field| field.name), sites.map(cells))
}

/// A table with its header. Every line ends with CR and LF.
pub(super) fn rows<'a>(
    header: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |error| Error::internal("no CSV").with_source(error);
    writer.write_record(header).map_err(failed)?;
    for cells in rows {
        writer.write_record(cells.into_iter().map(Cell::harmless)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::internal("no CSV").with_source(error.to_string()))
}

impl Cell {
    /// The cell as a spreadsheet may have it. One that runs formulas would take a text that starts with any of these
    /// for one; an apostrophe in front makes it text again. Numbers of ours may start with a minus.
    fn harmless(self) -> String {
        match self {
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => {
                format!("'{text}")
            }
            Self::Text(text) | Self::Plain(text) => text,
        }
    }
}

impl From<FieldValue<'_>> for Cell {
    fn from(value: FieldValue<'_>) -> Self {
        match value {
            FieldValue::Text(text) => Self::Text(text.into_owned()),
            value => Self::Plain(value.to_text(" ")),
        }
    }
}

/// A number or a word of ours.
pub(super) fn plain(value: &impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

/// What people wrote.
pub(super) fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

pub(super) fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Plain(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}
