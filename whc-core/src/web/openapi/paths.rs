//! The paths, one entry for each route.

mod changes;
mod downloads;
mod overview;
mod service;
mod sites;

use serde_json::{Map, Value};

use super::operation::Operation;
use crate::web::{PATHS, Route};

/// Every path and what is there.
pub(super) fn all() -> Map<String, Value> {
    let described = |path: &str| Some((path.to_owned(), operation(Route::of(path).ok()?)?.into_path()));
    PATHS.iter().filter_map(|path| described(path)).collect()
}

/// What a route does; the server as a whole is no path. A route that is not described here does not compile.
fn operation(route: Route<'_>) -> Option<Operation> {
    Some(match route {
        Route::Server => return None,
        Route::Sites => sites::list(),
        Route::Site(_) => sites::show(),
        Route::Nearby(_) => sites::nearby(),
        Route::Facets => overview::facets(),
        Route::Random => sites::random(),
        Route::Countries => overview::countries(),
        Route::Criteria => overview::criteria(),
        Route::Download(format) => downloads::download(format),
        Route::Changes => changes::list(),
        Route::Metrics => service::metrics(),
        Route::OpenApi => service::openapi(),
        Route::Healthz => service::healthz(),
        Route::Livez => service::livez(),
        Route::Readyz => service::readyz(),
        Route::Status => service::status(),
        Route::Heartbeat => service::heartbeat(),
    })
}
