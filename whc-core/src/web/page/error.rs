//! What is wrong with a request, as a page for browsers.

use askama::Template;
use http::header::{CACHE_CONTROL, HeaderValue, VARY};
use http::{Request, Response};

use super::address::Address;
use super::frame::Frame;
use crate::app::App;
use crate::body::Body;
use crate::web::problem::{NO_SUCH_PATH, Problem, title};
use crate::web::request::{RequestHeaders, negotiation};
use crate::web::response::policy;

/// The paths of programs: whatever their clients accept, they read problems.
const PROGRAMS: &str = "/api/";

/// What somebody with a browser can do about it.
const NO_LOGIN: &str = "Nobody can log in here with a browser: whoever runs this service can set up a login, or put a proxy \
                        in front of it that adds tokens.";
const ASK: &str = "Whoever gives out rights in this service can give it to you.";

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame<'a>,
    problem: &'a Problem,
    heading: &'static str,
    detail: String,
    /// The page that was probably meant.
    meant: Option<Address<'a>>,
    /// The page about problems of this kind.
    kind: Address<'a>,
    request_id: &'a str,
}

/// The problem as a response: a page where the client prefers one, at the paths where pages are; else a document.
pub(crate) fn refusal(
    app: &App,
    (request, headers): (&Request<()>, &RequestHeaders<'_>),
    problem: Problem,
    request_id: &str,
) -> Response<Body> {
    if request.uri().path().starts_with(PROGRAMS) {
        return problem.into_response();
    }
    let page = negotiation::prefers_page(headers, request.uri().query())
        .then(|| page(app, (request, headers), &problem, request_id));
    let mut response = page.flatten().unwrap_or_else(|| problem.into_response());
    response.headers_mut().append(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

/// The page; `None` where it cannot be written.
fn page(
    app: &App,
    (request, headers): (&Request<()>, &RequestHeaders<'_>),
    problem: &Problem,
    request_id: &str,
) -> Option<Response<Body>> {
    let frame = Frame::of_error(app, request, headers);
    let heading = heading(problem);
    let frame = frame.titled(heading).with_own_search();
    let language = frame.text.language;
    let kind = frame.to.page(format!("/problems/{}", problem.code()));
    let detail = detail(problem, request, app);
    let meant = problem.meant().filter(|path| !path.contains('{')).map(|path| frame.to.page(path));
    let page = ErrorPage { frame, problem, heading, detail, meant, kind, request_id };
    let mut response = super::response(language, super::rendered(&page).ok()?);
    *response.status_mut() = problem.status();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().extend(problem.headers());
    policy::complete(&mut response);
    Some(response)
}

/// What the problem is called, in plain words.
fn heading(problem: &Problem) -> &'static str {
    match (problem.code(), problem.status().as_u16()) {
        ("invalid-parameters", _) => "This address asks for something that cannot be",
        ("unauthorized", _) => "This is for people who are known here",
        ("insufficient-scope" | "forbidden", _) => "You may not do this",
        ("not-configured", _) => "This is not set up here",
        ("form-token", _) => "This form does not count any more",
        ("login-refused", _) => "This login came to nothing",
        ("login-unavailable", _) => "Nobody can log in just now",
        (_, 404) => "There is nothing here",
        (_, 429) => "Too many requests came from where you are",
        (_, 503) => "The sites cannot be read just now",
        (_, 500) => "Something went wrong here",
        _ => title(problem.status()),
    }
}

/// What is wrong, as a sentence. Programs learn which paths there are from the detail; people have the links of the page.
fn detail(problem: &Problem, request: &Request<()>, app: &App) -> String {
    if problem.code() == NO_SUCH_PATH {
        let path: String = request.uri().path().chars().take(100).collect();
        return format!("No page has the address {path}.");
    }
    let detail = sentence(problem.detail());
    match problem.code() {
        "unauthorized" if !app.has_logins() => format!("{detail} {NO_LOGIN}"),
        "insufficient-scope" | "forbidden" => format!("{detail} {ASK}"),
        _ => detail,
    }
}

/// A detail as a sentence: details begin with a small letter and have no full stop.
fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    let end = if detail.ends_with(['.', '?']) { "" } else { "." };
    first.chain(letters).chain(end.chars()).collect()
}
