//! `/api/whcsites/random`: a site by chance.

use bytes::Bytes;
use http::header::{CONTENT_LOCATION, HeaderValue};
use http::{Request, Response, StatusCode};

use super::encoding::Encoding;
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::{Found, Reading};
use super::validator::Representation;
use super::{format, links, query, response, sites};
use crate::app::App;
use crate::body::Body;
use crate::error::Result;
use crate::page::Window;
use crate::site::{Order, SiteQuery, SortKey};

/// One of the sites that pass the filters, each as likely as any other.
pub(super) async fn random(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let known = [&["lang", "f"][..], &query::FILTERS].concat();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    let representation = Representation::negotiate(request.headers(), &mut parameters, format::SINGLE)?;
    let query = query::query(&mut parameters, representation.language, Window::default());
    parameters.finish()?;

    let reading = Reading::begin(app).await?;
    let found = pick(app, &reading, query).await?.ok_or_else(|| no_site(app))?;
    let mut response = response::uncached(sites::one(app, &found, &representation)?);
    let address = HeaderValue::try_from(links::site(app, found.site(0).id)).ok();
    response.headers_mut().extend(address.map(|address| (CONTENT_LOCATION, address)));
    if let Some(encoding) = Encoding::negotiate(request.headers()) {
        encoding.apply(&mut response);
    }
    Ok(response)
}

async fn pick<'a>(app: &App, reading: &'a Reading<'_>, query: SiteQuery) -> Result<Option<Found<'a>>> {
    let mut query = SiteQuery { sort: Some(Order::by(SortKey::Id)), window: Window::new(1, 0)?, ..query };
    let (first, total) = reading.list(&query).await?;
    query.window = Window::new(1, app.random(total))?;
    // Where the list got shorter meanwhile there is still the first.
    let (chosen, _) = reading.list(&query).await?;
    Ok([chosen, first].into_iter().find(|found| found.len() > 0))
}

fn no_site(app: &App) -> Problem {
    let facets = links::facets(app);
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("no site passes these filters; {facets} counts what there is"),
    )
}
