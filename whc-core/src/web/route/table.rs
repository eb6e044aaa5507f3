//! Every route for programs, a row for each.

use http::Method;

use super::{BuildHandler, DataHandler, Demand, Endpoint, LiveHandler, PrivateHandler, Route};
use crate::auth::Scope::{AuditRead, ContactsErase, ContactsRead, ContactsWrite, SitesWrite};
use crate::web::endpoint::openapi::operation::Operation;
use crate::web::endpoint::{
    audit, cases, changes, contact, contacts, countries, criteria, curated, curation, downloads, facets,
    health, metrics, nearby, openapi, random, sites,
};
use crate::web::format::Format;
use crate::web::sharing::Sharing;

/// Every route for programs, in the order of problems and of the description.
pub(super) static ROUTES: &[Route] = &[
    data("/api/whcsites", |context, view| Box::pin(sites::list(context, view)), sites::describe_list)
        .sharing(Sharing::Images),
    curate(
        Method::POST,
        "/api/whcsites",
        |context, caller| Box::pin(curation::create(context, caller)),
        curation::describe_create,
    ),
    data("/api/whcsites/{id}", |context, view| Box::pin(sites::show(context, view)), sites::describe_show),
    curate(
        Method::PUT,
        "/api/whcsites/{id}",
        |context, caller| Box::pin(curation::replace(context, caller)),
        curation::describe_replace,
    ),
    curate(
        Method::PATCH,
        "/api/whcsites/{id}",
        |context, caller| Box::pin(curation::merge(context, caller)),
        curation::describe_merge,
    ),
    curate(
        Method::DELETE,
        "/api/whcsites/{id}",
        |context, caller| Box::pin(curation::delist(context, caller)),
        curation::describe_delist,
    ),
    curate(
        Method::DELETE,
        "/api/whcsites/{id}/curated/{field}",
        |context, caller| Box::pin(curated::hand_back(context, caller)),
        curated::describe,
    ),
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
    )
    .sharing(Sharing::Always),
    data(
        "/api/downloads/whcsites.geojson",
        |context, view| Box::pin(downloads::download(context, view, Format::GeoJson)),
        || downloads::describe(Format::GeoJson),
    )
    .sharing(Sharing::Always),
    data(
        "/api/downloads/whcsites.csv",
        |context, view| Box::pin(downloads::download(context, view, Format::Csv)),
        || downloads::describe(Format::Csv),
    )
    .sharing(Sharing::Always),
    data(
        "/api/downloads/whcsites.excel.csv",
        |context, view| Box::pin(downloads::download(context, view, Format::CsvWithBom)),
        || downloads::describe(Format::CsvWithBom),
    )
    .sharing(Sharing::Always),
    data(
        "/api/downloads/whcsites.ndjson",
        |context, view| Box::pin(downloads::download(context, view, Format::NdJson)),
        || downloads::describe(Format::NdJson),
    )
    .sharing(Sharing::Always),
    data(
        "/api/downloads/whcsites.geojsonseq",
        |context, view| Box::pin(downloads::download(context, view, Format::GeoJsonSeq)),
        || downloads::describe(Format::GeoJsonSeq),
    )
    .sharing(Sharing::Always),
    read(
        "/api/cases/{case_id}/contact",
        Demand::case_with(&[ContactsRead]),
        |context, caller| Box::pin(contact::show(context, caller)),
        contact::describe_show,
    ),
    change(
        Method::PUT,
        "/api/cases/{case_id}/contact",
        Demand::case_with(&[ContactsWrite]),
        |context, caller| Box::pin(contact::put(context, caller)),
        contact::describe_put,
    ),
    change(
        Method::PATCH,
        "/api/cases/{case_id}/contact",
        Demand::case_with(&[ContactsWrite]),
        |context, caller| Box::pin(contact::patch(context, caller)),
        contact::describe_patch,
    ),
    change(
        Method::DELETE,
        "/api/cases/{case_id}/contact",
        Demand::case_with(&[ContactsWrite]),
        |context, caller| Box::pin(contact::delete(context, caller)),
        contact::describe_delete,
    ),
    read(
        "/api/cases/{case_id}/export",
        Demand::case_with(&[ContactsRead, AuditRead]),
        |context, caller| Box::pin(cases::export(context, caller)),
        cases::describe_export,
    ),
    change(
        Method::DELETE,
        "/api/cases/{case_id}",
        Demand::case_with(&[ContactsErase]),
        |context, caller| Box::pin(cases::erase(context, caller)),
        cases::describe_erase,
    ),
    read(
        "/api/contacts",
        Demand::scopes_of(&[ContactsRead]),
        |context, caller| Box::pin(contacts::list(context, caller)),
        contacts::describe_list,
    ),
    change(
        Method::POST,
        "/api/contacts",
        Demand::scopes_of(&[ContactsWrite]),
        |context, caller| Box::pin(contacts::create(context, caller)),
        contacts::describe_create,
    ),
    read(
        "/api/audit",
        Demand::scopes_of(&[AuditRead]),
        |context, caller| Box::pin(audit::list(context, caller)),
        audit::describe,
    ),
    build("/api/openapi.json", |context| openapi::show(context, super::described_paths), openapi::describe)
        .sharing(Sharing::Always),
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
    Route::get(pattern, Endpoint::Data(handler), Some(describe))
}

/// A row for callers who only look.
const fn read(
    pattern: &'static str,
    demand: Demand,
    handler: PrivateHandler,
    describe: fn() -> Operation,
) -> Route {
    Route::get(pattern, Endpoint::Private(demand, handler), Some(describe))
}

/// A row for callers who change something.
const fn change(
    method: Method,
    pattern: &'static str,
    demand: Demand,
    handler: PrivateHandler,
    describe: fn() -> Operation,
) -> Route {
    Route::new(method, pattern, Endpoint::Private(demand, handler), Some(describe))
}

/// A row for curators, there where the list can be written.
const fn curate(
    method: Method,
    pattern: &'static str,
    handler: PrivateHandler,
    describe: fn() -> Operation,
) -> Route {
    let mut route = change(method, pattern, Demand::scopes_of(&[SitesWrite]), handler, describe);
    route.is_curation = true;
    route
}

const fn build(pattern: &'static str, handler: BuildHandler, describe: fn() -> Operation) -> Route {
    Route::get(pattern, Endpoint::Build(handler), Some(describe))
}

const fn live(pattern: &'static str, handler: LiveHandler, describe: fn() -> Operation) -> Route {
    Route::get(pattern, Endpoint::Live(handler), Some(describe))
}

const fn probe(pattern: &'static str, handler: LiveHandler, describe: fn() -> Operation) -> Route {
    let mut route = live(pattern, handler, describe);
    route.is_probe = true;
    route
}
