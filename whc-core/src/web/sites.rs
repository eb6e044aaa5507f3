//! `/api/whcsites` and `/api/whcsites/{id}`.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::Serialize;

use super::asked::{self, Asked};
use super::fields::Fields;
use super::format::{self, Format};
use super::listing::Listing;
use super::parameters::Parameters;
use super::pieces::Pieces;
use super::problem::{Problem, nearest};
use super::reading::{Found, Reading};
use super::validator::Representation;
use super::{kept, links, query};
use crate::app::App;
use crate::body::Body;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::site::json::{self, Form};
use crate::site::{SiteId, SiteQuery};

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
    let known = asked::names(&query::FILTERS);
    let parameters = Parameters::parse(request.uri().query(), &known);
    let asked = Asked::read(request, parameters, &known, Window::DEFAULT_LIMIT)?;
    asked.answer(app, reading, &links::sites(app)).await
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
    let representation = Representation::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let id = site_id(id)?;
    parameters.finish()?;

    let found = reading.find(id).await?.ok_or_else(|| no_such_site(app, id))?;
    let response = one(app, &found, &representation)?;
    Ok(representation.conclude(app, reading, response).await?)
}

/// The id in a path.
pub(super) fn site_id(text: &str) -> Result<SiteId, Problem> {
    text.parse().map_err(|error: Error| {
        let detail = match nearest(text, &["facets", "random"]) {
            Some(meant) => format!("{error}; did you mean /api/whcsites/{meant}?"),
            None => error.to_string(),
        };
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}

pub(super) fn no_such_site(app: &App, id: SiteId) -> Problem {
    let detail = format!("there is no site {id}; {} lists all there are", links::sites(app));
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// A site by itself, the first of those found.
pub(super) fn one(app: &App, found: &Found<'_>, representation: &Representation) -> Result<Response<Body>> {
    let Representation { format, language, .. } = *representation;
    let site = found.site(0);
    let query = SiteQuery { language, ..SiteQuery::ALL };
    let listing = Listing { found, query: &query, fields: &Fields::default() };
    let mut pieces = Pieces::with_capacity(2048);
    if format == Format::GeoJson {
        listing.array(Form::Feature, &mut pieces);
    } else {
        let links = SiteLinks { this: links::site(app, site.id), collection: links::sites(app) };
        pieces.text("{\"data\":");
        listing.array(Form::Summary, &mut pieces);
        pieces.reopen_object();
        pieces.text(",\"components\":");
        pieces.json(&json::components(site))?;
        pieces.text("},\"links\":");
        pieces.json(&links)?;
        pieces.text("}");
    }
    Ok(format.response(site.names.best(language).0, pieces.into_body()))
}
