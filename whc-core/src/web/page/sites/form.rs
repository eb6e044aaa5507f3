//! The form of the filters: it shows those of the address, and keeps what it has no control for.

use std::sync::LazyLock;

use super::state::State;
use crate::repository::ReadView;
use crate::site::{
    Category, CountryCode, Criteria, CriteriaMatch, Facets, Language, Regions, SiteQuery, fold, states,
};
use crate::web::page::language::Foreign;
use crate::web::page::number::Number;
use crate::web::problem::Problem;

/// The parameters that the form has no control for, beside the language.
const HIDDEN: [&str; 6] = ["near", "radius", "nearest", "bbox", "id", "sort"];

/// A country as an address names it, and its name.
struct Country {
    iso: CountryCode,
    value: String,
    name: &'static str,
}

/// All countries, in the alphabetical order of their names.
static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let country = |(iso, name): (&CountryCode, &&'static str)| Country {
        iso: *iso,
        value: iso.as_str().to_ascii_lowercase(),
        name,
    };
    let mut sorted: Vec<_> = states().iter().map(country).collect();
    sorted.sort_by_cached_key(|country| fold(country.name));
    sorted
});

/// The form.
pub(super) struct Form<'a> {
    pub(super) action: String,
    pub(super) words: String,
    pub(super) categories: Vec<Check>,
    /// The countries that are chosen, where they are several.
    pub(super) chosen_countries: Vec<Check>,
    pub(super) countries: Vec<Choice<'a>>,
    pub(super) regions: Vec<Check>,
    pub(super) criteria: Vec<Check>,
    pub(super) all_criteria: bool,
    pub(super) inscribed: String,
    pub(super) danger: [Choice<'a>; 3],
    pub(super) transboundary: [Choice<'a>; 3],
    pub(super) status: [Choice<'a>; 3],
    pub(super) area: String,
    pub(super) as_of: String,
    /// Whether one of the filters that are folded away is set.
    pub(super) is_open: bool,
    /// What is kept as it is.
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) foreign: Foreign,
}

/// A box to check.
pub(super) struct Check {
    pub(super) value: String,
    pub(super) label: &'static str,
    pub(super) is_set: bool,
    pub(super) count: Number,
}

/// One of several values.
pub(super) struct Choice<'a> {
    pub(super) value: &'a str,
    pub(super) label: &'a str,
    pub(super) is_set: bool,
}

impl Form<'_> {
    /// The form of a result with these counts, out of `everything` there is.
    pub(super) async fn new(
        state: &State<'_, '_>,
        query: &SiteQuery,
        view: &ReadView<'_>,
        (counts, everything): (&Facets, &Facets),
    ) -> Result<Self, Problem> {
        // What a box would give: the sites that pass the other filters.
        let other = |change: fn(&mut SiteQuery)| query.clone().with(change);
        let by_category = if query.categories.is_empty() {
            None
        } else {
            Some(view.sites().facets(&other(|query| query.categories.clear())).await?)
        };
        let by_region = if query.regions.is_empty() {
            None
        } else {
            Some(view.sites().facets(&other(|query| query.regions = Regions::NONE)).await?)
        };
        let text = state.text;
        let given = |name: &str| state.query.get(name).unwrap_or_default().to_owned();
        Ok(Self {
            action: state.frame.to.at("/sites").to_string(),
            words: given("q"),
            categories: categories(state, query, by_category.as_ref().unwrap_or(counts)),
            chosen_countries: chosen_countries(query, counts),
            countries: countries(query, everything),
            regions: regions(state, query, by_region.as_ref().unwrap_or(counts)),
            criteria: criteria(query),
            all_criteria: query.criteria_match == CriteriaMatch::All,
            inscribed: given("inscribed"),
            danger: choices(["", "true", "false"], [text.any, text.yes, text.no], &given("danger")),
            transboundary: choices(
                ["", "true", "false"],
                [text.any, text.yes, text.no],
                &given("transboundary"),
            ),
            status: choices(["", "delisted", "all"], text.statuses, &given("status")),
            area: given("area"),
            as_of: given("as_of"),
            is_open: ["transboundary", "area", "status", "as_of"]
                .iter()
                .any(|name| state.query.get(name).is_some()),
            hidden: hidden(state),
            foreign: state.frame.foreign(Language::English),
        })
    }
}

fn categories(state: &State<'_, '_>, query: &SiteQuery, counts: &Facets) -> Vec<Check> {
    let check = |category: Category| Check {
        value: category.name().to_ascii_lowercase(),
        label: state.text.category_of(category),
        is_set: query.categories.contains(&category),
        count: Number(counts.categories.get(&category).copied().unwrap_or_default()),
    };
    Category::ALL.into_iter().map(check).collect()
}

fn regions(state: &State<'_, '_>, query: &SiteQuery, counts: &Facets) -> Vec<Check> {
    let check = |region| Check {
        value: crate::site::Region::code(region).to_owned(),
        label: state.text.region_of(region),
        is_set: query.regions.contains(region),
        count: Number(counts.regions.get(&region).copied().unwrap_or_default()),
    };
    Regions::ALL.iter().map(check).collect()
}

fn criteria(query: &SiteQuery) -> Vec<Check> {
    let check = |criterion| Check {
        value: crate::site::Criterion::numeral(criterion).to_owned(),
        label: criterion.numeral(),
        is_set: query.criteria.contains(criterion),
        count: Number(0),
    };
    Criteria::ALL.iter().map(check).collect()
}

/// A list to choose one of cannot show several: each of these has a box of its own.
fn chosen_countries(query: &SiteQuery, counts: &Facets) -> Vec<Check> {
    if query.countries.len() < 2 {
        return Vec::new();
    }
    let check = |country: &Country| Check {
        value: country.value.clone(),
        label: country.name,
        is_set: true,
        count: Number(counts.countries.get(&country.iso).copied().unwrap_or_default()),
    };
    COUNTRIES.iter().filter(|country| query.countries.contains(&country.iso)).map(check).collect()
}

/// The countries with sites, and that which is chosen.
fn countries<'a>(query: &SiteQuery, everything: &Facets) -> Vec<Choice<'a>> {
    let only = query.countries.iter().next().filter(|_| query.countries.len() == 1);
    let has_sites = |iso: &CountryCode| everything.countries.contains_key(iso) || only == Some(iso);
    let countries = COUNTRIES.iter().filter(|country| has_sites(&country.iso));
    let choice = |country: &'static Country| Choice {
        value: &country.value,
        label: country.name,
        is_set: only == Some(&country.iso),
    };
    countries.map(choice).collect()
}

fn choices<'a>(values: [&'a str; 3], labels: [&'a str; 3], given: &str) -> [Choice<'a>; 3] {
    let is_set = |value: &str| value.eq_ignore_ascii_case(given);
    std::array::from_fn(|at| Choice { value: values[at], label: labels[at], is_set: is_set(values[at]) })
}

fn hidden(state: &State<'_, '_>) -> Vec<(&'static str, String)> {
    let language = state.frame.to.language.map(|language| ("lang", language.code().to_owned()));
    let others = HIDDEN.iter().filter_map(|name| Some((*name, state.query.get(name)?.to_owned())));
    language.into_iter().chain(others).collect()
}
