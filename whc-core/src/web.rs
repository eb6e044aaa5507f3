//! Requests in, responses out: [`handle`] and the order of its steps.

mod access_log;
mod answer;
mod context;
mod endpoint;
mod format;
#[cfg(feature = "pages")]
mod page;
mod private;
mod problem;
mod quota;
mod rate_limit;
mod request;
mod response;
mod route;
mod sharing;
mod visitor;

use std::pin::pin;

use bytes::Bytes;
use http::header::ACCESS_CONTROL_REQUEST_METHOD;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};

use self::access_log::{AccessLog, REQUEST_ID};
use self::answer::{Answer, Audience, Reply};
use self::context::Context;
pub use self::problem::{Place, Problem, Violation};
pub use self::rate_limit::ClientAddress;
pub use self::request::RequestBody;
pub use self::request::limits::{MAX_HEADER_BYTES, MAX_URI_BYTES};
pub use self::request::parts::{encoded_path, request_from_parts};
use self::request::{Base, RequestHeaders, cross_site, host, limits, path};
pub use self::response::catch_panic;
use self::response::catch_panic::panicked;
use self::response::size_limit::SizeLimit;
use self::response::{cached, policy, range};
use self::route::{BuildHandler, DataHandler, Endpoint, LiveHandler, Matched, Route};
use crate::app::App;
pub use crate::body::Body;
use crate::future;
use crate::repository::ReadView;

/// Answers a request. Never fails: whatever goes wrong becomes a response.
///
/// The caller reads the whole body and limits its size. One event is logged for every request.
pub async fn handle(app: &App, request: Request<Bytes>) -> Response<Body> {
    let (head, body) = request.into_parts();
    handle_with(app, Request::from_parts(head, ()), &body).await
}

/// Answers a request by its head, and reads its body where that is needed. What is refused anyway is refused without: who may
/// not ask for this, a resource that is not there, a body of a type that is not read.
///
/// A server sees to what is left of the body afterwards.
pub async fn handle_with(app: &App, request: Request<()>, body: &dyn RequestBody) -> Response<Body> {
    let headers = RequestHeaders::read(request.headers());
    let access_log = AccessLog::begin(app, &headers);
    let reply = future::catch_panic(pin!(reply(app, (&request, &headers), body, access_log.id()))).await;
    let reply = reply.unwrap_or_else(|| Err(panicked()));
    let reply = reply.unwrap_or_else(|problem| refusal(app, (&request, &headers), &access_log, problem));
    finish(app, (&request, &headers), access_log, reply)
}

/// Answers a request that an adapter does not let through to [`handle`], say because it has no host: with an id and a line
/// in the log, as `handle` does.
pub fn refuse(app: &App, request: &Request<()>, problem: Problem) -> Response<Body> {
    let headers = RequestHeaders::read(request.headers());
    let access_log = AccessLog::begin(app, &headers);
    let reply = refusal(app, (request, &headers), &access_log, problem);
    finish(app, (request, &headers), access_log, reply)
}

/// Answers what cannot be read as a request, in the same way; `id` is what the adapter knows it by. In the log its method
/// and path tell it from every request.
#[must_use]
pub fn refuse_unread(app: &App, id: Option<&str>, problem: Problem) -> Response<Body> {
    let mut request = Request::new(());
    *request.method_mut() = Method::from_bytes(b"-").unwrap_or_default();
    *request.uri_mut() = Uri::from_static("*");
    let id = id.and_then(|id| HeaderValue::from_str(id).ok());
    request.headers_mut().extend(id.map(|id| (REQUEST_ID, id)));
    refuse(app, &request, problem)
}

fn refusal(
    app: &App,
    request: (&Request<()>, &RequestHeaders<'_>),
    access_log: &AccessLog,
    problem: Problem,
) -> Reply {
    let audience = route::audience(request.0, app);
    let problem = access_log.name(app, request, problem);
    #[cfg(feature = "pages")]
    let response = page::refusal(app, request, problem, access_log.id());
    #[cfg(not(feature = "pages"))]
    let response = problem.into_response();
    Reply { audience, ..Reply::uncached(response) }
}

fn finish(
    app: &App,
    request: (&Request<()>, &RequestHeaders<'_>),
    access_log: AccessLog,
    mut reply: Reply,
) -> Response<Body> {
    if request.0.method() == Method::HEAD {
        *reply.response.body_mut() = Body::default();
    }
    if reply.audience == Audience::Callers {
        let origin = cross_site::origin_among(request.0.headers(), &app.web().cors_origins);
        policy::restrict(&mut reply.response, origin);
    }
    app.metrics().count(reply.response.status(), reply.cache);
    access_log.finish(app, request, reply)
}

/// The steps of every request, in order. Where a body is needed, the handler asks for it as its last step before it looks
/// anything up.
async fn reply(
    app: &App,
    (request, headers): (&Request<()>, &RequestHeaders<'_>),
    body: &dyn RequestBody,
    request_id: &str,
) -> Result<Reply, Problem> {
    limits::check(request, headers)?;
    host::check(request, headers)?;
    let path = match request.uri().path() {
        "*" => return server(request, headers),
        path if path.starts_with('/') => path::of_route(path),
        _ => return Err(no_path(request.method())),
    };
    let matched = route::find(&path, app)?;
    let Some(route) = matched.route(request.method())? else {
        return Ok(options(&matched, request, headers));
    };
    if !request.method().is_safe() && !route.is_from_elsewhere() {
        cross_site::check(app.web(), request, headers, app.auth_is_disabled())?;
    }
    let base = Base::new(app.web(), request, headers);
    let mut context = Context {
        app,
        request,
        body,
        headers,
        base,
        request_id,
        path: matched.path,
        max_items: None,
        has_page: route.has_page,
        sharing: route.sharing,
    };
    rate_limit::by_address(&context, route).await?;
    let mut size_limit = SizeLimit::new(app, base);
    loop {
        let mut reply = from(&context, route).await?;
        range::cut(&context, &mut reply)?;
        // What was changed is changed, however long the answer is: it is neither done again nor called a failure.
        if !request.method().is_safe() || size_limit.fits(&reply)? {
            reply.is_probe = route.is_probe;
            return Ok(reply);
        }
        context.max_items = size_limit.max_items();
    }
}

/// The reply of a route.
async fn from(context: &Context<'_>, route: &Route) -> Result<Reply, Problem> {
    Ok(match route.endpoint {
        Endpoint::Data(handler) => {
            #[cfg(feature = "pages")]
            if let Some(reply) = Box::pin(private::instead(context, route)).await {
                return reply;
            }
            from_data(context, handler).await?
        }
        Endpoint::Build(handler) => from_build(context, handler).await?,
        Endpoint::Live(handler) => live(context, handler).await?,
        // Boxed: what is public should not carry its state.
        Endpoint::Private(ref demand, handler) => Box::pin(private::reply(context, demand, handler)).await?,
        #[cfg(feature = "pages")]
        Endpoint::Personal(ref demand, handler) => {
            Box::pin(private::personal(context, demand, handler)).await?
        }
        #[cfg(feature = "oidc")]
        Endpoint::FromElsewhere(handler) => {
            Reply { audience: route.audience(), ..live(context, handler).await? }
        }
    })
}

/// `OPTIONS *` is about the server as a whole (RFC 9110, 9.3.7): its methods are those of all routes.
fn server(request: &Request<()>, headers: &RequestHeaders<'_>) -> Result<Reply, Problem> {
    if request.method() != Method::OPTIONS {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "* is no resource; it takes OPTIONS only"));
    }
    let (all, public) = (route::allowed_anywhere(), route::allowed_for_everyone());
    Ok(Reply::uncached(policy::options(&all, &public, headers)))
}

/// The answer to OPTIONS of a path: a preflight is about the method it names.
fn options(matched: &Matched<'_>, request: &Request<()>, headers: &RequestHeaders<'_>) -> Reply {
    let wanted = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD);
    let wanted = wanted.and_then(|method| Method::from_bytes(method.as_bytes()).ok()).unwrap_or(Method::GET);
    let audience = matched.audience(&wanted);
    let response = policy::options(&matched.allowed(), &matched.allowed_for(audience), headers);
    Reply { audience, ..Reply::uncached(response) }
}

/// A target that is a host (`GET ping`, `CONNECT host:443`), and so of no resource here.
fn no_path(method: &Method) -> Problem {
    if method == Method::CONNECT {
        return Problem::method_not_allowed(method, &route::allowed_anywhere());
    }
    Problem::new(StatusCode::BAD_REQUEST, "the target of the request is no path, which begins with a slash")
}

/// A reply from the cache, else from one version of the data.
async fn from_data(context: &Context<'_>, handler: DataHandler) -> Result<Reply, Problem> {
    let view = ReadView::begin(context.app.sites()).await?;
    let write = async || {
        let answer = handler(context, &view).await?;
        Ok(if view.is_current().await? { answer } else { answer.without_validator() })
    };
    cached::reply(context, context.app.cache(), view.version().as_str(), write).await
}

/// A reply from the cache, else from the program and its configuration.
async fn from_build(context: &Context<'_>, handler: BuildHandler) -> Result<Reply, Problem> {
    let app = context.app;
    cached::reply(context, app.descriptions(), app.build(), async || handler(context)).await
}

/// A reply that is never cached.
async fn live(context: &Context<'_>, handler: LiveHandler) -> Result<Reply, Problem> {
    let Answer { mut response, .. } = handler(context).await?;
    policy::complete(&mut response);
    Ok(Reply::uncached(response))
}
