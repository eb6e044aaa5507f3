//! Tables other than sites, with a row for each country, criterion or change: in JSON, CSV or NDJSON.

use serde::Serialize;

use super::csv::{self, Cell};
use super::{BodyBuilder, Format};
use crate::body::Body;
use crate::error::Result;

/// A row, as an object and as cells.
pub(crate) trait Row: Serialize {
    /// The names of the cells.
    const COLUMNS: &'static [&'static str];

    /// The cells, in the order of the columns.
    fn cells(&self) -> Vec<Cell>;
}

/// The link of a row to the sites it counts.
#[derive(Serialize)]
pub(crate) struct RowLinks {
    /// The list of these sites.
    pub(crate) sites: String,
}

/// All rows in a format, with metadata and links where the format has a place for them.
///
/// # Errors
/// A row cannot be written.
pub(crate) fn write<R: Row>(
    format: Format,
    rows: &[R],
    meta: &impl Serialize,
    links: &impl Serialize,
) -> Result<Body> {
    let mut body = BodyBuilder::default();
    match format {
        Format::Csv | Format::CsvWithBom => {
            let columns = R::COLUMNS.iter().copied();
            return Ok(csv::table(format.mark(), columns, rows.iter().map(Row::cells))?.into());
        }
        Format::NdJson => {
            for row in rows {
                body.json(row)?;
                body.text("\n");
            }
        }
        _ => body.json(&super::json::Envelope { data: rows, meta, links })?,
    }
    Ok(body.into_body())
}
