//! The List over the years in pages: the numbers of plots as rows of tables.

use std::sync::Arc;

use super::address::{Address, Query};
use super::frame::Frame;
use super::number::Number;
use crate::repository::ReadView;
use crate::site::{Category, Regions, Site, Statistics, Year, YearCounts};
use crate::web::context::Context;

/// A year in a table, with its numbers.
pub(crate) struct YearRow<'a> {
    /// The sites it counts.
    pub(crate) address: Address<'a>,
    pub(crate) year: Year,
    pub(crate) numbers: Vec<Number>,
}

/// The inscriptions of each year by category and in all, the latest first.
pub(crate) fn inscribed<'a>(years: &[YearCounts], frame: &Frame<'a>) -> Vec<YearRow<'a>> {
    let row = |counts: &YearCounts| {
        let of = |category| counts.inscribed.get(&category).copied().unwrap_or_default();
        let all = counts.inscribed.values().sum();
        let numbers = Category::ALL.map(of).into_iter().chain([all]).map(Number).collect();
        let query = Query::default().with("inscribed", counts.year).with("status", "all");
        YearRow { address: frame.to.with("/sites", query), year: counts.year, numbers }
    };
    years.iter().rev().map(row).collect()
}

/// The sites of each region at the end of every fifth year and of the last one, the latest first.
pub(crate) fn by_region<'a>(years: &[YearCounts], frame: &Frame<'a>) -> Vec<YearRow<'a>> {
    let row = |counts: &YearCounts| {
        let of = |region| Number(counts.by_region.get(&region).copied().unwrap_or_default());
        let numbers = Regions::ALL.iter().map(of).collect();
        YearRow { address: frame.to.sites("as_of", counts.year), year: counts.year, numbers }
    };
    let last = years.last().map(|counts| counts.year);
    let shown = |counts: &&YearCounts| counts.year.get().is_multiple_of(5) || Some(counts.year) == last;
    years.iter().rev().filter(shown).map(row).collect()
}

/// The sites in danger at the end of each year, the latest first.
pub(crate) fn in_danger<'a>(years: &[YearCounts], frame: &Frame<'a>) -> Vec<YearRow<'a>> {
    let row = |counts: &YearCounts| {
        let query = Query::default().with("danger", true).with("as_of", counts.year);
        YearRow {
            address: frame.to.with("/sites", query),
            year: counts.year,
            numbers: vec![Number(counts.in_danger)],
        }
    };
    years.iter().rev().map(row).collect()
}

/// What these sites were over the years.
pub(crate) fn statistics(sites: &[Arc<Site>], context: &Context<'_>, view: &ReadView<'_>) -> Statistics {
    let last = last_year(context, view);
    last.map(|last| Statistics::new(sites.iter().map(Arc::as_ref), last)).unwrap_or_default()
}

/// How many are in danger at the end of the last year: `56 in 2026`.
pub(crate) fn danger_in_last(statistics: &Statistics, frame: &Frame<'_>) -> String {
    let last = statistics.years.last();
    last.map(|last| (frame.text.danger_in)(last.in_danger, last.year.get())).unwrap_or_default()
}

/// The last year of the data: that in which they changed last, so that a page lasts as long as its data; this year where a store
/// does not know.
pub(crate) fn last_year(context: &Context<'_>, view: &ReadView<'_>) -> Option<Year> {
    Year::at(view.version().modified().unwrap_or_else(|| context.app.clock().now()))
}
