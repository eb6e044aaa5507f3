//! Requests in, responses out: [`handle`] and the route table.

mod access;
mod asked;
mod changes;
mod countries;
mod criteria;
mod downloads;
mod encoding;
mod envelope;
mod facets;
mod fields;
mod fitting;
mod format;
mod health;
mod host;
mod kept;
mod links;
mod listing;
mod metrics;
mod nearby;
mod negotiation;
mod openapi;
mod overview;
mod panic;
mod parameters;
mod pieces;
mod place;
mod problem;
mod query;
mod random;
mod range;
mod reading;
mod request_from_parts;
mod response;
#[cfg(feature = "tower")]
mod service;
mod sites;
mod table;
mod timestamp;
mod validator;
mod value;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};

use self::format::Format;
pub use self::panic::catch_panic;
pub use self::problem::{Problem, Violation};
pub use self::request_from_parts::{encoded_path, request_from_parts};
use crate::app::App;
pub use crate::body::Body;

/// The longest path and query accepted, in bytes.
pub const MAX_URI_BYTES: usize = 8 << 10;
/// The most header accepted, names and values together, in bytes.
pub const MAX_HEADER_BYTES: usize = 16 << 10;

/// Answers a request. Never fails: whatever goes wrong becomes a response.
///
/// The request's body must be whole and of a size the caller accepts. One line is logged for every request.
pub async fn handle(app: &App, request: Request<Bytes>) -> Response<Body> {
    let access = access::Access::begin(app, &request);
    let mut response = match fitting_answer(app, &request).await {
        Ok(response) => response,
        Err(problem) => problem.with_request_id(access.request_id()).into_response(),
    };
    response::complete(&mut response);
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::default();
    }
    let kept = response.headers().get(kept::X_CACHE).map(|outcome| outcome == "hit");
    app.metrics().answered(response.status(), kept);
    access.finish(app, &request, &mut response);
    response
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route<'a> {
    Server,
    Sites,
    Facets,
    Random,
    Site(&'a str),
    Nearby(&'a str),
    Countries,
    Criteria,
    Download(Format),
    Changes,
    Healthz,
    Livez,
    Readyz,
    Status,
    Heartbeat,
    Metrics,
    OpenApi,
}

/// The routes a client that lost its way is told about.
const PATHS: [&str; 20] = [
    "/api/whcsites",
    "/api/whcsites/{id}",
    "/api/whcsites/{id}/nearby",
    "/api/whcsites/facets",
    "/api/whcsites/random",
    "/api/countries",
    "/api/criteria",
    "/api/changes",
    "/api/downloads/whcsites.json",
    "/api/downloads/whcsites.geojson",
    "/api/downloads/whcsites.csv",
    "/api/downloads/whcsites.ndjson",
    "/api/downloads/whcsites.geojsonseq",
    "/api/openapi.json",
    "/healthz",
    "/livez",
    "/readyz",
    "/status",
    "/api/heartbeat",
    "/metrics",
];

impl<'a> Route<'a> {
    fn of(path: &'a str) -> Result<Self, Problem> {
        Ok(match path {
            "*" => Self::Server,
            "/api/whcsites" => Self::Sites,
            "/api/whcsites/facets" => Self::Facets,
            "/api/whcsites/random" => Self::Random,
            "/api/countries" => Self::Countries,
            "/api/criteria" => Self::Criteria,
            "/api/changes" => Self::Changes,
            "/healthz" => Self::Healthz,
            "/livez" => Self::Livez,
            "/readyz" => Self::Readyz,
            "/status" => Self::Status,
            "/api/heartbeat" => Self::Heartbeat,
            "/metrics" => Self::Metrics,
            "/api/openapi.json" => Self::OpenApi,
            _ => {
                let download = || downloads::format(path).map(Self::Download);
                let route = Self::of_site(path).or_else(download);
                return route.ok_or_else(|| Problem::no_such_path(path, &PATHS));
            }
        })
    }

    /// The route of a path with the id of a site in it.
    fn of_site(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/api/whcsites/")?;
        match rest.split_once('/') {
            None if !rest.is_empty() => Some(Self::Site(rest)),
            Some((id, "nearby")) if !id.is_empty() => Some(Self::Nearby(id)),
            _ => None,
        }
    }
}

async fn fitting_answer(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let response = answer(app, request).await?;
    match app.most_bytes() {
        None => Ok(response),
        Some(most) => Box::pin(fitting::fit(app, request, response, most)).await,
    }
}

async fn answer(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    check_size(request)?;
    host::check(request.headers())?;
    let route = Route::of(request.uri().path())?;
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Ok(response::options()),
        _ => return Err(Problem::method_not_allowed(request.method())),
    }
    match route {
        Route::Server => Ok(response::options()),
        Route::Sites => sites::list(app, request).await,
        Route::Facets => facets::facets(app, request).await,
        // On the heap, as all that is written is: other answers should not carry its state.
        Route::Random => Box::pin(random::random(app, request)).await,
        Route::Site(id) => sites::show(app, request, id).await,
        Route::Nearby(id) => nearby::nearby(app, request, id).await,
        Route::Countries => countries::countries(app, request).await,
        Route::Criteria => criteria::criteria(app, request).await,
        Route::Download(format) => downloads::download(app, request, format).await,
        Route::Changes => changes::list(app, request).await,
        Route::Healthz => Ok(health::healthz()),
        Route::Livez => Ok(health::livez()),
        Route::Readyz => Ok(health::readyz(app).await),
        Route::Status => Ok(health::status()),
        Route::Heartbeat => Ok(health::heartbeat()),
        Route::Metrics => Ok(metrics::metrics(app)),
        Route::OpenApi => openapi::describe(app, request).await,
    }
}

fn check_size(request: &Request<Bytes>) -> Result<(), Problem> {
    let uri = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if uri > MAX_URI_BYTES {
        return Err(Problem::uri_too_long(uri, MAX_URI_BYTES));
    }
    let header = header_bytes(request.headers());
    if header > MAX_HEADER_BYTES {
        return Err(Problem::header_too_large(header, MAX_HEADER_BYTES));
    }
    Ok(())
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}
