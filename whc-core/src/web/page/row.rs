//! A site as a row of an index.

use super::address::Address;
use super::frame::Frame;
use super::language::Foreign;
use super::moment::Moment;
use super::number::Area;
use crate::site::{Category, Change, Site, SiteId, Year};

/// The most states that are named; of more only the first two are.
const MOST_STATES: usize = 3;

/// A site as a row of an index.
pub(crate) struct SiteRow<'a> {
    pub(crate) address: Address<'a>,
    pub(crate) name: &'a str,
    pub(crate) foreign: Foreign,
    pub(crate) year: u16,
    pub(crate) dot: Dot,
    pub(crate) states: Vec<&'a str>,
    /// How many states are not named.
    pub(crate) more: Option<String>,
    pub(crate) criteria: String,
    pub(crate) area: Option<Area>,
    /// That it is in danger, or when it left the List.
    pub(crate) tag: Option<String>,
}

/// A link to the page of a site.
pub(crate) struct SiteLink<'a> {
    pub(crate) id: SiteId,
    pub(crate) address: Address<'a>,
    pub(crate) name: &'a str,
    pub(crate) foreign: Foreign,
}

impl<'a> SiteLink<'a> {
    /// To this site.
    pub(crate) fn new(site: &'a Site, frame: &Frame<'a>) -> Self {
        let (language, name) = site.names.best(frame.language);
        Self { id: site.id, address: frame.to.site(site.id), name, foreign: frame.foreign(language) }
    }
}

/// The symbol of a category.
pub(crate) struct Dot {
    /// The class that colours it.
    pub(crate) class: &'static str,
    /// The name of its shape.
    pub(crate) shape: &'static str,
    /// The name of the category.
    pub(crate) label: &'static str,
}

impl Dot {
    /// That of this category.
    pub(crate) fn of(category: Category, frame: &Frame<'_>) -> Self {
        let (class, shape) = match category {
            Category::Cultural => ("cultural", "c"),
            Category::Natural => ("natural", "n"),
            Category::Mixed => ("mixed", "m"),
        };
        Self { class, shape, label: frame.text.category_of(category) }
    }
}

impl<'a> SiteRow<'a> {
    /// The row of this site.
    pub(crate) fn new(site: &'a Site, frame: &Frame<'a>) -> Self {
        let (language, name) = site.names.best(frame.language);
        let text = frame.text;
        let named = if site.states.len() > MOST_STATES { 2 } else { site.states.len() };
        let more = site.states.len() - named;
        let since = site.danger.since().map(Year::get);
        let left = site.status.left().map(|year| (text.left_the_list)(year.get()));
        Self {
            address: frame.to.site(site.id),
            name,
            foreign: frame.foreign(language),
            year: site.inscribed.get(),
            dot: Dot::of(site.category, frame),
            states: site.states[..named].iter().map(|state| &*state.name).collect(),
            more: (more > 0).then(|| (text.and_more_states)(more)),
            criteria: criteria(site),
            area: site.area.map(Area),
            tag: left.or_else(|| site.danger.is_current().then(|| (text.danger_since)(since))),
        }
    }
}

/// The criteria as people write them: `(ii) (iii)`.
pub(crate) fn criteria(site: &Site) -> String {
    let numerals = site.criteria.iter().map(|criterion| format!("({})", criterion.numeral()));
    numerals.collect::<Vec<_>>().join(" ")
}

/// A change of a site.
pub(crate) struct ChangeRow<'a> {
    /// When it was, to the minute.
    pub(crate) at: String,
    /// The same for programs.
    pub(crate) datetime: String,
    pub(crate) address: Address<'a>,
    pub(crate) id: SiteId,
    /// Its English name, the only one that the history has.
    pub(crate) name: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) fields: String,
    pub(crate) source: &'a str,
}

impl<'a> ChangeRow<'a> {
    /// The row of this change.
    pub(crate) fn new(change: &'a Change, frame: &Frame<'a>) -> Self {
        Self {
            at: Moment(change.at).to_minute(),
            datetime: Moment(change.at).to_second(),
            address: frame.to.site(change.site),
            id: change.site,
            name: change.name.as_deref().unwrap_or_default(),
            kind: frame.text.kind_of(change.kind),
            fields: change.fields.join(", "),
            source: change.source.as_deref().unwrap_or_default(),
        }
    }
}
