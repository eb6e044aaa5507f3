//! The routes of a request. Paths, methods, `Allow`, problems, what callers need and the description come from the table.

mod demand;
#[cfg(feature = "pages")]
mod desk;
#[cfg(feature = "oidc")]
mod logins;
#[cfg(feature = "pages")]
mod pages;
mod row;
mod table;

use std::sync::LazyLock;

use http::{Method, Request};
use matchit::{Match, Params, Router};
use serde_json::{Map, Value};

pub(crate) use self::demand::Demand;
#[cfg(feature = "pages")]
pub(crate) use self::row::PersonalHandler;
pub(crate) use self::row::{BuildHandler, DataHandler, Endpoint, LiveHandler, PrivateHandler, Route};
use self::table::ROUTES;
use super::answer::Audience;
use super::problem::Problem;
use super::request::path;
use crate::app::App;

/// Every route, those for programs first.
fn routes() -> impl Iterator<Item = &'static Route> + Clone {
    #[cfg(feature = "pages")]
    let pages = pages::PAGES;
    #[cfg(not(feature = "pages"))]
    let pages: &[Route] = &[];
    #[cfg(feature = "oidc")]
    let logins = logins::LOGINS;
    #[cfg(not(feature = "oidc"))]
    let logins: &[Route] = &[];
    #[cfg(feature = "pages")]
    let desk = desk::DESK;
    #[cfg(not(feature = "pages"))]
    let desk: &[Route] = &[];
    ROUTES.iter().chain(logins).chain(pages).chain(desk)
}

/// The router: the routes of each pattern.
static ROUTER: LazyLock<Router<Vec<&'static Route>>> = LazyLock::new(|| {
    let mut router = Router::new();
    for pattern in patterns(routes()) {
        let routes = routes().filter(|route| route.pattern == pattern).collect();
        if let Err(error) = router.insert(pattern, routes) {
            tracing::error!(pattern, error = error.to_string(), "a route cannot be reached");
        }
    }
    router
});

/// The routes of the path of a request.
pub(crate) struct Matched<'a> {
    all: &'static [&'static Route],
    /// Whether the list can be written.
    can_curate: bool,
    /// The parameters in the path.
    pub(crate) path: Params<'static, 'a>,
}

/// The routes of this path. The problem names others as clients of this scope reach them.
///
/// # Errors
/// There are none: the problem says which path was meant.
pub(crate) fn find<'a>(path: &'a str, app: &App) -> Result<Matched<'a>, Problem> {
    if let Ok(Match { value: all, params: path }) = ROUTER.at(path) {
        return Ok(Matched { all, can_curate: app.site_store().is_some(), path });
    }
    let described = patterns(routes().filter(|route| route.describe.is_some()));
    Err(Problem::no_such_path(path, (&patterns(routes()), &described), app.web().public_path()))
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
        match self.all.iter().find(|route| route.method == method_of_row) {
            Some(route) if self.has(route) => Ok(Some(route)),
            Some(_) => Err(Problem::read_only(method, &self.allowed())),
            None => Err(Problem::method_not_allowed(method, &self.allowed())),
        }
    }

    /// Whether this service has the route.
    fn has(&self, route: &Route) -> bool {
        self.can_curate || !route.is_curation
    }

    fn routes(&self) -> impl Iterator<Item = &'static Route> {
        self.all.iter().copied().filter(|route| self.has(route))
    }

    /// The methods of this path, for the `Allow` header.
    pub(crate) fn allowed(&self) -> String {
        allowed(self.routes())
    }

    /// Whom this path answers with this method. Nobody may change anything by a method that is not there.
    pub(crate) fn audience(&self, method: &Method) -> Audience {
        match self.route(method) {
            Ok(Some(route)) => route.audience(),
            _ if method.is_safe() => self.routes().next().map_or(Audience::Nobody, Route::audience),
            _ => Audience::Callers,
        }
    }

    /// The methods of this path that have this audience, for scripts.
    pub(crate) fn allowed_for(&self, audience: Audience) -> String {
        allowed(self.routes().filter(|route| audience == Audience::Callers || route.audience() == audience))
    }
}

/// Whom the answer to a request is for, whatever it says.
pub(crate) fn audience(request: &Request<()>, app: &App) -> Audience {
    let path = path::of_route(request.uri().path());
    find(&path, app).map_or(Audience::Nobody, |matched| matched.audience(request.method()))
}

/// The methods of all routes, for the `Allow` header.
pub(crate) fn allowed_anywhere() -> String {
    allowed(routes())
}

/// The methods of all public routes, for scripts.
pub(crate) fn allowed_for_everyone() -> String {
    allowed(routes().filter(|route| route.audience() == Audience::Everyone))
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

/// The pattern of each of these routes once, in their order.
fn patterns(routes: impl Iterator<Item = &'static Route>) -> Vec<&'static str> {
    let mut patterns: Vec<_> = routes.map(|route| route.pattern).collect();
    // The routes of a pattern follow each other.
    patterns.dedup();
    patterns
}

/// The `paths` of the description.
fn described_paths() -> Map<String, Value> {
    let mut paths = Map::new();
    for route in routes() {
        let Some(operation) = route.operation() else { continue };
        let item = paths.entry(route.pattern).or_insert_with(|| Value::Object(Map::new()));
        item[route.method.as_str().to_ascii_lowercase()] = operation.into_json();
    }
    paths
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Audience, Endpoint, find, routes};
    use crate::app::App;
    use crate::auth::{Actor, Authenticator, Caller, Credentials, Scopes, Unauthenticated};
    use crate::repository::{MemoryContacts, MemorySites};

    #[test]
    fn every_route_is_found_under_its_own_pattern() {
        let sites = Arc::new(MemorySites::new([]));
        let app = App::builder(Arc::clone(&sites) as _).site_store(sites).build();
        for route in routes() {
            let path = route.pattern.replace(['{', '}'], "");
            let found = find(&path, &app).unwrap_or_else(|_| panic!("{path} is not found"));
            let found = found.route(&route.method).unwrap().unwrap();
            assert_eq!(found.pattern, route.pattern);
        }
    }

    #[test]
    fn unsafe_methods_are_for_callers_and_providers_of_logins_only() {
        for route in routes().filter(|route| !route.method.is_safe()) {
            let is_of_provider = route.pattern.starts_with("/auth/{provider}/");
            assert_eq!(route.is_from_elsewhere(), is_of_provider, "{} {}", route.method, route.pattern);
            assert!(route.audience() == Audience::Callers, "{} {}", route.method, route.pattern);
        }
    }

    #[test]
    fn a_demand_about_a_case_has_one_in_its_path() {
        for route in routes() {
            let about = match &route.endpoint {
                Endpoint::Private(demand, _) => demand.is_about_a_case(),
                #[cfg(feature = "pages")]
                Endpoint::Personal(demand, _) => demand.is_about_a_case(),
                _ => false,
            };
            assert_eq!(about, route.pattern.contains("{case_id}"), "{}", route.pattern);
        }
    }

    /// Takes everybody for somebody who may do everything.
    #[derive(Debug)]
    struct Everybody;

    #[crate::async_trait]
    impl Authenticator for Everybody {
        async fn authenticate(&self, _: &Credentials<'_>) -> Result<Option<Caller>, Unauthenticated> {
            let actor = Actor { issuer: None, subject: "42".to_owned() };
            Ok(Some(Caller::new(actor, Scopes::all())))
        }
    }

    /// Whatever a row is about: what is for callers is kept by nobody, whether it is there or not.
    #[tokio::test]
    async fn what_is_for_callers_is_stored_nowhere() {
        let sites = Arc::new(MemorySites::new([]));
        let builder =
            App::builder(Arc::clone(&sites) as _).site_store(sites).authenticator(Arc::new(Everybody));
        let app = builder.contacts(Arc::new(MemoryContacts::new())).build();
        let (mut private, mut pages) = (0, 0);
        for route in routes().filter(|route| route.audience() == Audience::Callers) {
            let path = route.pattern.replace("{case_id}", "7").replace("{id}", "1").replace(['{', '}'], "");
            for accept in ["text/html", "application/json"] {
                let request =
                    http::Request::builder().method(&route.method).uri(&path).header("accept", accept);
                let request =
                    request.header("sec-fetch-site", "same-origin").body(bytes::Bytes::new()).unwrap();
                let response = crate::web::handle(&app, request).await;
                let headers = response.headers();
                private += 1;
                pages += usize::from(
                    headers.get("content-type").is_some_and(|value| value == "text/html; charset=utf-8"),
                );
                assert_eq!(headers["cache-control"], "no-store", "{} {path}", route.method);
                assert!(
                    !headers.contains_key("last-modified")
                        && !headers.contains_key("access-control-allow-origin"),
                    "{path}"
                );
            }
        }
        assert!(private > 60 && pages > 10, "{private} {pages}");
    }
}
