//! A page of each kind, small ones, as it is sent but for the outlines of land.

use std::sync::Arc;

use http::{HeaderValue, Response};
use whc_core::web::Body;
use whc_core::{App, MemorySites};

use super::{APP, browse};
use crate::golden;

#[tokio::test]
async fn golden_pages() {
    // The beginning of a short list.
    let mut few = whc_core::site::embedded().unwrap();
    few.retain(|site| [1, 208, 1133].contains(&site.id.get()));
    let few = App::new(Arc::new(MemorySites::new(few)));
    golden::check("pages/home.html", without_outlines(browse(&few, "/").await));

    for (name, path) in [
        ("sites.html", "/sites?country=li,lu,cz&category=natural&limit=2"),
        ("sites-empty.html", "/sites?country=it&category=natural&danger=true"),
        ("site.html", "/sites/208"),
        ("site-in-arabic.html", "/sites/88?lang=ar"),
        ("site-delisted.html", "/sites/654"),
        ("country.html", "/countries/lu"),
        ("criteria.html", "/criteria"),
        ("changes.html", "/changes"),
        ("about.html", "/about"),
        ("problem.html", "/problems/insufficient-scope"),
        ("no-such-site.html", "/sites/99999"),
        ("no-such-page.html", "/sties"),
        ("statistics.html", "/statistics"),
        ("invalid-filters.html", "/sites?inscribed=1978-1990&categry=natural"),
        ("manifest.json", "/site.webmanifest"),
        ("api-catalog.json", "/.well-known/api-catalog"),
        ("robots.txt", "/robots.txt"),
        ("changes.atom", "/changes.atom"),
    ] {
        golden::check(&format!("pages/{name}"), without_outlines(browse(&APP, path).await));
    }
}

/// The same with an ellipsis for each long path of an image, and for what changes with the style sheet.
pub(super) fn without_outlines(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    if let Some(tag) = parts.headers.get_mut("etag") {
        *tag = HeaderValue::from_static("\"-\"");
    }
    let html = String::from_utf8(body.into_bytes().to_vec()).unwrap();
    let mut pieces = html.split(" d=\"");
    let mut short = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (path, rest) = piece.split_once('"').unwrap();
        let path = if path.len() > 200 { "…" } else { path };
        short = [short.as_str(), " d=\"", path, "\"", rest].concat();
    }
    if let Some((before, after)) = short.split_once("/assets/site-") {
        short = format!("{before}/assets/site-…{}", &after[16..]);
    }
    Response::from_parts(parts, short.into())
}
