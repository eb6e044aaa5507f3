//! What is in a result: how many of its sites have each value, with the address of the list of them.

use std::cmp::Reverse;

use super::state::State;
use crate::site::{CountryCode, CriteriaMatch, Criterion, Facets, Language, SiteQuery, state_name};
use crate::web::page::address::Address;
use crate::web::page::language::Foreign;
use crate::web::page::number::Number;

/// The most countries that are shown.
const MOST_COUNTRIES: usize = 12;

/// A filter, with the values that would narrow the result.
pub(super) struct Facet<'a> {
    pub(super) name: &'static str,
    pub(super) values: Vec<Value<'a>>,
    /// Whether there are more than are shown.
    pub(super) has_more: bool,
    /// Whether the values are numerals, which stand from left to right in any language.
    pub(super) is_numeral: bool,
}

/// A value that some of the sites have.
pub(super) struct Value<'a> {
    pub(super) address: Address<'a>,
    pub(super) label: String,
    pub(super) foreign: Foreign,
    pub(super) count: Number,
}

/// The facets that can narrow the result: those whose filter is not set, with more than one value or not of all sites.
pub(super) fn all<'a>(state: &State<'_, 'a>, query: &SiteQuery, counts: &Facets) -> Vec<Facet<'a>> {
    let text = state.text;
    let value = |name: &'static str, value: String, label: String, count: u64| Value {
        address: state.with(name, value),
        label,
        foreign: state.frame.foreign(text.language),
        count: Number(count),
    };
    let category = counts.categories.iter().map(|(category, count)| {
        let name = text.category_of(*category);
        value("category", category.name().to_ascii_lowercase(), name.to_owned(), *count)
    });
    let region = counts.regions.iter().map(|(region, count)| {
        value("region", region.code().to_owned(), text.region_of(*region).to_owned(), *count)
    });
    let danger = (counts.in_danger > 0)
        .then(|| value("danger", "true".to_owned(), text.in_danger.to_owned(), counts.in_danger));
    let decade = counts.decades.iter().map(|(decade, count)| {
        value("inscribed", decade.to_string(), (text.decade_name)(decade.first()), *count)
    });
    let facets = [
        Facet::new(text.category, query.categories.is_empty(), category, counts),
        Facet::new(text.region, query.regions.is_empty(), region, counts),
        countries(state, query, counts),
        Facet::new(text.in_danger, query.danger.is_none(), danger, counts),
        Facet::new(text.decade, state.query.get("inscribed").is_none(), decade, counts),
        criteria(state, query, counts),
    ];
    facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
}

impl<'a> Facet<'a> {
    /// The facet `name` with these values, where it is `open`.
    fn new(
        name: &'static str,
        open: bool,
        values: impl IntoIterator<Item = Value<'a>>,
        counts: &Facets,
    ) -> Self {
        let mut values: Vec<_> = if open { values.into_iter().collect() } else { Vec::new() };
        // A value that all sites have narrows nothing.
        values.retain(|value| value.count.0 < counts.total);
        Self { name, values, has_more: false, is_numeral: false }
    }
}

/// The countries with the most sites.
fn countries<'a>(state: &State<'_, 'a>, query: &SiteQuery, counts: &Facets) -> Facet<'a> {
    let mut countries: Vec<(CountryCode, u64)> =
        counts.countries.iter().map(|(iso, count)| (*iso, *count)).collect();
    let has_more = countries.len() > MOST_COUNTRIES;
    if has_more {
        // Names are looked up of those only that may be shown.
        let (_, (_, least), _) =
            countries.select_nth_unstable_by_key(MOST_COUNTRIES - 1, |(_, count)| Reverse(*count));
        let least = *least;
        countries.retain(|(_, count)| *count >= least);
    }
    countries.sort_by_cached_key(|(iso, count)| (Reverse(*count), state_name(*iso)));
    let values = countries.into_iter().take(MOST_COUNTRIES).map(|(iso, count)| Value {
        address: state.with("country", iso.as_str().to_ascii_lowercase()),
        label: state_name(iso).map_or_else(|| iso.to_string(), str::to_owned),
        foreign: state.frame.foreign(Language::English),
        count: Number(count),
    });
    let open = query.countries.is_empty();
    let facet = Facet::new(state.text.country, open, values, counts);
    Facet { has_more: has_more && !facet.values.is_empty(), ..facet }
}

/// The criteria. Beside one that is chosen another narrows only if all are needed.
fn criteria<'a>(state: &State<'_, 'a>, query: &SiteQuery, counts: &Facets) -> Facet<'a> {
    let chosen = query.criteria.iter().count();
    let open = chosen < 2 || query.criteria_match == CriteriaMatch::All;
    let values = counts.criteria.iter().filter(|(criterion, _)| !query.criteria.contains(**criterion));
    let values = values.map(|(criterion, count)| {
        let all: Vec<_> = query.criteria.iter().chain([*criterion]).map(Criterion::numeral).collect();
        let narrowed = state.query.clone().with("criterion", all.join(","));
        let narrowed = if chosen > 0 { narrowed.with("criterion_match", "all") } else { narrowed };
        Value {
            address: state.to(narrowed),
            label: format!("({})", criterion.numeral()),
            foreign: state.frame.foreign(state.text.language),
            count: Number(*count),
        }
    });
    Facet { is_numeral: true, ..Facet::new(state.text.criteria, open, values, counts) }
}
