//! `/statistics`: the List in numbers, as a page.

use std::cmp::Reverse;
use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::frame::{Frame, Section};
use super::number::{Number, Share};
use super::over_time::{self, YearRow};
use super::row::Dot;
use crate::repository::ReadView;
use crate::site::{Category, Country, CountryCode, Criteria, Facets, Regions, Site, SiteQuery, YearCounts};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::plot::{DangerPlot, InscriptionsPlot, RegionPlot};
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
    inscriptions: InscriptionsPlot<'a>,
    dots: Vec<Dot>,
    inscribed: Vec<YearRow<'a>>,
    /// The regions with their sites at the end of the last year.
    regions: Vec<(&'static str, Number, RegionPlot<'a>)>,
    scale: String,
    by_region: Vec<YearRow<'a>>,
    danger_plot: DangerPlot<'a>,
    in_danger: Vec<YearRow<'a>>,
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
    let all = view.sites().list_all(&SiteQuery::ALL).await?;
    let statistics = over_time::statistics(&all, context, view);
    let (years, last) = (&*statistics.years, over_time::danger_in_last(&statistics, &frame));
    let first = sites.iter().map(|site| site.inscribed.get()).min().unwrap_or_default();
    let (text, scale) = (frame.text, RegionPlot::scale(years));
    let countries = countries(&sites, &counts);
    let page = StatisticsPage {
        lede: (text.statistics_lede)(first),
        inscriptions: InscriptionsPlot { years, labelled_by: "per-year" },
        dots: Category::ALL.map(|category| Dot::of(category, &frame)).into(),
        inscribed: over_time::inscribed(years, &frame),
        regions: regions(years, scale, &frame),
        scale: (text.one_scale)(scale),
        by_region: over_time::by_region(years, &frame),
        danger_plot: DangerPlot { years, labelled_by: "over-time", last: &last },
        in_danger: over_time::in_danger(years, &frame),
        criteria: criteria(&frame, &counts),
        countries: countries.iter().map(|country| CountryRow::new(country, &frame)).collect(),
        all_countries: (text.all_n_countries)(counts.countries.len() as u64),
        frame: frame.titled(text.statistics).within(Section::Statistics).with_data("/api/whcsites/facets"),
    };
    Ok(super::answer(view, &representation, &page)?)
}

/// The regions, each with its plot.
fn regions<'a>(
    years: &'a [YearCounts],
    scale: u64,
    frame: &Frame<'_>,
) -> Vec<(&'static str, Number, RegionPlot<'a>)> {
    let now = |region| years.last().and_then(|last| last.by_region.get(&region).copied()).unwrap_or_default();
    let plot = |(at, region)| RegionPlot { years, region, scale, labelled: at == 0 };
    let regions = Regions::ALL.iter().enumerate();
    regions
        .map(|(at, region)| (frame.text.region_of(region), Number(now(region)), plot((at, region))))
        .collect()
}

/// The countries with the most sites, those first; of as many by name.
fn countries(sites: &[Arc<Site>], counts: &Facets) -> Vec<Country> {
    // Others need no look at their sites.
    let mut most: Vec<_> = counts.countries.values().copied().collect();
    most.sort_unstable();
    let least = most.len().checked_sub(COUNTRIES).map_or(0, |at| most[at]);
    let is_among = |iso: CountryCode| counts.countries.get(&iso).is_some_and(|sites| *sites >= least);
    let theirs = sites.iter().map(Arc::as_ref).filter(|site| site.countries().any(is_among));
    let mut countries = Country::count_all(theirs);
    countries.retain(|country| is_among(country.iso));
    countries.sort_by_key(|country| Reverse(country.sites));
    countries.truncate(COUNTRIES);
    countries
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
