//! `/api/criteria`: the ten criteria, with a sentence and the number of sites for each.

use http::StatusCode;
use serde::Serialize;

use super::openapi::operation::Operation;
use super::openapi::schemas;
use super::overview::{self, Overview};
use crate::repository::ReadView;
use crate::site::{Criteria, Criterion, Facets, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::csv::{Cell, plain, text};
use crate::web::format::{Row, RowLinks};
use crate::web::problem::Problem;
use crate::web::request::Base;
use crate::web::response::links;

/// An example of the table.
const TABLE: &str =
    "numeral,group,summary,sites\r\nx,natural,Places where wild plants and animals live.,158\r\n";

#[derive(Serialize)]
struct CriterionRow {
    numeral: &'static str,
    group: &'static str,
    summary: &'static str,
    sites: u64,
    links: RowLinks,
}

/// The criteria, in UNESCO's order.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let overview = Overview::read(context)?;
    let facets = view.sites().facets(&SiteQuery::default()).await?;
    let row = |criterion| CriterionRow::new(context.base, criterion, &facets);
    Ok(overview.answer(context, view, &Criteria::ALL.iter().map(row).collect::<Vec<_>>())?)
}

impl CriterionRow {
    fn new(base: Base<'_>, criterion: Criterion, facets: &Facets) -> Self {
        let numeral = criterion.numeral();
        Self {
            numeral,
            group: if criterion.is_cultural() { "cultural" } else { "natural" },
            summary: criterion.summary(),
            sites: facets.criteria.get(&criterion).copied().unwrap_or_default(),
            links: RowLinks { sites: format!("{}?criterion={numeral}", links::sites(base)) },
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

/// Describes [`list`].
pub(crate) fn describe() -> Operation {
    let description =
        "The ten criteria a site can be inscribed under, in our words, and how many sites have each.";
    overview::describe("listCriteria", "The criteria", description).answering(
        StatusCode::OK,
        overview::described_rows("CriteriaAnswer", &schemas::examples::criteria(), TABLE),
    )
}
