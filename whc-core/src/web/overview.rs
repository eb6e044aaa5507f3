//! Tables about the whole list: what those of countries and of criteria have in common.

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;

use super::envelope::{Envelope, Links, Meta, json};
use super::format::{self, Format};
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::Reading;
use super::table::{self, Cell};
use super::validator::Representation;
use crate::app::App;
use crate::body::Body;

/// The parameters such a table has.
pub(super) const NAMES: [&str; 2] = ["lang", "f"];

/// What a request asks of such a table.
pub(super) struct Overview {
    representation: Representation,
    /// The query of a link to the same.
    rest: String,
}

/// A row, as an object and as cells.
pub(super) trait Row: Serialize {
    /// The names of the cells.
    const COLUMNS: &'static [&'static str];

    fn cells(&self) -> Vec<Cell>;
}

/// From a row to the sites it counts.
#[derive(Serialize)]
pub(super) struct RowLinks {
    pub(super) sites: String,
}

impl Overview {
    pub(super) fn read(request: &Request<Bytes>) -> Result<Self, Problem> {
        let mut parameters = Parameters::parse(request.uri().query(), &NAMES);
        let representation = Representation::negotiate(request.headers(), &mut parameters, format::TABLE)?;
        let rest = parameters.rest(&NAMES);
        parameters.finish()?;
        Ok(Self { representation: representation.in_english(), rest })
    }

    /// The table of `rows` that is at `path`.
    pub(super) async fn answer<R: Row>(
        &self,
        app: &App,
        reading: &Reading<'_>,
        path: &str,
        rows: &[R],
    ) -> Result<Response<Body>, Problem> {
        let Representation { format, language, .. } = self.representation;
        let body = match format {
            Format::Csv => table::rows(R::COLUMNS.iter().copied(), rows.iter().map(Row::cells)),
            _ => json(&Envelope {
                data: rows,
                meta: Some(Meta::new(rows.len() as u64, language)),
                links: Links::new(app, path, &self.rest, ""),
            }),
        };
        Ok(self.representation.conclude(app, reading, format.response(language, body?)).await?)
    }
}
