//! `/api/whcsites/random`: a random site.

use std::sync::Arc;

use http::StatusCode;
use http::header::{CONTENT_LOCATION, HeaderValue};

use super::openapi::operation::{Operation, answer};
use super::site_answers::{self, SINGLE, SingleRequest};
use crate::app::App;
use crate::error::Result;
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{Order, Site, SiteQuery, SortKey};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::Format;
use crate::web::problem::Problem;
use crate::web::request::{Base, filters, negotiation};
use crate::web::response::links;

/// One of the sites that pass the filters, each as likely as any other.
pub(crate) async fn show(context: &Context<'_>) -> Result<Answer, Problem> {
    let app = context.app;
    let known = [&SINGLE[..], &filters::FILTERS].concat();
    let mut parameters = context.parameters(&known);
    let single = SingleRequest::read(context, &mut parameters)?;
    let query = filters::query(&mut parameters, single.representation.language, Window::default());
    parameters.finish()?;

    let view = ReadView::begin(app.sites()).await?;
    let site = pick(app, &view, query).await?.ok_or_else(|| no_site(context.base))?;
    let address = HeaderValue::try_from(links::site(context.base, site.id)).ok();
    let found = site.into();
    let mut answer = Answer::no_store(site_answers::one(context.base, &found, view.snapshot(), &single)?);
    answer.response.headers_mut().extend(address.map(|address| (CONTENT_LOCATION, address)));
    Ok(answer.encoded(negotiation::encoding(context.headers)))
}

async fn pick(app: &App, view: &ReadView<'_>, query: SiteQuery) -> Result<Option<Arc<Site>>> {
    let mut query = SiteQuery { sort: Some(Order::by(SortKey::Id)), window: Window::new(1, 0)?, ..query };
    let first = view.sites().list(&query).await?;
    query.window = Window::new(1, app.random(first.total))?;
    let chosen = view.sites().list(&query).await?;
    // If the list got shorter in the meantime, its first site.
    Ok(chosen.items.into_iter().chain(first.items).next())
}

fn no_site(base: Base<'_>) -> Problem {
    let facets = links::facets(base);
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("no site passes these filters; {facets} counts what there is"),
    )
}

/// Describes [`show`].
pub(crate) fn describe() -> Operation {
    let description =
        "One of the sites that pass the filters, each as likely as any other. 404 where none does.";
    let headers = ["cache-control", "content-language", "content-encoding", "content-location"];
    let answer = answer("A site.", &headers, &site_answers::in_each(Format::SINGLE, site_answers::one_body));
    let failures =
        [StatusCode::NOT_FOUND, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::SERVICE_UNAVAILABLE];
    Operation::new("getRandomSite", "sites", "A site by chance", description)
        .taking_query(&[&SINGLE[..], &filters::FILTERS].concat())
        .in_formats(Format::SINGLE)
        .failing(&failures)
        .answering(StatusCode::OK, answer)
}
