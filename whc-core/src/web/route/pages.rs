//! Every route for people, a row for each: pages, and the files that belong to them.

use super::desk::CURATE;
use super::{BuildHandler, DataHandler, Endpoint, Route};
use crate::web::endpoint;
use crate::web::page::{
    about, api, asset, browser, changes, countries, country, crawler, criteria, criterion, danger, feed,
    home, or_data, problem, security, site, sites, statistics,
};
use crate::web::sharing::Sharing;

/// Every route for people. Where programs have an endpoint for the same thing, it answers what prefers no page.
pub(super) static PAGES: &[Route] = &[
    page_or_data("/", |context, view| {
        Box::pin(or_data(context, home::show(context, view), endpoint::facets::show(context, view)))
    })
    .sharing(Sharing::Always),
    page_or_data("/sites", |context, view| {
        Box::pin(or_data(context, sites::show(context, view), endpoint::sites::list(context, view)))
    }),
    page_or_data("/sites/{id}", |context, view| {
        Box::pin(or_data(context, site::show(context, view), endpoint::sites::show(context, view)))
    })
    .instead(CURATE, |context, visitor| Box::pin(site::show_to_curator(context, visitor))),
    page_or_data("/countries", |context, view| {
        Box::pin(or_data(context, countries::show(context, view), endpoint::countries::list(context, view)))
    }),
    page("/embed", |context, view| Box::pin(sites::embed::show(context, view))),
    page("/countries/{iso}", |context, view| Box::pin(country::show(context, view))).sharing(Sharing::Always),
    page_or_data("/criteria", |context, view| {
        Box::pin(or_data(context, criteria::show(context, view), endpoint::criteria::list(context, view)))
    }),
    page("/criteria/{numeral}", |context, view| Box::pin(criterion::show(context, view))),
    page("/danger", |context, view| Box::pin(danger::show(context, view))).sharing(Sharing::Always),
    page_or_data("/changes", |context, view| {
        Box::pin(or_data(context, changes::show(context, view), endpoint::changes::list(context, view)))
    }),
    page("/statistics", |context, view| Box::pin(statistics::show(context, view))).sharing(Sharing::Always),
    page("/about", |context, view| Box::pin(about::show(context, view))),
    file("/api", |context| api::show(context, super::described_paths)).sharing(Sharing::Always),
    file("/problems", problem::list),
    file("/problems/{code}", problem::show),
    file("/favicon.svg", browser::icon),
    file("/site.webmanifest", browser::manifest),
    file("/opensearch.xml", browser::search),
    file("/robots.txt", crawler::robots),
    file(crawler::CATALOG, crawler::api_catalog),
    Route::get(
        security::PATH,
        Endpoint::Live(|context| Box::pin(async move { security::show(context) })),
        None,
    ),
    page("/sitemap.xml", |context, view| Box::pin(crawler::sitemap(context, view))).sharing(Sharing::Always),
    page("/changes.atom", |context, view| Box::pin(feed::changes(context, view))),
    page("/inscriptions.atom", |context, view| Box::pin(feed::inscriptions(context, view))),
    file("/assets/{name}", asset::show),
];

/// A page, cached until the data change.
const fn page(pattern: &'static str, handler: DataHandler) -> Route {
    Route::get(pattern, Endpoint::Data(handler), None)
}

/// A page for clients that prefer one, else data.
const fn page_or_data(pattern: &'static str, handler: DataHandler) -> Route {
    let mut route = page(pattern, handler);
    route.has_page = true;
    route
}

/// A file that does not depend on the data.
const fn file(pattern: &'static str, handler: BuildHandler) -> Route {
    Route::get(pattern, Endpoint::Build(handler), None)
}
