//! `/api/whcsites/{id}/nearby`: the sites around a site.

use http::StatusCode;

use super::openapi::operation::Operation;
use super::openapi::parameters::{SITE, limit};
use super::site_answers;
use crate::repository::ReadView;
use crate::site::{Kilometres, Near, Order, Point, Site, SortKey};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::Format;
use crate::web::problem::Problem;
use crate::web::request::{Base, ListRequest, filters, list_parameters};
use crate::web::response::links;

/// Sites in a page when the request names no limit.
const LIMIT: u32 = 10;

/// A page of the sites around a site, the nearest first.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let id = site_answers::site_id(context.id())?;
    let site = view.sites().get(id).await?.ok_or_else(|| site_answers::no_such_site(context.base, id))?;
    let point = site.point.ok_or_else(|| no_point(context.base, &site))?;

    let known = names();
    let mut parameters = context.parameters(&known);
    parameters.imply("near", near(point));
    let mut list = ListRequest::read(context.headers, parameters, &known, |_| LIMIT)?;
    list.query.except = Some(id);
    let anywhere = Kilometres::new(Kilometres::MAX)?;
    // The greatest radius excludes the sites without a point and no others.
    list.query.near = list.query.near.map(|near| Near { radius: near.radius.or(Some(anywhere)), ..near });
    list.query.sort = list.query.sort.or(Some(Order::by(SortKey::Distance)));
    Ok(site_answers::page(context, view, &list, &links::nearby(context.base, id)).await?)
}

/// The parameters: those of the list, but for the two that the path implies.
fn names() -> Vec<&'static str> {
    let filters: Vec<_> =
        filters::FILTERS.into_iter().filter(|name| !["near", "id"].contains(name)).collect();
    list_parameters(&filters)
}

/// The value of `near` for this point, with all digits.
fn near(point: Point) -> String {
    format!("{},{}", point.longitude(), point.latitude())
}

fn no_point(base: Base<'_>, site: &Site) -> Problem {
    let sites = links::sites(base);
    let detail = format!(
        "the point of site {} is not known, so nothing is known to be near it; {sites}?near=longitude,latitude takes any",
        site.id
    );
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// Describes [`list`].
pub(crate) fn describe() -> Operation {
    let description = "The sites around a site, the nearest first and itself not among them; all that the list can be \
                       asked but what the path says. 404 where the point of the site is not known.";
    let names: Vec<_> = names().into_iter().filter(|name| *name != "limit").collect();
    Operation::new("listSitesNearby", "sites", "The sites around a site", description)
        .taking(&[SITE])
        .taking_own(limit(LIMIT))
        .taking_query(&names)
        .in_formats(Format::LIST)
        .cached()
        .failing(&[StatusCode::NOT_FOUND])
        .answering(StatusCode::OK, site_answers::page_answer("A page of the sites around."))
}
