//! Every address in a page leads somewhere, also below a prefix, and every id that is referred to is there.

use std::collections::BTreeSet;

use http::StatusCode;

use super::{APP, PAGES, attributes, browse, page, text, unescaped};
use crate::client::app;

/// The addresses in a page that are of this service.
fn internal(html: &str) -> BTreeSet<String> {
    let addresses = attributes(html, "href").chain(attributes(html, "action"));
    addresses.filter(|address| address.starts_with('/')).collect()
}

#[tokio::test]
async fn every_address_leads_somewhere() {
    let mut seen = BTreeSet::new();
    let states = [
        "/sites?q=rome",
        "/sites?country=it&category=natural&danger=true",
        "/sites/642",
        "/sites/1133?lang=ar",
    ];
    for path in PAGES.into_iter().chain(states) {
        for address in internal(&page(path).await) {
            // Of pages of sites, which are very many and all alike, some.
            let is_one_of_many = address.strip_prefix("/sites/").and_then(|rest| rest.parse::<u32>().ok());
            if is_one_of_many.is_none_or(|id| id % 40 == 0) && seen.insert(address.clone()) {
                let response = browse(&APP, &address).await;
                // The description of the search needs a host; a page that has none does not link it.
                assert_eq!(response.status(), StatusCode::OK, "{path} leads to {address}");
            }
        }
    }
    assert!(seen.len() > 300, "{} addresses", seen.len());
}

#[tokio::test]
async fn every_id_that_is_referred_to_is_there_once() {
    for path in PAGES.into_iter().chain(["/sites/208", "/sites?lang=ar"]) {
        let html = page(path).await;
        let ids: Vec<_> = attributes(&html, "id").collect();
        let known: BTreeSet<_> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), known.len(), "{path} has an id twice");
        let references =
            attributes(&html, "href").filter_map(|href| href.strip_prefix('#').map(str::to_owned));
        let labels =
            ["aria-labelledby", "aria-describedby", "for"].iter().flat_map(|name| attributes(&html, name));
        for id in references.chain(labels) {
            assert!(known.contains(&id), "{path} refers to {id}");
        }
    }
}

#[tokio::test]
async fn below_a_prefix_every_address_begins_with_it() {
    let mounted = app().mounted_at("/prod").unwrap();
    for path in PAGES.into_iter().chain(["/nowhere", "/changes.atom", "/site.webmanifest"]) {
        let html = text(browse(&mounted, path).await);
        for address in internal(&html) {
            assert!(address.starts_with("/prod/"), "{path}: {address}");
            let inside = browse(&mounted, &address["/prod".len()..]).await;
            assert_ne!(inside.status(), StatusCode::INTERNAL_SERVER_ERROR, "{address}");
        }
        assert!(!html.contains("\"/sites"), "{path}");
    }
}

#[tokio::test]
async fn the_sitemap_lists_pages_that_exist() {
    let response = crate::client::send(
        &APP,
        http::Request::get("/sitemap.xml").header("host", "localhost:4000").header("accept", "*/*"),
    )
    .await;
    assert_eq!(response.status(), StatusCode::OK);
    let xml = text(response);
    let paths: Vec<_> =
        xml.split("<loc>http://localhost:4000").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert!(paths.len() > 1450, "{} pages", paths.len());
    for path in paths.iter().step_by(40) {
        assert_eq!(browse(&APP, &unescaped(path)).await.status(), StatusCode::OK, "{path}");
    }
    // Whose host nobody knows, cannot say where its pages are.
    assert_eq!(browse(&APP, "/sitemap.xml").await.status(), StatusCode::NOT_FOUND);
}
