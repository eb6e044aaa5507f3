//! `/statistics`: the List in numbers, as a page.

use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::frame::{Frame, Section};
use super::number::{Number, Share};
use crate::repository::ReadView;
use crate::site::{Category, Country, Criteria, Facets, SiteQuery, Statistics, YearCounts};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];
/// How many countries are shown.
const COUNTRIES: usize = 10;

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage<'a> {
    frame: Frame<'a>,
    lede: String,
    years: Vec<YearRow<'a>>,
    criteria: Vec<CriterionRow<'a>>,
    countries: Vec<CountryRow<'a>>,
    all_countries: String,
}

/// A year: what was inscribed in each category and in all, and what was on the List and in danger at its end.
struct YearRow<'a> {
    year: u16,
    inscribed: Address<'a>,
    as_of: Address<'a>,
    categories: [Number; 3],
    together: Number,
    on_list: Number,
    in_danger: Number,
}

/// How many sites have a criterion.
struct CriterionRow<'a> {
    address: Address<'a>,
    numeral: &'static str,
    class: &'static str,
    sites: Number,
    /// Of the criterion with the most.
    share: Share,
}

/// A country with the numbers of its sites: of each category, and all.
struct CountryRow<'a> {
    address: Address<'a>,
    name: &'a str,
    numbers: [Number; 4],
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let sites = view.sites().list_all(&SiteQuery::default()).await?;
    let counts = view.sites().facets(&SiteQuery::default()).await?;
    let mut countries = Country::count_all(sites.iter().map(Arc::as_ref));
    countries.sort_by_key(|country| std::cmp::Reverse(country.sites));
    let ever = view.sites().list_all(&SiteQuery::ALL).await?;
    let last = sites.iter().map(|site| site.inscribed).max();
    let statistics = last.map(|last| Statistics::new(ever.iter().map(Arc::as_ref), last)).unwrap_or_default();
    let first = sites.iter().map(|site| site.inscribed.get()).min().unwrap_or_default();
    let text = frame.text;
    let page = StatisticsPage {
        lede: (text.statistics_lede)(first),
        years: statistics.years.iter().rev().map(|year| YearRow::new(year, &frame)).collect(),
        criteria: criteria(&frame, &counts),
        countries: countries.iter().take(COUNTRIES).map(|country| CountryRow::new(country, &frame)).collect(),
        all_countries: (text.all_n_countries)(countries.len() as u64),
        frame: frame.titled(text.statistics).within(Section::Statistics).with_data("/api/whcsites/facets"),
    };
    Ok(super::answer(view, &representation, &page)?)
}

fn criteria<'a>(frame: &Frame<'a>, counts: &Facets) -> Vec<CriterionRow<'a>> {
    let most = counts.criteria.values().copied().max().unwrap_or_default();
    let row = |criterion| {
        let sites = counts.criteria.get(&criterion).copied().unwrap_or_default();
        CriterionRow {
            address: frame.to.criterion(criterion),
            numeral: criterion.numeral(),
            class: if criterion.is_cultural() { "cultural" } else { "natural" },
            sites: Number(sites),
            share: Share(sites, most),
        }
    };
    Criteria::ALL.iter().map(row).collect()
}

impl<'a> YearRow<'a> {
    fn new(counts: &YearCounts, frame: &Frame<'a>) -> Self {
        let of = |category: Category| counts.inscribed.get(&category).copied().unwrap_or_default();
        Self {
            year: counts.year.get(),
            inscribed: frame.to.sites("inscribed", counts.year),
            as_of: frame.to.sites("as_of", counts.year),
            categories: Category::ALL.map(|category| Number(of(category))),
            together: Number(Category::ALL.map(of).iter().sum()),
            on_list: Number(counts.on_list),
            in_danger: Number(counts.in_danger),
        }
    }
}

impl<'a> CountryRow<'a> {
    fn new(country: &'a Country, frame: &Frame<'a>) -> Self {
        let Country { cultural, natural, mixed, sites, .. } = *country;
        Self {
            address: frame.to.country(country.iso),
            name: &country.name,
            numbers: [cultural, natural, mixed, sites].map(Number),
        }
    }
}
