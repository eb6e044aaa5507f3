//! Sites as a table (RFC 4180), for spreadsheets and data frames.

use super::fields::{Fields, distance_km};
use crate::error::{Error, Result};
use crate::site::{Hectares, Language, Point, Site, SiteQuery};

const DISTANCE: &str = "distance_km";

/// A cell; text is from people and so not trusted.
pub(crate) enum Cell {
    Text(String),
    Plain(String),
}

/// A column: its name and how to fill it.
type Column = (&'static str, fn(&Site, Language) -> Cell);

const COLUMNS: &[Column] = &[
    ("id", |site, _| plain(&site.id)),
    ("name", |site, language| text(site.names.best(language).1)),
    ("language", |site, language| plain(&site.names.best(language).0)),
    ("category", |site, _| plain(&site.category)),
    ("criteria", |site, _| plain(&site.criteria)),
    ("criteria_complete", |site, _| plain(&site.criteria_complete)),
    ("date_inscribed", |site, _| plain(&site.inscribed)),
    ("extended", |site, _| joined(&site.extended)),
    ("danger", |site, _| plain(&site.danger.is_current())),
    ("danger_since", |site, _| optional(site.danger.since())),
    ("danger_list", |site, _| plain(&site.danger)),
    ("status", |site, _| plain(&site.status.name())),
    ("left", |site, _| optional(site.status.left())),
    ("superseded_by", |site, _| optional(site.status.superseded_by())),
    ("transboundary", |site, _| plain(&site.transboundary)),
    ("states_name", |site, _| text(&names(site))),
    ("iso_codes", |site, _| joined(site.states.iter().filter_map(|state| state.iso.as_ref()))),
    ("region", |site, _| plain(&site.regions)),
    ("longitude", |site, _| optional(site.point.map(Point::longitude))),
    ("latitude", |site, _| optional(site.point.map(Point::latitude))),
    ("area_hectares", |site, _| optional(site.area.map(Hectares::get))),
    ("component_count", |site, _| plain(&site.components.len())),
    ("wikidata", |site, _| optional(site.wikidata)),
    ("url", |site, _| plain(&site.url())),
    ("short_description", |site, language| text(best(site.short_descriptions.best(language)))),
    ("justification", |site, language| text(best(site.justifications.best(language)))),
];

/// The sites as a table: the columns wanted, and the distance where the query is about a place.
pub(crate) fn write<'a>(
    sites: impl Iterator<Item = &'a Site>,
    query: &SiteQuery,
    fields: &Fields,
) -> Result<Vec<u8>> {
    let columns: Vec<_> = COLUMNS.iter().filter(|(name, _)| fields.contains(name)).collect();
    let distance = query.near.filter(|_| fields.contains(DISTANCE)).map(|_| DISTANCE);
    let cells = |site: &Site| {
        let cells = columns.iter().map(|(_, fill)| fill(site, query.language));
        cells.chain(distance.map(|_| optional(distance_km(query, site)))).collect()
    };
    table(columns.iter().map(|(name, _)| *name).chain(distance), sites.map(cells))
}

/// A table with its header. Every line ends with CR and LF.
pub(crate) fn table<'a>(
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

/// A number or a word of ours.
pub(crate) fn plain(value: &impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

/// What people wrote.
pub(crate) fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

pub(crate) fn optional(value: Option<impl ToString>) -> Cell {
    Cell::Plain(value.map(|value| value.to_string()).unwrap_or_default())
}

pub(crate) fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Plain(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}

fn names(site: &Site) -> String {
    site.states.iter().map(|state| &*state.name).collect::<Vec<_>>().join("; ")
}

fn best(text: Option<(Language, &str)>) -> &str {
    text.map(|(_, text)| text).unwrap_or_default()
}
