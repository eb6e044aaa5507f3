//! `/api/whcsites/facets`: how many of the sites that pass the filters have each value.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;

use super::envelope::{Envelope, Links, Meta, json};
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::Reading;
use super::validator::Representation;
use super::{format, kept, query};
use crate::app::App;
use crate::body::Body;
use crate::page::Window;
use crate::site::{Category, CountryCode, Criteria, Facets, Regions, state_name};

/// The counts of each facet, whose values are those a filter of the list takes.
#[derive(Serialize)]
struct Document {
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

/// The facets of the sites the query asks for.
pub(super) async fn facets(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write(app, request, &reading).await).await
}

async fn write(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
) -> Result<Response<Body>, Problem> {
    let known = [&["lang", "f"][..], &query::FILTERS].concat();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    let representation = Representation::negotiate(request.headers(), &mut parameters, format::DOCUMENT)?;
    let query = query::query(&mut parameters, representation.language, Window::default());
    let rest = parameters.rest(&known);
    parameters.finish()?;

    let facets = reading.sites().facets(&query).await?;
    let representation = representation.in_english();
    let language = representation.language;
    let body = json(&Envelope {
        data: Document::new(&facets),
        meta: Some(Meta::new(facets.total, language)),
        links: Links::new(app, "/api/whcsites/facets", &rest, &rest),
    })?;
    let response = representation.format.response(language, body);
    Ok(representation.conclude(app, reading, response).await?)
}

impl Document {
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

/// Every value of a vocabulary, those without a site too.
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

/// The countries there are, that with the most sites first.
fn countries(counts: &BTreeMap<CountryCode, u64>) -> Vec<Counted> {
    let counted = counts.iter().map(|(code, count)| Counted::new(code, state_name(*code), *count));
    let mut countries: Vec<_> = counted.collect();
    // A stable sort: those with as many stay in the order of their codes.
    countries.sort_by_key(|country| std::cmp::Reverse(country.count));
    countries
}
