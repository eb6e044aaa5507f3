//! The table of routes. Paths, methods, `Allow`, problems and the description come from it.

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use http::Method;
use matchit::{Params, Router};
use serde_json::{Map, Value};

use super::answer::Answer;
use super::context::Context;
use super::endpoint::openapi::operation::Operation;
use super::endpoint::{
    changes, countries, criteria, downloads, facets, health, metrics, nearby, openapi, random, sites,
};
use super::format::Format;
use super::problem::Problem;
use crate::config::WebConfig;
use crate::repository::ReadView;

/// A row of the table: one method on one path.
pub(crate) struct Route {
    /// The method. GET answers HEAD too, and every path OPTIONS.
    method: Method,
    /// The path, with parameters in braces.
    pattern: &'static str,
    /// The handler.
    pub(crate) endpoint: Endpoint,
    /// Its description.
    describe: fn() -> Operation,
    /// Whether it is for probes, whose requests are logged at a lower level.
    pub(crate) is_probe: bool,
}

/// The handler of a route, by what its responses depend on, which decides how they are cached.
pub(crate) enum Endpoint {
    /// On the data: cached until they change.
    Data(DataHandler),
    /// On the program and its configuration only: cached whatever the version of the data.
    Build(BuildHandler),
    /// On the time of the request: never cached.
    Live(LiveHandler),
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;
pub(crate) type DataHandler = for<'a> fn(&'a Context<'a>, &'a ReadView<'a>) -> Answering<'a>;
pub(crate) type BuildHandler = fn(&Context<'_>) -> Result<Answer, Problem>;
pub(crate) type LiveHandler = for<'a> fn(&'a Context<'a>) -> Answering<'a>;

/// Every route, in the order of problems and of the description.
static ROUTES: [Route; 22] = [
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
    build("/api/openapi.json", |context| openapi::show(context, described_paths), openapi::describe),
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

/// The router: the routes of each pattern.
static ROUTER: LazyLock<Router<Vec<&'static Route>>> = LazyLock::new(|| {
    let mut router = Router::new();
    for pattern in patterns() {
        let routes = ROUTES.iter().filter(|route| route.pattern == pattern).collect();
        if let Err(error) = router.insert(pattern, routes) {
            tracing::error!(pattern, error = error.to_string(), "a route cannot be reached");
        }
    }
    router
});

/// The routes of the path of a request.
pub(crate) struct Matched<'a> {
    routes: &'static [&'static Route],
    /// The parameters in the path.
    pub(crate) path: Params<'static, 'a>,
}

/// The routes of this path. The problem names others as clients of this scope reach them.
///
/// # Errors
/// There are none: the problem says which path was meant.
pub(crate) fn find<'a>(path: &'a str, web: &WebConfig) -> Result<Matched<'a>, Problem> {
    match ROUTER.at(path) {
        Ok(matched) => Ok(Matched { routes: matched.value, path: matched.params }),
        Err(_) => Err(Problem::no_such_path(path, &patterns().collect::<Vec<_>>(), web.public_path())),
    }
}

impl Matched<'_> {
    /// The route with this method; `None` for OPTIONS, which needs the methods only.
    ///
    /// # Errors
    /// No route of this path has this method; the problem lists those it has.
    pub(crate) fn route(&self, method: &Method) -> Result<Option<&'static Route>, Problem> {
        if method == Method::OPTIONS {
            return Ok(None);
        }
        let method_of_row = if method == Method::HEAD { &Method::GET } else { method };
        let route = self.routes.iter().find(|route| route.method == method_of_row);
        route.map(|route| Some(*route)).ok_or_else(|| Problem::method_not_allowed(method, &self.allowed()))
    }

    /// The methods of this path, for the `Allow` header.
    pub(crate) fn allowed(&self) -> String {
        allowed(self.routes.iter().copied())
    }
}

/// The methods of all routes, for the `Allow` header.
pub(crate) fn allowed_anywhere() -> String {
    allowed(ROUTES.iter())
}

fn allowed(routes: impl Iterator<Item = &'static Route>) -> String {
    let mut methods: Vec<&str> = Vec::new();
    for route in routes {
        let head = (route.method == Method::GET).then_some("HEAD");
        for method in [route.method.as_str()].into_iter().chain(head) {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

/// Every pattern once, in the order of the table.
fn patterns() -> impl Iterator<Item = &'static str> {
    let first = |at: usize| ROUTES[..at].iter().all(|route| route.pattern != ROUTES[at].pattern);
    (0..ROUTES.len()).filter(move |at| first(*at)).map(|at| ROUTES[at].pattern)
}

/// The `paths` of the description.
fn described_paths() -> Map<String, Value> {
    let mut paths = Map::new();
    for route in &ROUTES {
        let item = paths.entry(route.pattern).or_insert_with(|| Value::Object(Map::new()));
        item[route.method.as_str().to_ascii_lowercase()] = (route.describe)().into_json();
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::{ROUTES, WebConfig, find};

    #[test]
    fn every_route_is_found_under_its_own_pattern() {
        for route in &ROUTES {
            let path = route.pattern.replace("{id}", "1");
            let found = find(&path, &WebConfig::default()).unwrap_or_else(|_| panic!("{path} is not found"));
            let found = found.route(&route.method).unwrap().unwrap();
            assert_eq!(found.pattern, route.pattern);
        }
    }
}
