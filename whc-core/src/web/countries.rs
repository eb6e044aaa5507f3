//! `/api/countries`: what the list has of each country.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;

use super::overview::{Overview, Row, RowLinks};
use super::problem::Problem;
use super::reading::Reading;
use super::table::{Cell, plain, text};
use super::{kept, links};
use crate::app::App;
use crate::body::Body;
use crate::site::{Country, SiteQuery};

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
pub(super) async fn countries(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write(app, request, &reading).await).await
}

async fn write(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
) -> Result<Response<Body>, Problem> {
    let overview = Overview::read(request)?;
    let sites = reading.sites().list_all(&SiteQuery::default()).await?;
    let countries = Country::count_all(sites.iter().map(Arc::as_ref));
    let rows: Vec<_> = countries.iter().map(|country| CountryRow::new(app, country)).collect();
    overview.answer(app, reading, "/api/countries", &rows).await
}

impl<'a> CountryRow<'a> {
    fn new(app: &App, country: &'a Country) -> Self {
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
            links: RowLinks { sites: format!("{}?country={}", links::sites(app), country.iso) },
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
