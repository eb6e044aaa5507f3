//! `/api/whcsites` and `/api/whcsites/{id}`.

use bytes::Bytes;
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, LINK};
use http::{Request, Response, StatusCode};
use serde::Serialize;

use super::fields::Fields;
use super::format::{self, Format};
use super::links::{self, PageLinks};
use super::listing::Listing;
use super::parameters::Parameters;
use super::pieces::Pieces;
use super::problem::Problem;
use super::reading::Reading;
use super::validator::Representation;
use super::{kept, negotiation, query, table};
use crate::app::App;
use crate::body::Body;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::site::document::{self, Form};
use crate::site::{Language, SiteId, SiteQuery};

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
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write_list(app, request, &reading).await).await
}

async fn write_list(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
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

    let (found, total) = reading.list(&query).await?;
    let links = PageLinks::new(app, window, total, &rest);
    let header = links.header();
    let body = write(format, &Listing { found: &found, query: &query, fields: &fields }, total, links)?;
    let mut response = written(format, language, body);
    response.headers_mut().extend(header.map(|header| (LINK, header)));
    if reading.is_current().await? {
        representation.describe(&mut response, app, reading.version());
    }
    Ok(response)
}

/// One site with everything known of it, on the list or no longer.
pub(super) async fn show(app: &App, request: &Request<Bytes>, id: &str) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write_site(app, request, &reading, id).await).await
}

async fn write_site(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
    id: &str,
) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &["lang", "f"]);
    let language = negotiation::language(request.headers(), &mut parameters);
    let format = format::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let representation = Representation::new(format, language, &parameters);
    let id: SiteId =
        id.parse().map_err(|error: Error| Problem::new(StatusCode::NOT_FOUND, error.to_string()))?;
    parameters.finish()?;

    let Some(found) = reading.find(id).await? else {
        let detail = format!("there is no site {id}; {} lists all there are", links::sites(app));
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    };
    let site = found.site(0);
    let query = SiteQuery { language, ..SiteQuery::EVERYTHING };
    let listing = Listing { found: &found, query: &query, fields: &Fields::default() };
    let mut pieces = Pieces::with_capacity(2048);
    if format == Format::GeoJson {
        listing.array(Form::Feature, &mut pieces)?;
    } else {
        let links = SiteLinks { this: links::site(app, id), collection: links::sites(app) };
        pieces.text("{\"data\":");
        listing.array(Form::Summary, &mut pieces)?;
        pieces.reopen_object();
        pieces.text(",\"components\":");
        pieces.json(&document::components(site))?;
        pieces.text("},\"links\":");
        pieces.json(&links)?;
        pieces.text("}");
    }
    let mut response = written(format, site.names.best(language).0, pieces.into_body());
    if reading.is_current().await? {
        representation.describe(&mut response, app, reading.version());
    }
    Ok(response)
}

fn write(format: Format, listing: &Listing<'_>, total: u64, links: PageLinks) -> Result<Body> {
    let mut pieces = Pieces::default();
    match format {
        Format::Json => {
            pieces.text("{\"data\":[");
            listing.array(Form::Summary, &mut pieces)?;
            pieces.text("],\"meta\":");
            pieces.json(&Meta::new(
                listing.query.window,
                listing.query.language,
                listing.found.len(),
                total,
            ))?;
            pieces.text(",\"links\":");
            pieces.json(&links)?;
            pieces.text("}");
        }
        Format::GeoJson => {
            pieces.text("{\"type\":\"FeatureCollection\",\"features\":[");
            listing.array(Form::Feature, &mut pieces)?;
            // The counts as OGC API Features names them.
            pieces.text("],\"numberMatched\":");
            pieces.json(&total)?;
            pieces.text(",\"numberReturned\":");
            pieces.json(&listing.found.len())?;
            pieces.text(",\"links\":");
            pieces.json(&links.into_list("application/geo+json"))?;
            pieces.text("}");
        }
        Format::Csv => return Ok(table::write(listing.found.iter(), listing.query, listing.fields)?.into()),
        Format::NdJson => listing.lines(Form::Summary, "", &mut pieces)?,
        // Each after a record separator (RFC 8142).
        Format::GeoJsonSeq => listing.lines(Form::Feature, "\u{1e}", &mut pieces)?,
    }
    Ok(pieces.into_body())
}

impl Meta {
    pub(super) fn new(window: Window, language: Language, returned: usize, total: u64) -> Self {
        Self { total, returned, limit: window.limit(), offset: window.offset(), language: language.code() }
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

pub(super) fn written(format: Format, language: Language, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, format.content_type());
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    response
}
