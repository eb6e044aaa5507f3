//! Every route, a row for each.

use http::Method;

use super::{BuildHandler, DataHandler, Endpoint, LiveHandler, Route};
use crate::web::endpoint::openapi::operation::Operation;
use crate::web::endpoint::{
    changes, countries, criteria, downloads, facets, health, metrics, nearby, openapi, random, sites,
};
use crate::web::format::Format;

/// Every route, in the order of problems and of the description.
pub(super) static ROUTES: [Route; 22] = [
    data("/api/whcsites", |context, view| Box::pin(sites::list(context, view)), sites::describe_list),
    data("/api/whcsites/{id}", |context, view| Box::pin(sites::show(context, view)), sites::describe_show),
    data(
        "/api/whcsites/{id}/nearby",
        |context, view| Box::pin(nearby::list(context, view)),
        nearby::describe,
    ),
    data("/api/whcsites/facets", |context, view| Box::pin(facets::show(context, view)), facets::describe),
    live("/api/whcsites/random", |context| Box::pin(random::show(context)), random::describe),
    data("/api/countries", |context, view| Box::pin(countries::list(context, view)), countries::describe),
    data("/api/criteria", |context, view| Box::pin(criteria::list(context, view)), criteria::describe),
    data("/api/changes", |context, view| Box::pin(changes::list(context, view)), changes::describe),
    data(
        "/api/downloads/whcsites.json",
        |context, view| Box::pin(downloads::download(context, view, Format::Json)),
        || downloads::describe(Format::Json),
    ),
    data(
        "/api/downloads/whcsites.geojson",
        |context, view| Box::pin(downloads::download(context, view, Format::GeoJson)),
        || downloads::describe(Format::GeoJson),
    ),
    data(
        "/api/downloads/whcsites.csv",
        |context, view| Box::pin(downloads::download(context, view, Format::Csv)),
        || downloads::describe(Format::Csv),
    ),
    data(
        "/api/downloads/whcsites.excel.csv",
        |context, view| Box::pin(downloads::download(context, view, Format::CsvWithBom)),
        || downloads::describe(Format::CsvWithBom),
    ),
    data(
        "/api/downloads/whcsites.ndjson",
        |context, view| Box::pin(downloads::download(context, view, Format::NdJson)),
        || downloads::describe(Format::NdJson),
    ),
    data(
        "/api/downloads/whcsites.geojsonseq",
        |context, view| Box::pin(downloads::download(context, view, Format::GeoJsonSeq)),
        || downloads::describe(Format::GeoJsonSeq),
    ),
    build("/api/openapi.json", |context| openapi::show(context, super::described_paths), openapi::describe),
    probe("/healthz", |context| Box::pin(async { health::healthz(context) }), health::describe_healthz),
    probe("/livez", |_| Box::pin(async { Ok(health::livez()) }), health::describe_livez),
    probe(
        "/readyz",
        |context| Box::pin(async { Ok(health::readyz(context).await) }),
        health::describe_readyz,
    ),
    probe("/status", |_| Box::pin(async { Ok(health::status()) }), health::describe_status),
    probe("/ping", |_| Box::pin(async { Ok(health::status()) }), health::describe_ping),
    probe("/api/heartbeat", |_| Box::pin(async { Ok(health::heartbeat()) }), health::describe_heartbeat),
    probe("/metrics", |context| Box::pin(async { Ok(metrics::show(context)) }), metrics::describe),
];

const fn data(pattern: &'static str, handler: DataHandler, describe: fn() -> Operation) -> Route {
    get(pattern, Endpoint::Data(handler), describe)
}

const fn build(pattern: &'static str, handler: BuildHandler, describe: fn() -> Operation) -> Route {
    get(pattern, Endpoint::Build(handler), describe)
}

const fn live(pattern: &'static str, handler: LiveHandler, describe: fn() -> Operation) -> Route {
    get(pattern, Endpoint::Live(handler), describe)
}

const fn get(pattern: &'static str, endpoint: Endpoint, describe: fn() -> Operation) -> Route {
    Route { method: Method::GET, pattern, endpoint, describe, is_probe: false }
}

const fn probe(pattern: &'static str, handler: LiveHandler, describe: fn() -> Operation) -> Route {
    let mut route = live(pattern, handler, describe);
    route.is_probe = true;
    route
}

