//! Texts that would be markup: names from an import, words from an address.

use std::sync::Arc;

use whc_core::{App, Category, MemorySites, Names, Site, SiteId, StateParty, Year};

use super::{APP, browse, text};

const NAME: &str = "</title></script><script>alert(1)</script>\" onload='x' & <!-- {{7*7}} ${x}";

#[tokio::test]
async fn names_are_never_markup() {
    let names = Names::new(NAME).unwrap();
    let mut site = Site::new(SiteId::new(7).unwrap(), names, Category::Mixed, Year::new(1999).unwrap());
    site.states = vec![StateParty { iso: "it".parse().ok(), name: NAME.into() }];
    let app = App::new(Arc::new(MemorySites::new(vec![site])));
    for path in ["/", "/sites", "/sites/7", "/countries", "/danger", "/inscriptions.atom", "/changes"] {
        let response = browse(&app, path).await;
        assert_eq!(response.status(), 200, "{path}");
        // A data block is JSON, in which no text can end the block.
        let html = text(response);
        let (before, after) =
            html.split_once("<script type=\"application/ld+json\">").unwrap_or((&html, "</script>"));
        let (block, after) = after.split_once("</script>").unwrap();
        assert!(!block.contains(['<', '>', '&']), "{path}");
        let html = format!("{before}{after}");
        for markup in ["<script>", "</title></", "\" onload", "<!-- "] {
            assert!(!html.contains(markup), "{path} has {markup}");
        }
    }
}

#[tokio::test]
async fn words_of_an_address_are_never_markup() {
    let words = "%3Cscript%3Ealert(1)%3C/script%3E%22%20onload=x";
    for path in [
        format!("/sites?q={words}"),
        format!("/sites?country={words}"),
        format!("/sites?{words}=1"),
        format!("/sites/{words}"),
        format!("/{words}"),
        format!("/problems/{words}"),
        format!("/countries/{words}"),
        format!("/?lang={words}"),
    ] {
        let html = text(browse(&APP, &path).await);
        assert!(!html.contains("<script>") && !html.contains("\" onload"), "{path}");
    }
}
