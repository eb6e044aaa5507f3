//! `/api/whcsites/facets`: how many of the sites that pass the filters have each value.

use std::collections::BTreeMap;

use http::StatusCode;
use serde::Serialize;

use super::openapi::operation::{Operation, answer, body};
use super::openapi::{headers, schemas};
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{Category, CountryCode, Criteria, Facets, Regions, state_name};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::{self, Envelope, Meta};
use crate::web::format::{Format, SelfLinks, with_query};
use crate::web::problem::Problem;
use crate::web::request::{Representation, filters};
use crate::web::response::links;

/// The counts of each facet. Its values are those of the filter with the same name.
#[derive(Serialize)]
struct FacetCounts {
    category: Vec<Counted>,
    region: Vec<Counted>,
    country: Vec<Counted>,
    criterion: Vec<Counted>,
    decade: Vec<Counted>,
    danger: Vec<Counted>,
}

#[derive(Serialize)]
struct Counted {
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    count: u64,
}

/// The facets of the sites the query selects.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let Context { app, base, .. } = *context;
    let known = [&["lang", "f"][..], &filters::FILTERS].concat();
    let mut parameters = context.parameters(&known);
    let representation = Representation::negotiate(context.headers, &mut parameters, Format::DOCUMENT)?;
    let query = filters::query(&mut parameters, representation.language, Window::default());
    let rest = parameters.rest(&known);
    parameters.finish()?;

    let facets = view.sites().facets(&query).await?;
    let representation = representation.in_english();
    let language = representation.language;
    let body = json::to_vec(&Envelope {
        data: FacetCounts::new(&facets),
        meta: Meta::new(facets.total, language).at_end_of(query.as_of),
        links: SelfLinks::new(
            with_query(&links::facets(base), &rest),
            with_query(&links::sites(base), &rest),
        ),
    })?;
    let response = representation.format.response(language, body);
    Ok(representation.answer(app, view.version(), response))
}

impl FacetCounts {
    fn new(facets: &Facets) -> Self {
        let danger = [("true", facets.in_danger), ("false", facets.total.saturating_sub(facets.in_danger))];
        let decades = facets.decades.iter();
        Self {
            category: closed(Category::ALL, &facets.categories, |category| (category.name(), None)),
            region: closed(Regions::ALL.iter(), &facets.regions, |region| {
                (region.code(), Some(region.name()))
            }),
            country: countries(&facets.countries),
            criterion: closed(Criteria::ALL.iter(), &facets.criteria, |criterion| {
                (criterion.numeral(), None)
            }),
            decade: decades.map(|(decade, count)| Counted::new(decade, None, *count)).collect(),
            danger: danger.map(|(value, count)| Counted::new(&value, None, count)).into(),
        }
    }
}

impl Counted {
    fn new(value: &impl ToString, name: Option<&'static str>, count: u64) -> Self {
        Self { value: value.to_string(), name, count }
    }
}

/// The counts of all values of a vocabulary, zeros included.
fn closed<T: Ord + Copy>(
    values: impl IntoIterator<Item = T>,
    counts: &BTreeMap<T, u64>,
    names: impl Fn(T) -> (&'static str, Option<&'static str>),
) -> Vec<Counted> {
    let count = |value: T| {
        let (word, name) = names(value);
        Counted::new(&word, name, counts.get(&value).copied().unwrap_or_default())
    };
    values.into_iter().map(count).collect()
}

/// The counts of the countries with sites, the highest first.
fn countries(counts: &BTreeMap<CountryCode, u64>) -> Vec<Counted> {
    let counted = counts.iter().map(|(code, count)| Counted::new(code, state_name(*code), *count));
    let mut countries: Vec<_> = counted.collect();
    // A stable sort: countries with equal counts stay in the order of their codes.
    countries.sort_by_key(|country| std::cmp::Reverse(country.count));
    countries
}

/// Describes [`show`].
pub(crate) fn describe() -> Operation {
    let description = "How many of the sites that pass the filters have each value of a filter. All filters count, also \
                       that of the facet itself.";
    let content = [("application/json", body("FacetsAnswer", &schemas::examples::facets()))];
    Operation::new("countFacets", "numbers", "Counts under any filter", description)
        .taking_query(&[&["lang"], &filters::FILTERS[..]].concat())
        .in_formats(Format::DOCUMENT)
        .cached()
        .answering(StatusCode::OK, answer("The counts.", &headers::CACHED, &content))
}
