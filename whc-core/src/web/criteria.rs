//! `/api/criteria`: the ten criteria, in a sentence each, and how many sites have them.

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;

use super::overview::{Overview, Row, RowLinks};
use super::problem::Problem;
use super::reading::Reading;
use super::table::{Cell, plain, text};
use super::{kept, links};
use crate::app::App;
use crate::body::Body;
use crate::site::{Criteria, Criterion, Facets, SiteQuery};

#[derive(Serialize)]
struct CriterionRow {
    numeral: &'static str,
    group: &'static str,
    summary: &'static str,
    sites: u64,
    links: RowLinks,
}

/// The criteria, in UNESCO's order.
pub(super) async fn criteria(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write(app, request, &reading).await).await
}

async fn write(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
) -> Result<Response<Body>, Problem> {
    let overview = Overview::read(request)?;
    let facets = reading.sites().facets(&SiteQuery::default()).await?;
    let rows: Vec<_> =
        Criteria::ALL.iter().map(|criterion| CriterionRow::new(app, criterion, &facets)).collect();
    overview.answer(app, reading, "/api/criteria", &rows).await
}

impl CriterionRow {
    fn new(app: &App, criterion: Criterion, facets: &Facets) -> Self {
        let numeral = criterion.numeral();
        Self {
            numeral,
            group: if criterion.is_cultural() { "cultural" } else { "natural" },
            summary: criterion.summary(),
            sites: facets.criteria.get(&criterion).copied().unwrap_or_default(),
            links: RowLinks { sites: format!("{}?criterion={numeral}", links::sites(app)) },
        }
    }
}

impl Row for CriterionRow {
    const COLUMNS: &'static [&'static str] = &["numeral", "group", "summary", "sites"];

    fn cells(&self) -> Vec<Cell> {
        let words = [self.numeral, self.group, self.summary].map(text);
        words.into_iter().chain([plain(&self.sites)]).collect()
    }
}
