//! A page of a list of sites: what a request asks for, and the answer.

use std::sync::Arc;

use bytes::Bytes;
use http::header::LINK;
use http::{Request, Response};
use serde::Serialize;

use super::body::Body;
use super::envelope::{Envelope, json};
use super::fields::{Fields, Listed};
use super::format::{self, Format};
use super::geojson::{Collection, Feature};
use super::links::PageLinks;
use super::parameters::Parameters;
use super::problem::Problem;
use super::validator::Representation;
use super::{query, sequence, table};
use crate::app::App;
use crate::error::Result;
use crate::page::{Page, Window};
use crate::repository::Version;
use crate::site::{Site, SiteQuery};

/// The parameters of a list with these filters, in the order links have them.
pub(super) fn names(filters: &[&'static str]) -> Vec<&'static str> {
    [&["limit", "offset", "lang", "f"], filters, &["sort", "fields"]].concat()
}

/// What a request asks of a list.
pub(super) struct Asked {
    pub(super) query: SiteQuery,
    fields: Fields,
    representation: Representation,
    /// The rest of the query in links to other pages.
    rest: String,
}

#[derive(Serialize)]
struct Meta {
    total: u64,
    returned: usize,
    limit: u32,
    offset: u64,
    language: &'static str,
}

impl Asked {
    /// Reads the parameters, of which `known` can be in a link and a page without `limit` has `limit` sites.
    pub(super) fn read(
        request: &Request<Bytes>,
        mut parameters: Parameters<'_>,
        known: &[&str],
        limit: u32,
    ) -> Result<Self, Problem> {
        let representation = Representation::negotiate(request.headers(), &mut parameters, format::LIST)?;
        let window = window(&mut parameters, limit);
        let query = query::query(&mut parameters, representation.language, window);
        let fields = Fields::read(&mut parameters);
        let rest: Vec<_> = known.iter().copied().filter(|name| !["limit", "offset"].contains(name)).collect();
        let rest = parameters.rest(&rest);
        parameters.finish()?;
        Ok(Self { query, fields, representation, rest })
    }

    /// The page, of the list that is at `address`.
    pub(super) async fn answer(
        &self,
        app: &App,
        version: &Version,
        address: &str,
    ) -> Result<Response<Body>, Problem> {
        let page = app.sites().list(&self.query).await?;
        let links = PageLinks::new(address, self.query.window, page.total, &self.rest);
        let header = links.header();
        let Representation { format, language, .. } = self.representation;
        let mut response = format.response(language, self.write(&page, links)?);
        response.headers_mut().extend(header.map(|header| (LINK, header)));
        Ok(self.representation.conclude(app, version, response).await?)
    }

    fn write(&self, page: &Page<Arc<Site>>, links: PageLinks) -> Result<Vec<u8>> {
        let listed = page.items.iter().map(|site| Listed::new(site, &self.query, &self.fields));
        match self.representation.format {
            Format::Json => {
                let data: Vec<_> = listed.collect();
                json(&Envelope { data, meta: Some(Meta::new(page, &self.query)), links })
            }
            Format::GeoJson => {
                let features = listed.map(Feature::from).collect();
                json(&Collection::new(features, page.total, links.into_list("application/geo+json")))
            }
            Format::Csv => table::write(&page.items, &self.query, &self.fields),
            Format::NdJson => sequence::lines(listed),
            Format::GeoJsonSeq => sequence::records(listed.map(Feature::from)),
        }
    }
}

impl Meta {
    fn new(page: &Page<Arc<Site>>, query: &SiteQuery) -> Self {
        Self {
            total: page.total,
            returned: page.items.len(),
            limit: query.window.limit(),
            offset: query.window.offset(),
            language: query.language.code(),
        }
    }
}

/// The page asked for, of `limit` sites where no limit is given.
fn window(parameters: &mut Parameters<'_>, limit: u32) -> Window {
    let given = parameters.value("limit", "a whole number from 1 on (over 10000 counts as 10000)");
    let offset = parameters.value("offset", "a whole number from 0 on").unwrap_or_default();
    Window::new(given.unwrap_or(limit), offset).unwrap_or_else(|error| {
        parameters.violation("limit", error.to_string());
        Window::default()
    })
}
