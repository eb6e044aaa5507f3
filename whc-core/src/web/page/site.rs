//! `/sites/{id}`: everything known of one site, as a page.

mod citation;
mod facts;
mod history;
mod parts;
mod reading;
mod structured;

use askama::Template;
use http::StatusCode;

use self::citation::Citation;
use self::facts::Facts;
use self::history::Event;
use self::parts::{PartsMap, PartsOfState};
use self::reading::Reading;
use super::address::Address;
use super::desk::{Around, Desk};
use super::frame::{Frame, Section};
use super::language::Foreign;
use super::number::Distance;
use super::over_time;
use super::row::{ChangeRow, Dot, SiteLink};
use crate::error::Error;
use crate::repository::ReadView;
use crate::site::{Criterion, Site, Status, Year};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::plot::HistoryPlot;
use crate::web::problem::Problem;
use crate::web::visitor::Visitor;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

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
    left: Option<String>,
    /// The site it became a part of.
    successor: Option<SiteLink<'a>>,
    map: Option<PartsMap>,
    description: Option<(&'a str, Foreign)>,
    history: Vec<Event>,
    plot: Option<HistoryPlot<'a>>,
    criteria: Vec<(Address<'a>, Criterion)>,
    names: Vec<(&'static str, &'a str, Foreign)>,
    parts: Vec<PartsOfState<'a>>,
    facts: Facts<'a>,
    nearby: Vec<Neighbour<'a>>,
    changes: Vec<ChangeRow<'a>>,
    citation: Citation,
    structured: String,
    previous: Option<SiteLink<'a>>,
    next: Option<SiteLink<'a>>,
    /// What a curator sees beside it.
    curation: Option<Curation<'a>>,
}

/// What a curator sees of a site that nobody else does.
struct Curation<'a> {
    around: Around<'a>,
    edit: Address<'a>,
    history: Address<'a>,
    listing: Address<'a>,
    /// The fields that were set by hand.
    curated: String,
}

/// A site nearby.
struct Neighbour<'a> {
    link: SiteLink<'a>,
    year: u16,
    distance: Distance,
}

/// The page for a curator.
pub(crate) async fn show_to_curator(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (desk, frame) = Desk::read(context, visitor, &mut parameters, &[])?;
    let id = context.id().parse().map_err(|error: Error| unknown(&error.to_string()))?;
    parameters.finish()?;
    let view = ReadView::begin(context.app.sites()).await?;
    let none = || unknown(&format!("there is no site {id}; the numbers of sites are UNESCO's"));
    let reading = Reading::of(id, &view).await?.ok_or_else(none)?;
    let record = match context.app.site_store() {
        Some(store) => store.record(id).await.map_err(Problem::from_curation)?,
        None => None,
    };
    let marks = record.iter().flat_map(|record| &record.curated).map(|field| field.as_str());
    let to = |page: &str| frame.to.page(format!("/sites/{id}/{page}"));
    let curation = Curation {
        around: desk.around(&frame, ""),
        edit: to("edit"),
        history: to("history"),
        listing: to("listing"),
        curated: marks.collect::<Vec<_>>().join(", "),
    };
    let page = SitePage::new(&reading, frame, over_time::last_year(context, &view));
    desk.answer(&SitePage { curation: Some(curation), ..page })
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    let id = context.id().parse().map_err(|error: Error| unknown(&error.to_string()))?;
    parameters.finish()?;
    let none = || unknown(&format!("there is no site {id}; the numbers of sites are UNESCO's"));
    let reading = Reading::of(id, view).await?.ok_or_else(none)?;
    Ok(super::answer(
        view,
        &representation,
        &SitePage::new(&reading, frame, over_time::last_year(context, view)),
    )?)
}

impl<'a> SitePage<'a> {
    fn new(reading: &'a Reading, frame: Frame<'a>, last: Option<Year>) -> Self {
        let (site, text): (&Site, _) = (&reading.site, frame.text);
        let (language, name) = site.names.best(frame.language);
        let kind = kind(site, &frame);
        let link = |site: &'a Site| SiteLink::new(site, &frame);
        let [previous, next] = reading.beside.each_ref().map(|site| site.as_deref().map(link));
        let description = site.short_descriptions.best(frame.language);
        Self {
            site,
            name,
            foreign: frame.foreign(language),
            dot: Dot::of(site.category, &frame),
            danger: site.danger.is_current().then(|| (text.danger_since)(site.danger.since().map(Year::get))),
            left: left(site, &frame),
            successor: reading.successor.as_deref().map(link),
            map: PartsMap::of(site, text),
            description: description.map(|(language, text)| (text, frame.foreign(language))),
            history: history::events(site, text),
            plot: last.map(|last| HistoryPlot {
                site,
                last,
                on_list: text.on_the_list,
                in_danger: text.in_danger,
            }),
            criteria: site
                .criteria
                .iter()
                .map(|criterion| (frame.to.criterion(criterion), criterion))
                .collect(),
            names: names(site, &frame),
            parts: parts::by_state(site, &frame),
            facts: Facts::new(site, &frame),
            nearby: reading.nearby.iter().filter_map(|other| Neighbour::new(site, other, &frame)).collect(),
            changes: reading.changes.iter().map(|change| ChangeRow::new(change, &frame)).collect(),
            citation: Citation::new(site, &frame.permanent()),
            structured: structured::data(site, &frame.permanent()),
            previous,
            next,
            curation: None,
            frame: frame
                .titled(name)
                .within(Section::Sites)
                .described(&kind)
                .with_permanent()
                .with_data(&format!("/api/whcsites/{}", site.id)),
            kind,
        }
    }
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

fn kind(site: &Site, frame: &Frame<'_>) -> String {
    let states = if site.transboundary { site.states.len() } else { 1 };
    (frame.text.kind)(site.category, states, site.inscribed.get())
}

/// The names there are, with those of their languages.
fn names<'a>(site: &'a Site, frame: &Frame<'_>) -> Vec<(&'static str, &'a str, Foreign)> {
    let names = site.names.translations().iter();
    let name = |(language, name)| (frame.text.languages[language as usize], name, frame.foreign(language));
    names.map(name).collect()
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
