//! `/statistics`: the List in numbers, as a page.

use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::frame::{Frame, Section};
use super::number::{Number, Share};
use crate::repository::ReadView;
use crate::site::{Country, Criteria, Facets, SiteQuery};
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
    criteria: Vec<CriterionRow<'a>>,
    countries: Vec<CountryRow<'a>>,
    all_countries: String,
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
    let first = sites.iter().map(|site| site.inscribed.get()).min().unwrap_or_default();
    let text = frame.text;
    let page = StatisticsPage {
        lede: (text.statistics_lede)(first),
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
