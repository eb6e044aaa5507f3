//! `/api/whcsites/{id}/nearby`: the sites around a site.

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::asked::{self, Asked};
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::Reading;
use super::{kept, links, query, sites};
use crate::app::App;
use crate::body::Body;
use crate::site::{Kilometres, Near, Order, Point, Site, SortKey};

/// Sites in a page when the request names no limit.
pub(super) const LIMIT: u32 = 10;

/// A page of the sites around a site, the nearest first.
pub(super) async fn nearby(app: &App, request: &Request<Bytes>, id: &str) -> Result<Response<Body>, Problem> {
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write(app, request, &reading, id).await).await
}

async fn write(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
    id: &str,
) -> Result<Response<Body>, Problem> {
    let id = sites::site_id(id)?;
    let site = reading.sites().get(id).await?.ok_or_else(|| sites::no_such_site(app, id))?;
    let point = site.point.ok_or_else(|| no_point(app, &site))?;

    let known = names();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    parameters.imply("near", near(point));
    let mut asked = Asked::read(request, parameters, &known, LIMIT)?;
    asked.query.except = Some(id);
    let anywhere = Kilometres::new(Kilometres::MAX)?;
    // Any radius leaves out the sites without a point, and the greatest one no others.
    asked.query.near = asked.query.near.map(|near| Near { radius: near.radius.or(Some(anywhere)), ..near });
    asked.query.sort = asked.query.sort.or(Some(Order::by(SortKey::Distance)));
    asked.answer(app, reading, &links::nearby(app, id)).await
}

/// The parameters: those of the list but the two that say what the path says.
pub(super) fn names() -> Vec<&'static str> {
    let filters: Vec<_> = query::FILTERS.into_iter().filter(|name| !["near", "id"].contains(name)).collect();
    asked::names(&filters)
}

/// The point as the list takes it; numbers are shown with all of their digits.
fn near(point: Point) -> String {
    format!("{},{}", point.longitude(), point.latitude())
}

fn no_point(app: &App, site: &Site) -> Problem {
    let sites = links::sites(app);
    let detail = format!(
        "the point of site {} is not known, so nothing is known to be near it; {sites}?near=longitude,latitude takes any",
        site.id
    );
    Problem::new(StatusCode::NOT_FOUND, detail)
}
