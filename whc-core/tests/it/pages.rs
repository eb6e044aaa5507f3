//! Pages for people: what they show, which clients get them, and that they run and load nothing.

mod embed;
mod filters;
mod golden;
mod hostile;
mod languages;
mod links;
mod negotiation;
mod policy;
mod well_known;

use std::sync::LazyLock;

use http::{Request, Response, StatusCode};
use whc_core::App;
use whc_core::web::Body;

use crate::client::{app, send};

/// One path of each row of the table that answers with a page.
const PAGES: [&str; 15] = [
    "/",
    "/sites",
    "/sites/1133",
    "/countries",
    "/countries/it",
    "/criteria",
    "/criteria/vi",
    "/danger",
    "/changes",
    "/statistics",
    "/about",
    "/api",
    "/problems",
    "/problems/invalid-parameters",
    "/sites?q=nothing-has-this-name",
];

/// What browsers accept.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

/// A service with a cache, shared by the tests that only look.
static APP: LazyLock<App> = LazyLock::new(app);

/// The response to a browser.
async fn browse(app: &App, path: &str) -> Response<Body> {
    send(app, Request::get(path).header("accept", BROWSER)).await
}

/// The text of a page.
async fn page(path: &str) -> String {
    let response = browse(&APP, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8", "{path}");
    text(response)
}

fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap()
}

/// The values of an attribute, with the signs of HTML as they are meant.
fn attributes<'a>(html: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let begin = format!(" {name}=\"");
    let rest: Vec<&str> = html.split(&begin).skip(1).collect();
    rest.into_iter().filter_map(|rest| rest.split('"').next()).map(unescaped)
}

fn unescaped(text: &str) -> String {
    let signs =
        [("&#38;", "&"), ("&#39;", "'"), ("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}
