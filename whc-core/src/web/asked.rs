//! A page of a list of sites: what a request asks for, and the answer.

use bytes::Bytes;
use http::header::LINK;
use http::{Request, Response};
use serde::Serialize;

use super::fields::Fields;
use super::fitting::Items;
use super::format::{self, Format};
use super::links::PageLinks;
use super::listing::Listing;
use super::parameters::Parameters;
use super::problem::Problem;
use super::query;
use super::reading::Reading;
use super::validator::Representation;
use super::value::Whole;
use crate::app::App;
use crate::body::Body;
use crate::page::Window;
use crate::site::{Language, SiteQuery};

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

/// What is said about a page.
#[derive(Serialize)]
pub(super) struct PageMeta {
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
        reading: &Reading<'_>,
        address: &str,
    ) -> Result<Response<Body>, Problem> {
        let (found, total) = reading.list(&self.query).await?;
        let links = PageLinks::new(address, self.query.window, total, &self.rest);
        let header = links.header();
        let Representation { format, language, .. } = self.representation;
        let listing = Listing { found: &found, query: &self.query, fields: &self.fields };
        let meta = PageMeta::new(self.query.window, language, found.len(), total);
        let body = match format {
            Format::GeoJson => listing.collection(total, &links.into_list("application/geo+json"))?,
            _ => listing.body(format, &meta, &links)?,
        };
        let mut response = format.response(language, body);
        Items::page(found.len()).note(app, &mut response);
        response.headers_mut().extend(header.map(|header| (LINK, header)));
        Ok(self.representation.conclude(app, reading, response).await?)
    }
}

impl PageMeta {
    pub(super) fn new(window: Window, language: Language, returned: usize, total: u64) -> Self {
        Self { total, returned, limit: window.limit(), offset: window.offset(), language: language.code() }
    }
}

/// The page asked for, of `limit` sites where no limit is given.
pub(super) fn window(parameters: &mut Parameters<'_>, limit: u32) -> Window {
    let given = parameters.value::<Whole>("limit", "a whole number from 1 on (over 10000 counts as 10000)");
    let offset = parameters.value::<Whole>("offset", "a whole number from 0 on");
    Window::new(given.map_or(limit, Whole::into), offset.map_or(0, Whole::into)).unwrap_or_else(|error| {
        parameters.violation("limit", error.to_string());
        Window::default()
    })
}
