//! `/api/whcsites` and `/api/whcsites/{id}`.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::Serialize;

use super::asked::{self, Asked};
use super::body::Body;
use super::document::{SiteDetail, SiteSummary};
use super::envelope::{Envelope, json};
use super::format::{self, Format};
use super::geojson::Feature;
use super::parameters::Parameters;
use super::problem::{Problem, nearest};
use super::validator::Representation;
use super::{kept, links, query};
use crate::app::App;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::Version;
use crate::site::{Site, SiteId};

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
    let known = asked::names(&query::FILTERS);
    let parameters = Parameters::parse(request.uri().query(), &known);
    let asked = Asked::read(request, parameters, &known, Window::DEFAULT_LIMIT)?;
    asked.answer(app, version, &links::sites(app)).await
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
    let representation = Representation::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let id = site_id(id)?;
    parameters.finish()?;

    let site = app.sites().get(id).await?.ok_or_else(|| no_such_site(app, id))?;
    let response = one(app, &site, &representation)?;
    Ok(representation.conclude(app, version, response).await?)
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

/// A site by itself.
pub(super) fn one(app: &App, site: &Site, representation: &Representation) -> Result<Response<Body>> {
    let Representation { format, language, .. } = *representation;
    let links = SiteLinks { this: links::site(app, site.id), collection: links::sites(app) };
    let body = match format {
        Format::GeoJson => json(&Feature::new(site, SiteSummary::new(site, language))),
        _ => json(&Envelope { data: SiteDetail::new(site, language), meta: None::<()>, links }),
    };
    Ok(format.response(site.names.best(language).0, body?))
}
