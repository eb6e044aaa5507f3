//! `/api/countries`: the countries with the numbers of their sites.

use std::sync::Arc;

use http::StatusCode;
use serde::Serialize;

use super::openapi::operation::Operation;
use super::openapi::schemas;
use super::overview::{self, Overview};
use crate::repository::ReadView;
use crate::site::{Country, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::csv::{Cell, plain, text};
use crate::web::format::{Row, RowLinks};
use crate::web::problem::Problem;
use crate::web::request::Base;
use crate::web::response::links;

/// An example of the table.
const TABLE: &str = "iso_code,name,sites,cultural,natural,mixed,in_danger,transboundary,first_inscribed\r\n\
                         EC,Ecuador,5,3,2,0,0,1,1978\r\n";

#[derive(Serialize)]
struct CountryRow<'a> {
    iso_code: &'a str,
    name: &'a str,
    sites: u64,
    cultural: u64,
    natural: u64,
    mixed: u64,
    in_danger: u64,
    transboundary: u64,
    first_inscribed: u16,
    links: RowLinks,
}

/// The countries with sites on the list, by name.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let overview = Overview::read(context)?;
    let sites = view.sites().list_all(&SiteQuery::default()).await?;
    let countries = Country::count_all(sites.iter().map(Arc::as_ref));
    let rows: Vec<_> = countries.iter().map(|country| CountryRow::new(context.base, country)).collect();
    Ok(overview.answer(context, view, &rows)?)
}

impl<'a> CountryRow<'a> {
    fn new(base: Base<'_>, country: &'a Country) -> Self {
        Self {
            iso_code: country.iso.as_str(),
            name: &country.name,
            sites: country.sites,
            cultural: country.cultural,
            natural: country.natural,
            mixed: country.mixed,
            in_danger: country.in_danger,
            transboundary: country.transboundary,
            first_inscribed: country.first_inscribed.get(),
            links: RowLinks { sites: format!("{}?country={}", links::sites(base), country.iso) },
        }
    }
}

impl Row for CountryRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "iso_code",
        "name",
        "sites",
        "cultural",
        "natural",
        "mixed",
        "in_danger",
        "transboundary",
        "first_inscribed",
    ];

    fn cells(&self) -> Vec<Cell> {
        let counts = [
            self.sites,
            self.cultural,
            self.natural,
            self.mixed,
            self.in_danger,
            self.transboundary,
            self.first_inscribed.into(),
        ];
        let words = [plain(&self.iso_code), text(self.name)];
        words.into_iter().chain(counts.iter().map(plain)).collect()
    }
}

/// Describes [`list`].
pub(crate) fn describe() -> Operation {
    let description = "Every country with a site on the list, by name, and what it has there.";
    overview::describe("listCountries", "The countries", description).answering(
        StatusCode::OK,
        overview::described_rows("CountriesAnswer", &schemas::examples::countries(), TABLE),
    )
}
