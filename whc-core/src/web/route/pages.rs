//! Every route for people, a row for each: pages, and the files that belong to them.

use super::{BuildHandler, DataHandler, Endpoint, Route};
use crate::web::endpoint::{facets, sites as site_list};
use crate::web::page::{asset, home, or_data, sites};

/// Every route for people. Where programs have an endpoint for the same thing, it answers what prefers no page.
pub(super) static PAGES: &[Route] = &[
    page_or_data("/", |context, view| {
        Box::pin(or_data(context, home::show(context, view), facets::show(context, view)))
    }),
    page_or_data("/sites", |context, view| {
        Box::pin(or_data(context, sites::show(context, view), site_list::list(context, view)))
    }),
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
