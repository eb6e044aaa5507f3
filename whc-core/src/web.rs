//! Requests in, responses out: [`handle`] and the route table.

mod access;
mod changes;
mod encoding;
mod fields;
mod format;
mod health;
mod kept;
mod links;
mod listing;
mod metrics;
mod moment;
mod negotiation;
mod parameters;
mod pieces;
mod place;
mod problem;
mod query;
mod reading;
mod response;
#[cfg(feature = "tower")]
mod service;
mod sites;
mod table;
mod validator;
mod value;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};

pub use self::problem::{Problem, Violation};
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
    let mut response = match answer(app, &request).await {
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
    Site(&'a str),
    Changes,
    Healthz,
    Livez,
    Readyz,
    Status,
    Heartbeat,
    Metrics,
}

/// The routes a client that lost its way is told about.
const PATHS: [&str; 9] = [
    "/api/whcsites",
    "/api/whcsites/{id}",
    "/api/changes",
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
            "/api/changes" => Self::Changes,
            "/healthz" => Self::Healthz,
            "/livez" => Self::Livez,
            "/readyz" => Self::Readyz,
            "/status" => Self::Status,
            "/api/heartbeat" => Self::Heartbeat,
            "/metrics" => Self::Metrics,
            _ => match path.strip_prefix("/api/whcsites/") {
                Some(id) if !id.is_empty() && !id.contains('/') => Self::Site(id),
                _ => return Err(Problem::no_such_path(path, &PATHS)),
            },
        })
    }
}

async fn answer(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    check_size(request)?;
    let route = Route::of(request.uri().path())?;
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return Ok(response::options()),
        _ => return Err(Problem::method_not_allowed(request.method())),
    }
    match route {
        Route::Server => Ok(response::options()),
        Route::Sites => sites::list(app, request).await,
        Route::Site(id) => sites::show(app, request, id).await,
        Route::Changes => changes::list(app, request).await,
        Route::Healthz => Ok(health::healthz()),
        Route::Livez => Ok(health::livez()),
        Route::Readyz => Ok(health::readyz(app).await),
        Route::Status => Ok(health::status()),
        Route::Heartbeat => Ok(health::heartbeat()),
        Route::Metrics => Ok(metrics::metrics(app)),
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
