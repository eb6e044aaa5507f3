//! What a list shows: the filters and the order of its address, which its links change one by one.

use crate::site::{Category, Facets, Region, SiteQuery, StatusFilter, state_name};
use crate::web::page::address::{Address, Query};
use crate::web::page::frame::Frame;
use crate::web::page::text::{Heading, Text};
use crate::web::request::filters::FILTERS;

/// The parameters that mean nothing without another: each is dropped with it.
const DEPENDENT: [(&str, &str); 3] =
    [("criterion_match", "criterion"), ("radius", "near"), ("nearest", "near")];

/// The parameters of the page.
pub(super) fn names() -> Vec<&'static str> {
    [&["limit", "offset", "lang", "f"][..], &filters()].concat()
}

/// The parameters that its links go on with.
pub(super) fn filters() -> Vec<&'static str> {
    [&FILTERS[..], &["sort"]].concat()
}

/// What a list shows.
pub(super) struct State<'f, 'a> {
    pub(super) frame: &'f Frame<'a>,
    pub(super) text: &'static Text,
    pub(super) query: Query,
}

impl<'f, 'a> State<'f, 'a> {
    /// That of the page with this frame.
    pub(super) fn new(frame: &'f Frame<'a>) -> Self {
        Self { frame, text: frame.text, query: frame.query().clone() }
    }

    /// The address of the list with another query.
    pub(super) fn to(&self, query: Query) -> Address<'a> {
        self.frame.to.with("/sites", query)
    }

    /// The address of the list with this value of a filter.
    pub(super) fn with(&self, name: &'static str, value: impl std::fmt::Display) -> Address<'a> {
        self.to(self.query.clone().with(name, value))
    }

    /// The query without one value of a filter, and without what means nothing then.
    pub(super) fn without(&self, name: &'static str, value: &str) -> Query {
        let query = match name {
            "category" | "criterion" | "region" | "country" | "id" => {
                self.query.clone().without_value(name, value)
            }
            name => self.query.clone().without(&[name]),
        };
        let orphans =
            DEPENDENT.iter().filter(|(_, needed)| query.get(needed).is_none()).map(|(name, _)| *name);
        let orphans: Vec<_> = orphans.collect();
        let needed = match query.get("sort") {
            Some("relevance" | "-relevance") => query.get("q"),
            Some("distance" | "-distance") => query.get("near"),
            _ => Some(""),
        };
        let lost = if needed.is_none() { &["sort"][..] } else { &[] };
        query.without(&orphans).without(lost)
    }

    /// The filters that are set, each value for itself.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let filters = self
            .query
            .iter()
            .filter(|(name, _)| *name != "sort" && DEPENDENT.iter().all(|(dependent, _)| dependent != name));
        filters.flat_map(|(name, value)| {
            let several = ["category", "criterion", "region", "country", "id"].contains(&name);
            value.split(if several { ',' } else { '\n' }).map(move |value| (name, value.trim()))
        })
    }

    /// Where programs get the same sites in the same order, with `more` parameters, as a path below the prefix.
    pub(super) fn data(&self, more: &str) -> String {
        let sort =
            self.query.get("sort").is_none() && self.query.get("q").or(self.query.get("near")).is_none();
        let query = if sort { self.query.clone().with("sort", "-inscribed") } else { self.query.clone() };
        format!("/api/whcsites?{query}{more}")
    }

    /// What the heading says.
    pub(super) fn heading(&self, query: &SiteQuery, total: u64) -> String {
        let regions = query.regions.iter().map(|region: Region| self.text.region_of(region));
        let countries = query.countries.iter().filter_map(|iso| state_name(*iso));
        let categories: Vec<Category> = query.categories.iter().copied().collect();
        (self.text.heading)(&Heading {
            total,
            categories,
            places: regions.chain(countries).collect(),
            in_danger: query.danger == Some(true),
            filtered: self.values().any(|(name, _)| name != "as_of"),
            as_of: self.query.get("as_of").and_then(|year| year.parse().ok()),
            words: self.query.get("q"),
            delisted: query.status == StatusFilter::Delisted,
        })
    }

    /// What follows the heading: how many of the sites are in danger, where that is not what was asked.
    pub(super) fn lede(&self, query: &SiteQuery, counts: &Facets) -> Option<String> {
        let Facets { total, in_danger, .. } = *counts;
        if in_danger > 0 && query.danger.is_none() {
            return Some((self.text.danger_among)(total, in_danger));
        }
        // Some languages have the number in the heading.
        let plain = Heading { total, ..Heading::default() };
        let counted = (self.text.how_many_sites)(total);
        (total > 0 && (self.text.heading)(&plain) != counted).then_some(counted)
    }
}
