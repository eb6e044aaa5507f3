//! A slider made of links: the decades of the List, and the years of the one that is chosen.

use std::sync::Arc;

use super::address::Address;
use super::frame::Frame;
use super::number::Number;
use crate::site::{Site, Year};

/// The slider.
pub(crate) struct Years<'a> {
    pub(crate) decades: Vec<YearLink<'a>>,
    /// Empty where no year is chosen.
    pub(crate) years: Vec<YearLink<'a>>,
}

/// A year or a decade.
pub(crate) struct YearLink<'a> {
    pub(crate) address: Address<'a>,
    /// The century, which is out of sight where there is no room for it.
    pub(crate) century: String,
    pub(crate) label: String,
    /// How many sites were on the List at its end.
    pub(crate) sites: Number,
    /// Whether it is up to the chosen one.
    pub(crate) is_on: bool,
    /// Whether the chosen year is in it.
    pub(crate) has_chosen: bool,
    /// Whether it is the chosen one.
    pub(crate) is_chosen: bool,
}

impl<'a> Years<'a> {
    /// The slider over all `sites` there ever were, at the year `chosen` or today; `to` is the address of a year.
    pub(crate) fn new(
        sites: &[Arc<Site>],
        frame: &Frame<'a>,
        chosen: Option<Year>,
        to: impl Fn(Option<u16>) -> Address<'a>,
    ) -> Self {
        let Some(last) = sites.iter().map(|site| site.inscribed.get()).max() else {
            return Self { decades: Vec::new(), years: Vec::new() };
        };
        let first = sites.iter().map(|site| site.inscribed.get()).min().unwrap_or(last);
        let chosen = chosen.map(Year::get);
        let spans: Vec<_> = sites.iter().map(|site| (site.inscribed, site.status.left())).collect();
        let on_list = |year| Number(Year::new(year).map_or(0, |year| on_list(&spans, year)));
        let decade = |begin: u16| {
            let is_last = begin + 10 > last;
            let has_chosen = chosen.is_some_and(|chosen| (begin..begin + 10).contains(&chosen));
            YearLink {
                address: to((!is_last).then_some(begin + 9)),
                century: String::new(),
                label: if is_last { frame.text.today.to_owned() } else { (frame.text.decade_name)(begin) },
                sites: on_list(last.min(begin + 9)),
                is_on: chosen.is_none_or(|chosen| begin <= chosen),
                has_chosen,
                is_chosen: is_last && chosen.is_none(),
            }
        };
        let year = |year: u16| YearLink {
            address: to(Some(year)),
            century: (year / 100).to_string(),
            label: format!("{:02}", year % 100),
            sites: on_list(year),
            is_on: chosen.is_some_and(|chosen| year <= chosen),
            has_chosen: false,
            is_chosen: chosen == Some(year),
        };
        let of_decade = |chosen: u16| (chosen / 10 * 10).max(first)..=(chosen / 10 * 10 + 9).min(last);
        Self {
            decades: (first / 10 * 10..=last).step_by(10).map(decade).collect(),
            years: chosen.into_iter().flat_map(of_decade).map(year).collect(),
        }
    }
}

/// How many sites, of which each came in a year and may have left in another, were on the List at the end of `year`.
fn on_list(spans: &[(Year, Option<Year>)], year: Year) -> u64 {
    let is_on = |(from, left): &&(Year, Option<Year>)| *from <= year && left.is_none_or(|left| left > year);
    spans.iter().filter(is_on).count() as u64
}
