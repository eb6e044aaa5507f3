//! `/sites/{id}`: everything known of one site, as a page.

mod citation;
mod history;
mod parts;
mod structured;

use std::sync::Arc;

use askama::Template;
use http::StatusCode;

use self::citation::Citation;
use self::history::Event;
use self::parts::{PartsMap, PartsOfState};
use super::address::Address;
use super::frame::{Frame, Section};
use super::language::Foreign;
use super::number::{Area, Coordinates, Distance, Number};
use super::row::{ChangeRow, Dot, SiteLink, criteria};
use crate::error::Error;
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{
    ChangeQuery, Criterion, Kilometres, Near, Order, Region, Site, SiteId, SiteQuery, SortKey, Status,
};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];
/// How many of the sites around are shown.
const NEARBY: u32 = 8;
/// How many of the latest changes are shown.
const CHANGES: u32 = 5;

#[derive(Template)]
#[template(path = "site.html")]
struct SitePage<'a> {
    frame: Frame<'a>,
    site: &'a Site,
    name: &'a str,
    foreign: Foreign,
    dot: Dot,
    kind: String,
    danger: Option<String>,
    regions: Vec<(Address<'a>, &'static str)>,
    /// Its states, with the pages of those that have a code.
    states: Vec<(Option<Address<'a>>, &'a str)>,
    left: Option<String>,
    /// The site it became a part of.
    successor: Option<SiteLink<'a>>,
    description: Option<(&'a str, Foreign)>,
    map: Option<PartsMap>,
    history: Vec<Event>,
    criteria: Vec<(Address<'a>, Criterion)>,
    numerals: String,
    names: Vec<(&'static str, &'a str, Foreign)>,
    parts: Vec<PartsOfState<'a>>,
    components: Number,
    area: Option<Area>,
    point: Option<Coordinates>,
    nearby: Vec<Neighbour<'a>>,
    changes: Vec<ChangeRow<'a>>,
    citation: Citation,
    structured: String,
    previous: Option<SiteLink<'a>>,
    next: Option<SiteLink<'a>>,
}

/// A site nearby.
struct Neighbour<'a> {
    link: SiteLink<'a>,
    year: u16,
    distance: Distance,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    let id = context.id().parse().map_err(|error: Error| unknown(&error.to_string()))?;
    parameters.finish()?;
    let sites = view.sites();
    let none = || unknown(&format!("there is no site {id}; the numbers of sites are UNESCO's"));
    let site: Arc<Site> = sites.get(id).await?.ok_or_else(none)?;
    let successor = match site.status.superseded_by() {
        Some(by) => sites.get(by).await?,
        None => None,
    };
    let nearby = nearby(&site, view).await?;
    let changes = sites.changes(&changes_of(id)?).await?;
    let all = sites.list_all(&SiteQuery::ALL).await?;

    let text = frame.text;
    let at = all.iter().position(|other| other.id == id).unwrap_or_default();
    let beside = |at: usize| all.get(at).map(|site| SiteLink::new(site, &frame));
    let (language, name) = site.names.best(frame.language);
    let crossed = if site.transboundary { site.states.len() } else { 1 };
    let kind = (text.kind)(site.category, crossed, site.inscribed.get());
    let page = SitePage {
        name,
        foreign: frame.foreign(language),
        dot: Dot::of(site.category, &frame),
        danger: site
            .danger
            .is_current()
            .then(|| (text.danger_since)(site.danger.since().map(|year| year.get()))),
        regions: site.regions.iter().map(|region| region_link(&frame, region)).collect(),
        states: site
            .states
            .iter()
            .map(|state| (state.iso.map(|iso| frame.to.country(iso)), &*state.name))
            .collect(),
        left: left(&site, &frame),
        successor: successor.as_deref().map(|site| SiteLink::new(site, &frame)),
        description: site
            .short_descriptions
            .best(frame.language)
            .map(|(language, text)| (text, frame.foreign(language))),
        map: PartsMap::of(&site, text),
        history: history::events(&site, text),
        criteria: site.criteria.iter().map(|criterion| (frame.to.criterion(criterion), criterion)).collect(),
        numerals: criteria(&site),
        names: site
            .names
            .translations()
            .iter()
            .map(|(language, name)| (text.languages[language as usize], name, frame.foreign(language)))
            .collect(),
        parts: parts::by_state(&site, &frame),
        components: Number(site.components.len() as u64),
        area: site.area.map(Area),
        point: site.point.map(Coordinates),
        nearby: nearby.iter().filter_map(|other| Neighbour::new(&site, other, &frame)).collect(),
        changes: changes.items.iter().map(|change| ChangeRow::new(change, &frame)).collect(),
        citation: Citation::new(&site, &frame.permanent()),
        structured: structured::data(&site, &frame.permanent()),
        previous: at.checked_sub(1).and_then(beside),
        next: beside(at + 1),
        frame: frame
            .clone()
            .titled(name)
            .within(Section::Sites)
            .described(&kind)
            .with_data(&format!("/api/whcsites/{id}")),
        kind,
        site: &site,
    };
    Ok(super::answer(view, &representation, &page)?)
}

impl<'a> Neighbour<'a> {
    fn new(site: &Site, other: &'a Site, frame: &Frame<'a>) -> Option<Self> {
        Some(Self {
            link: SiteLink::new(other, frame),
            year: other.inscribed.get(),
            distance: Distance(site.point?.kilometres_to(other.point?)),
        })
    }
}

/// The sites around, the nearest first; none where nobody knows where it is.
async fn nearby(site: &Site, view: &ReadView<'_>) -> Result<Vec<Arc<Site>>, Problem> {
    let Some(point) = site.point else { return Ok(Vec::new()) };
    let anywhere = Kilometres::new(Kilometres::MAX)?;
    let window = Window::new(NEARBY, 0)?;
    let query = SiteQuery::default().with(|query| {
        query.near = Some(Near { point, radius: Some(anywhere), nearest: None });
        query.except = Some(site.id);
        query.sort = Some(Order::by(SortKey::Distance));
        query.window = window;
    });
    Ok(view.sites().list(&query).await?.items)
}

fn changes_of(id: SiteId) -> Result<ChangeQuery, Problem> {
    Ok(ChangeQuery { window: Window::new(CHANGES, 0)?, since: None, ids: [id].into() })
}

fn region_link<'a>(frame: &Frame<'a>, region: Region) -> (Address<'a>, &'static str) {
    (frame.to.sites("region", region.code()), frame.text.region_of(region))
}

/// How it left the List, where it did.
fn left(site: &Site, frame: &Frame<'_>) -> Option<String> {
    Some(match site.status {
        Status::Inscribed => return None,
        Status::Delisted { year } => (frame.text.left_the_list)(year.get()),
        Status::Superseded { year, .. } => (frame.text.superseded)(year.get()),
    })
}

fn unknown(detail: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, detail)
}
