//! The filters of the list, read into a [`SiteQuery`].

use std::collections::BTreeSet;

use super::parameters::Parameters;
use super::spatial::{bounding_box, near};
use super::values::{country_code, region_name};
use crate::error::Error;
use crate::page::Window;
use crate::site::{
    Category, Criteria, CriteriaMatch, Criterion, Language, Order, Region, Search, SiteQuery, SortKey,
    StatusFilter,
};

/// The names of the filters, in the order of links.
pub(crate) const FILTERS: [&str; 17] = [
    "q",
    "category",
    "criterion",
    "criterion_match",
    "region",
    "country",
    "inscribed",
    "danger",
    "transboundary",
    "status",
    "as_of",
    "bbox",
    "near",
    "radius",
    "nearest",
    "area",
    "id",
];

/// The most values of `id`.
pub(crate) const MOST_IDS: usize = 500;
/// The most values of `country`.
pub(crate) const MOST_COUNTRIES: usize = 50;
/// The most values of `region`.
pub(crate) const MOST_REGIONS: usize = 20;
/// The values of `criterion`.
pub(crate) const NUMERALS: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/// The query of the parameters, as far as they are valid.
pub(crate) fn query(parameters: &mut Parameters<'_>, language: Language, window: Window) -> SiteQuery {
    let categories = Category::ALL.map(Category::name);
    let near = near(parameters);
    SiteQuery {
        search: parameters.read("q", Search::new),
        ids: parameters.list("id", MOST_IDS, |_| None).into_iter().collect(),
        except: None,
        categories: parameters.words("category", &categories).into_iter().collect(),
        criteria: criteria(parameters),
        criteria_match: one_of(
            parameters,
            "criterion_match",
            &[("any", CriteriaMatch::Any), ("all", CriteriaMatch::All)],
        )
        .unwrap_or_default(),
        regions: parameters.list::<Region>("region", MOST_REGIONS, region_name).into_iter().collect(),
        countries: parameters
            .list("country", MOST_COUNTRIES, country_code)
            .into_iter()
            .collect::<BTreeSet<_>>(),
        inscribed: range(parameters, "inscribed").unwrap_or_default(),
        danger: parameters.flag("danger"),
        transboundary: parameters.flag("transboundary"),
        status: status(parameters).unwrap_or_default(),
        as_of: parameters.year_of_the_list("as_of"),
        bounding_box: bounding_box(parameters),
        near,
        area: range(parameters, "area").unwrap_or_default(),
        sort: sort(parameters),
        language,
        window,
    }
}

fn criteria(parameters: &mut Parameters<'_>) -> Criteria {
    parameters.words::<Criterion>("criterion", &NUMERALS).into_iter().collect()
}

fn status(parameters: &mut Parameters<'_>) -> Option<StatusFilter> {
    let words = [
        ("inscribed", StatusFilter::Inscribed),
        ("delisted", StatusFilter::Delisted),
        ("all", StatusFilter::All),
    ];
    one_of(parameters, "status", &words)
}

/// A value that is one of some words, in any case.
fn one_of<T: Copy>(parameters: &mut Parameters<'_>, name: &str, words: &[(&str, T)]) -> Option<T> {
    let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    let index = parameters.index_of(name, &names)?;
    words.get(index).map(|(_, value)| *value)
}

/// A range; a problem with `1978-1990` suggests `1978..1990`.
fn range<T: std::str::FromStr<Err = Error>>(parameters: &mut Parameters<'_>, name: &str) -> Option<T> {
    let dotted = |text: &str| text.replacen('-', "..", 1);
    let hint = |text: &str| dotted(text).parse::<T>().is_ok().then(|| dotted(text));
    parameters.read_or_hint(name, str::parse, hint)
}

fn sort(parameters: &mut Parameters<'_>) -> Option<Order> {
    let names = SortKey::ALL.map(SortKey::name);
    let descending: Vec<_> = names.iter().map(|name| format!("-{name}")).collect();
    let words: Vec<_> = names.into_iter().chain(descending.iter().map(String::as_str)).collect();
    let index = parameters.index_of("sort", &words)?;
    let order = Order { key: SortKey::ALL[index % names.len()], descending: index >= names.len() };
    for (key, needed) in [(SortKey::Distance, "near"), (SortKey::Relevance, "q")] {
        if order.key == key && parameters.text(needed).is_none() {
            let detail = format!("sort={} needs {needed}", words[index]);
            parameters.violation("sort", detail);
        }
    }
    Some(order)
}
