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

/// Whether an address is followed: of pages of sites, which are very many and all alike, some.
fn is_asked(address: &str) -> bool {
    let id = address.strip_prefix("/sites/").and_then(|rest| rest.parse::<u32>().ok());
    id.is_none_or(|id| id % 40 == 0)
}

#[tokio::test]
async fn every_address_leads_somewhere() {
    let mut seen = BTreeSet::new();
    let states = [
        "/sites?q=rome",
        "/sites?country=it&category=natural&danger=true",
        "/sites/654",
        "/sites/1133?lang=ar",
    ];
    for path in PAGES.into_iter().chain(states) {
        for address in internal(&page(path).await) {
            if is_asked(&address) && seen.insert(address.clone()) {
                let response = browse(&APP, &address).await;
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
    let mut seen = BTreeSet::new();
    for path in PAGES.into_iter().chain(["/nowhere", "/changes.atom", "/site.webmanifest"]) {
        let html = text(browse(&mounted, path).await);
        for address in internal(&html) {
            assert!(address.starts_with("/prod/"), "{path}: {address}");
            let inside = address["/prod".len()..].to_owned();
            // The page that is none leads to itself in other languages.
            if is_asked(&inside) && !inside.starts_with("/nowhere") && seen.insert(inside.clone()) {
                assert_eq!(browse(&mounted, &inside).await.status(), StatusCode::OK, "{address}");
            }
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
