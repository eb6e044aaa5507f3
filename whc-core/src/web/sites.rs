//! `/api/whcsites` and `/api/whcsites/{id}`.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, LINK};
use http::{Request, Response, StatusCode};
use serde::Serialize;

use super::body::Body;
use super::document::{SiteDetail, SiteSummary};
use super::fields::{Fields, Listed};
use super::format::{self, Format};
use super::geojson::{Collection, Feature};
use super::links::{self, PageLinks};
use super::parameters::Parameters;
use super::problem::Problem;
use super::validator::Representation;
use super::{kept, negotiation, query, sequence, table};
use crate::app::App;
use crate::error::{Error, Result};
use crate::page::{Page, Window};
use crate::repository::Version;
use crate::site::{Language, Site, SiteId, SiteQuery};

/// Every JSON answer of the API has its content here.
#[derive(Serialize)]
pub(super) struct Envelope<D, M, L> {
    pub(super) data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<M>,
    pub(super) links: L,
}

#[derive(Serialize)]
pub(super) struct Meta {
    total: u64,
    returned: usize,
    limit: u32,
    offset: u64,
    language: &'static str,
}

#[derive(Serialize)]
struct SiteLinks {
    #[serde(rename = "self")]
    this: String,
    collection: String,
}

/// A page of the sites the query asks for.
pub(super) async fn list(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let version = app.sites().version().await?;
    kept::answer(app, request, &version, write_list(app, request, &version)).await
}

async fn write_list(
    app: &App,
    request: &Request<Bytes>,
    version: &Version,
) -> Result<Response<Body>, Problem> {
    let known = [&["limit", "offset", "lang", "f"], &query::NAMES[..]].concat();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    let language = negotiation::language(request.headers(), &mut parameters);
    let format = format::negotiate(request.headers(), &mut parameters, format::LIST)?;
    let representation = Representation::new(format, language, &parameters);
    let window = window(&mut parameters);
    let query = query::query(&mut parameters, language, window);
    let fields = Fields::read(&mut parameters);
    let rest = parameters.rest(&known[2..]);
    parameters.finish()?;

    let page = app.sites().list(&query).await?;
    let links = PageLinks::new(app, window, page.total, &rest);
    let header = links.header();
    let body = write(format, &page, &query, &fields, links)?;
    let mut response = written(format, language, body);
    response.headers_mut().extend(header.map(|header| (LINK, header)));
    if app.sites().version().await? == *version {
        representation.describe(&mut response, representation.etag(app, version));
    }
    Ok(response)
}

/// One site with everything known of it, on the list or no longer.
pub(super) async fn show(app: &App, request: &Request<Bytes>, id: &str) -> Result<Response<Body>, Problem> {
    let version = app.sites().version().await?;
    kept::answer(app, request, &version, write_site(app, request, &version, id)).await
}

async fn write_site(
    app: &App,
    request: &Request<Bytes>,
    version: &Version,
    id: &str,
) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &["lang", "f"]);
    let language = negotiation::language(request.headers(), &mut parameters);
    let format = format::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let representation = Representation::new(format, language, &parameters);
    let id: SiteId =
        id.parse().map_err(|error: Error| Problem::new(StatusCode::NOT_FOUND, error.to_string()))?;
    parameters.finish()?;

    let Some(site) = app.sites().get(id).await? else {
        let detail = format!("there is no site {id}; {} lists all there are", links::sites(app));
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    };
    let links = SiteLinks { this: links::site(app, id), collection: links::sites(app) };
    let body = match format {
        Format::GeoJson => json(&Feature::new(&site, SiteSummary::new(&site, language))),
        _ => json(&Envelope { data: SiteDetail::new(&site, language), meta: None::<Meta>, links }),
    };
    let mut response = written(format, site.names.best(language).0, body?);
    if app.sites().version().await? == *version {
        representation.describe(&mut response, representation.etag(app, version));
    }
    Ok(response)
}

fn write(
    format: Format,
    page: &Page<Arc<Site>>,
    query: &SiteQuery,
    fields: &Fields,
    links: PageLinks,
) -> Result<Vec<u8>> {
    let listed = page.items.iter().map(|site| Listed::new(site, query, fields));
    match format {
        Format::Json => {
            let data: Vec<_> = listed.collect();
            json(&Envelope { data, meta: Some(Meta::new(page, query.window, query.language)), links })
        }
        Format::GeoJson => {
            let features = listed.map(Feature::from).collect();
            json(&Collection::new(features, page.total, links.into_list("application/geo+json")))
        }
        Format::Csv => table::write(&page.items, query, fields),
        Format::NdJson => sequence::lines(listed),
        Format::GeoJsonSeq => sequence::records(listed.map(Feature::from)),
    }
}

impl Meta {
    pub(super) fn new<T>(page: &Page<T>, window: Window, language: Language) -> Self {
        Self {
            total: page.total,
            returned: page.items.len(),
            limit: window.limit(),
            offset: window.offset(),
            language: language.code(),
        }
    }
}

pub(super) fn window(parameters: &mut Parameters<'_>) -> Window {
    let default = Window::default();
    let limit = parameters.value("limit", "a whole number from 1 on (over 10000 counts as 10000)");
    let offset = parameters.value("offset", "a whole number from 0 on").unwrap_or(default.offset());
    Window::new(limit.unwrap_or(default.limit()), offset).unwrap_or_else(|error| {
        parameters.violation("limit", error.to_string());
        default
    })
}

pub(super) fn json<T: Serialize>(body: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(body).map_err(|error| Error::internal("no JSON").with_source(error))
}

pub(super) fn written(format: Format, language: Language, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, format.content_type());
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    response
}
