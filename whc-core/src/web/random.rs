//! `/api/whcsites/random`: a site by chance.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_LOCATION, HeaderValue};
use http::{Request, Response, StatusCode};

use super::body::Body;
use super::encoding::Encoding;
use super::parameters::Parameters;
use super::problem::Problem;
use super::validator::Representation;
use super::{format, links, query, response, sites};
use crate::app::App;
use crate::error::Result;
use crate::page::Window;
use crate::site::{Order, Site, SiteQuery, SortKey};

/// One of the sites that pass the filters, each as likely as any other.
pub(super) async fn random(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let known = [&["lang", "f"][..], &query::FILTERS].concat();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    let representation = Representation::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let query = query::query(&mut parameters, representation.language, Window::default());
    parameters.finish()?;

    let site = pick(app, query).await?.ok_or_else(|| no_site(app))?;
    let mut response = response::uncached(sites::one(app, &site, &representation)?);
    let address = HeaderValue::try_from(links::site(app, site.id)).ok();
    response.headers_mut().extend(address.map(|address| (CONTENT_LOCATION, address)));
    if let Some(encoding) = Encoding::negotiate(request.headers()) {
        encoding.apply(&mut response);
    }
    Ok(response)
}

async fn pick(app: &App, query: SiteQuery) -> Result<Option<Arc<Site>>> {
    let mut query = SiteQuery { sort: Some(Order::by(SortKey::Id)), window: Window::new(1, 0)?, ..query };
    let first = app.sites().list(&query).await?;
    query.window = Window::new(1, app.random(first.total))?;
    // Where the list got shorter meanwhile there is still the first.
    let chosen = app.sites().list(&query).await?;
    Ok(chosen.items.into_iter().chain(first.items).next())
}

fn no_site(app: &App) -> Problem {
    let facets = links::facets(app);
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("no site passes these filters; {facets} counts what there is"),
    )
}
