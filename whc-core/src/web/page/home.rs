//! `/`: what the List is, its figures, and what is new.

use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::frame::Frame;
use super::map::SiteMap;
use super::number::Number;
use super::row::{ChangeRow, Dot, SiteRow};
use super::years::Years;
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{Category, ChangeQuery, Facets, Order, Region, Regions, Site, SiteQuery, SortKey, Year};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];
/// How many of the newest sites are shown.
const NEWEST: u32 = 6;
/// How many of the latest changes are shown.
const CHANGES: u32 = 5;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    lede: String,
    map: SiteMap<'a>,
    map_label: String,
    years: Years<'a>,
    closer: Vec<(Address<'a>, &'static str)>,
    sites: Number,
    categories: Vec<(Dot, Address<'a>, Number)>,
    in_danger: Number,
    transboundary: Number,
    rows: Vec<SiteRow<'a>>,
    newest_of_year: Option<(Address<'a>, String)>,
    regions: Vec<RegionRow<'a>>,
    changes: Vec<ChangeRow<'a>>,
}

/// A region with the numbers of its sites.
struct RegionRow<'a> {
    address: Address<'a>,
    name: &'static str,
    categories: [Number; 3],
    sites: Number,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;

    let sites = view.sites();
    let counts = sites.facets(&SiteQuery::default()).await?;
    let newest = newest()?;
    let newest = sites.list(&newest).await?;
    let history = ChangeQuery { window: Window::new(CHANGES, 0)?, ..ChangeQuery::default() };
    let history = sites.changes(&history).await?;
    let all = sites.list_all(&SiteQuery::default()).await?;
    let ever = sites.list_all(&SiteQuery::ALL).await?;
    let across = all.iter().filter(|site| site.transboundary).count() as u64;
    let newest_year = newest.items.first().map(|site| site.inscribed);
    let page = HomePage {
        years: Years::new(&ever, &frame, None, |year| year_of(&frame, year)),
        map: SiteMap::world(&all, view, &frame),
        map_label: (frame.text.map_of_the_world)(counts.total),
        closer: Regions::ALL
            .iter()
            .zip(frame.text.short_regions)
            .map(|(region, name)| (frame.to.sites("region", region.code()), name))
            .collect(),
        lede: (frame.text.lede)(counts.total, counts.countries.len() as u64),
        sites: Number(counts.total),
        categories: Category::ALL.map(|category| figure(&frame, &counts, category)).into(),
        in_danger: Number(counts.in_danger),
        transboundary: Number(across),
        rows: newest.items.iter().map(|site| SiteRow::new(site, &frame)).collect(),
        newest_of_year: newest_year.map(|year| of_year(&frame, &all, year)),
        regions: regions(&frame, &all),
        changes: history.items.iter().map(|change| ChangeRow::new(change, &frame)).collect(),
        frame: frame.with_own_search().with_data("/api/whcsites/facets"),
    };
    Ok(super::answer(view, &representation, &page)?)
}

/// The list at the end of a year, or today.
fn year_of<'a>(frame: &Frame<'a>, year: Option<u16>) -> Address<'a> {
    year.map_or_else(|| frame.to.page("/sites"), |year| frame.to.sites("as_of", year))
}

fn newest() -> Result<SiteQuery, Problem> {
    let window = Window::new(NEWEST, 0)?;
    Ok(SiteQuery::default().with(|query| {
        query.sort = Some(Order::by_descending(SortKey::Inscribed));
        query.window = window;
    }))
}

fn of_category(counts: &Facets, category: Category) -> Number {
    Number(counts.categories.get(&category).copied().unwrap_or_default())
}

fn figure<'a>(frame: &Frame<'a>, counts: &Facets, category: Category) -> (Dot, Address<'a>, Number) {
    let address = frame.to.sites("category", category.name().to_ascii_lowercase());
    (Dot::of(category, frame), address, of_category(counts, category))
}

/// The link to the sites inscribed in a year, with their number.
fn of_year<'a>(frame: &Frame<'a>, sites: &[Arc<Site>], year: Year) -> (Address<'a>, String) {
    let count = sites.iter().filter(|site| site.inscribed == year).count() as u64;
    (frame.to.sites("inscribed", year), (frame.text.all_of_year)(count, year.get()))
}

/// The regions with the numbers of these sites; one in several counts in each.
fn regions<'a>(frame: &Frame<'a>, sites: &[Arc<Site>]) -> Vec<RegionRow<'a>> {
    let mut counts = [[0; 3]; 5];
    for site in sites {
        site.regions.iter().for_each(|region| counts[region as usize][site.category as usize] += 1);
    }
    let row = |region: Region| RegionRow {
        address: frame.to.sites("region", region.code()),
        name: frame.text.region_of(region),
        categories: Category::ALL.map(|category| Number(counts[region as usize][category as usize])),
        sites: Number(counts[region as usize].iter().sum()),
    };
    Regions::ALL.iter().map(row).collect()
}
