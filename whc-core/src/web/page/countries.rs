//! `/countries`: every country with a site on the List, as a page.

use std::sync::Arc;

use askama::Template;

use super::address::Address;
use super::frame::{Frame, Section};
use super::number::Number;
use crate::repository::ReadView;
use crate::site::{Country, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::problem::Problem;

/// The parameters of this path.
const NAMES: [&str; 2] = ["lang", "f"];

#[derive(Template)]
#[template(path = "countries.html")]
struct CountriesPage<'a> {
    frame: Frame<'a>,
    lede: String,
    countries: Vec<CountryRow<'a>>,
}

/// A country with the numbers of its sites: all, which a phone has room for, of each category, in danger.
struct CountryRow<'a> {
    address: Address<'a>,
    name: &'a str,
    /// Those of each category, those in danger, and all.
    numbers: [Number; 5],
    first: u16,
}

/// The page.
pub(crate) async fn show(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let (frame, representation) = Frame::read(context, &mut parameters, &[])?;
    parameters.finish()?;
    let sites = view.sites().list_all(&SiteQuery::default()).await?;
    let countries = Country::count_all(sites.iter().map(Arc::as_ref));
    let page = CountriesPage {
        lede: (frame.text.countries_lede)(countries.len() as u64),
        countries: countries.iter().map(|country| CountryRow::new(country, &frame)).collect(),
        frame: {
            let title = frame.text.countries;
            frame.titled(title).within(Section::Countries).with_data("/api/countries")
        },
    };
    Ok(super::answer(view, &representation, &page)?)
}

impl<'a> CountryRow<'a> {
    fn new(country: &'a Country, frame: &Frame<'a>) -> Self {
        let Country { cultural, natural, mixed, in_danger, sites, .. } = *country;
        Self {
            address: frame.to.country(country.iso),
            name: &country.name,
            numbers: [sites, cultural, natural, mixed, in_danger].map(Number),
            first: country.first_inscribed.get(),
        }
    }
}
