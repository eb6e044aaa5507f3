//! The routes of a request. Paths, methods, `Allow`, problems, what callers need and the description come from the table.

mod demand;
#[cfg(feature = "oidc")]
mod logins;
#[cfg(feature = "pages")]
mod pages;
mod table;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use http::{Method, Request};
use matchit::{Match, Params, Router};
use serde_json::{Map, Value};

pub(crate) use self::demand::Demand;
use self::table::ROUTES;
use super::answer::{Answer, Audience};
use super::context::Context;
use super::endpoint::openapi::operation::Operation;
use super::problem::Problem;
use super::request::path;
use super::sharing::Sharing;
#[cfg(feature = "oidc")]
use super::visitor::Visitor;
use crate::app::App;
use crate::auth::Caller;
use crate::repository::ReadView;

/// A row of the table: one method on one path.
pub(crate) struct Route {
    /// The method. GET answers HEAD too, and every path OPTIONS.
    method: Method,
    /// The path, with parameters in braces.
    pattern: &'static str,
    /// The handler.
    pub(crate) endpoint: Endpoint,
    /// Its description, if it is for programs.
    describe: Option<fn() -> Operation>,
    /// Whether it is for probes, whose requests are logged at a lower level.
    pub(crate) is_probe: bool,
    /// Whether it answers with data and, where a client prefers it, with a page.
    pub(crate) has_page: bool,
    /// Which of its answers are shared with other processes.
    pub(crate) sharing: Sharing,
    /// Whether it is there only where the list can be written.
    is_curation: bool,
}

/// The handler of a route, by what its responses depend on, which decides how they are cached.
pub(crate) enum Endpoint {
    /// On the data: cached until they change.
    Data(DataHandler),
    /// On the program and its configuration only: cached whatever the version of the data.
    Build(BuildHandler),
    /// On the time of the request: never cached.
    Live(LiveHandler),
    /// On who asks, who must be what the demand says: never cached, by browsers neither.
    Private(Demand, PrivateHandler),
    /// On who asks, whoever it is, about themselves: never cached either.
    #[cfg(feature = "oidc")]
    Personal(PersonalHandler),
    /// On what a provider of logins sends, from pages and servers of its own: the handler finds out who did. Never cached.
    #[cfg(feature = "oidc")]
    FromElsewhere(LiveHandler),
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;
pub(crate) type DataHandler = for<'a> fn(&'a Context<'a>, &'a ReadView<'a>) -> Answering<'a>;
pub(crate) type BuildHandler = fn(&Context<'_>) -> Result<Answer, Problem>;
pub(crate) type LiveHandler = for<'a> fn(&'a Context<'a>) -> Answering<'a>;
pub(crate) type PrivateHandler = for<'a> fn(&'a Context<'a>, &'a Caller) -> Answering<'a>;
#[cfg(feature = "oidc")]
pub(crate) type PersonalHandler = for<'a> fn(&'a Context<'a>, &'a Visitor) -> Answering<'a>;

impl Route {
    /// A row with this method.
    const fn new(
        method: Method,
        pattern: &'static str,
        endpoint: Endpoint,
        describe: Option<fn() -> Operation>,
    ) -> Self {
        Self {
            method,
            pattern,
            endpoint,
            describe,
            is_probe: false,
            has_page: false,
            sharing: Sharing::Never,
            is_curation: false,
        }
    }

    /// The same, sharing these of its answers.
    const fn sharing(mut self, sharing: Sharing) -> Self {
        self.sharing = sharing;
        self
    }

    /// A row of GET.
    const fn get(pattern: &'static str, endpoint: Endpoint, describe: Option<fn() -> Operation>) -> Self {
        Self::new(Method::GET, pattern, endpoint, describe)
    }

    /// Whether it is a step of a login.
    pub(crate) fn is_login(&self) -> bool {
        // A provider that ends sessions ends many at once; and whoever logs out need not wait.
        self.pattern.starts_with("/auth/{provider}") && !self.pattern.ends_with("/backchannel")
    }

    /// Its path, with parameters in braces.
    pub(crate) fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// Whom it answers.
    pub(crate) fn audience(&self) -> Audience {
        match self.endpoint {
            Endpoint::Private(..) => Audience::Callers,
            // What comes of a login is for no script of another site.
            #[cfg(feature = "oidc")]
            Endpoint::Personal(_) | Endpoint::FromElsewhere(_) => Audience::Callers,
            _ => Audience::Everyone,
        }
    }

    /// Whether pages of other sites may send it.
    pub(crate) fn is_from_elsewhere(&self) -> bool {
        match self.endpoint {
            #[cfg(feature = "oidc")]
            Endpoint::FromElsewhere(_) => true,
            _ => false,
        }
    }

    /// The same row with a description.
    #[cfg(feature = "oidc")]
    const fn described(mut self, describe: fn() -> Operation) -> Self {
        self.describe = Some(describe);
        self
    }

    fn operation(&self) -> Option<Operation> {
        let operation = self.describe?();
        Some(match &self.endpoint {
            Endpoint::Private(demand, _) => operation.demanding(demand.scopes()),
            #[cfg(feature = "oidc")]
            Endpoint::Personal(_) => operation.demanding(&[]),
            _ => operation,
        })
    }
}

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
    ROUTES.iter().chain(logins).chain(pages)
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
    let path = path::normalized(request.uri().path());
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
    use crate::repository::MemorySites;

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
            let about = matches!(&route.endpoint, Endpoint::Private(demand, _) if demand.is_about_a_case());
            assert_eq!(about, route.pattern.contains("{case_id}"), "{}", route.pattern);
        }
    }
}
