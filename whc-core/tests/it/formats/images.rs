//! Maps as images: what they show, how they look, who gets one.

use std::sync::Arc;

use http::{Request, StatusCode};
use quick_xml::events::Event;
use whc_core::{App, MemorySites, Names, Point, Site, SiteId};

use crate::client::{app, get, json, send};
use crate::golden;

async fn image(path: &str) -> String {
    let response = get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn an_image_of_a_part_of_the_world_and_of_all_of_it() {
    for (name, path) in [
        ("images/natural-sites-of-italy.svg", "/api/whcsites?country=it&category=natural&f=svg"),
        (
            "images/fiji-and-tonga-dark.svg",
            "/api/whcsites?near=-178,-18&radius=3000&f=svg&theme=dark&width=640&lang=fr",
        ),
    ] {
        golden::check(name, get(path).await);
    }
}

/// A map has no pages: it shows all sites, unless the request says how many.
#[tokio::test]
async fn the_map_shows_every_site_with_a_place() {
    let world = image("/api/whcsites?f=svg").await;
    assert_eq!(world.matches("<a ").count(), 1272);
    assert_eq!(world.matches("href=\"#r\"").count(), 57);
    assert!(world.contains("Map of 1273 sites: "));
    assert!(world.contains("1 not on the map"));
    assert!(world.len() < 260_000, "{}", world.len());
    assert_eq!(image("/api/whcsites?f=svg&limit=7").await.matches("<a ").count(), 7);
    assert_eq!(image("/api/whcsites/208/nearby?f=svg").await.matches("<a ").count(), 10);
}

/// Browsers name images among what they accept for a page, and programs mean data by `*/*`.
#[tokio::test]
async fn only_f_asks_for_an_image() {
    let firefox = "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8";
    for accept in [firefox, "*/*", "image/svg+xml,image/*,*/*;q=0.8"] {
        let response = send(&app(), Request::get("/api/whcsites?limit=1").header("accept", accept)).await;
        assert_eq!(response.headers()["content-type"], "application/json", "{accept}");
    }
    let response = send(&app(), Request::get("/api/whcsites?f=svg").header("accept", "text/csv")).await;
    assert_eq!(response.headers()["content-type"], "image/svg+xml");
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
}

#[tokio::test]
async fn width_and_theme_are_for_images_and_within_bounds() {
    for (query, told) in [
        ("f=svg&width=199", "width: it must be a number of pixels from 200 to 4000, not \"199\""),
        ("f=svg&width=4001", "width: it must be a number of pixels from 200 to 4000, not \"4001\""),
        ("f=svg&theme=lihgt", "theme: it must be one of light, dark, not \"lihgt\"; did you mean light?"),
        ("width=640", "width=640 is for f=svg only"),
        ("f=csv&theme=dark", "theme=dark is for f=svg only"),
    ] {
        let response = get(&format!("/api/whcsites?{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        let told_now = json(response)["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert_eq!(told_now, told, "{query}");
    }
    assert!(
        image("/api/whcsites?f=svg&width=4000")
            .await
            .starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4000\" height=\"1748\"")
    );
}

#[tokio::test]
async fn an_image_is_cached_and_validated() {
    let app = app();
    let ask = || Request::get("/api/whcsites?country=it&f=svg");
    let first = send(&app, ask()).await;
    let tag = first.headers()["etag"].clone();
    let again = send(&app, ask().header("if-none-match", tag)).await;
    assert_eq!(
        (again.status(), again.headers()["x-cache"].to_str().unwrap()),
        (StatusCode::NOT_MODIFIED, "hit")
    );
    let dark = send(&app, Request::get("/api/whcsites?country=it&f=svg&theme=dark")).await;
    assert_ne!(dark.into_body().into_bytes(), first.into_body().into_bytes());
}

/// Names come from files that people write: none of them ends an element or spoils the document.
#[tokio::test]
async fn no_name_breaks_the_document() {
    for name in [
        "</title><script>alert(1)</script>",
        "A & B",
        "\"quoted\" 'too'",
        "]]> \u{b} \u{1f}\u{fffe}x",
        "<!--",
    ] {
        let Ok(names) = Names::new(name) else { continue };
        let mut site = Site::new(
            SiteId::new(1).unwrap(),
            names,
            whc_core::Category::Mixed,
            whc_core::Year::new(1999).unwrap(),
        );
        site.point = Some(Point::new(10.0, 50.0).unwrap());
        let app = App::new(Arc::new(MemorySites::new([site])));
        let body = send(&app, Request::get("/api/whcsites?f=svg")).await.into_body().into_bytes();
        let text = std::str::from_utf8(&body).unwrap();
        let mut reader = quick_xml::Reader::from_str(text);
        let mut scripts = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Eof => break,
                Event::Start(element) => scripts += usize::from(element.name().as_ref() == "script"),
                _ => {}
            }
        }
        assert_eq!(scripts, 0, "{name}");
        let written = |c: char| c < ' ' && !"\n\r\t".contains(c) || c == '\u{fffe}';
        assert!(!text.contains(written), "{name}");
    }
}
