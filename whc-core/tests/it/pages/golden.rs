//! A page of each kind, small ones, as it is sent.

use super::{APP, browse};
use crate::golden;

#[tokio::test]
async fn golden_pages() {
    for (name, path) in [
        ("home.html", "/"),
        ("sites.html", "/sites?country=li,lu,cz&category=natural&limit=2"),
        ("sites-empty.html", "/sites?country=it&category=natural&danger=true"),
        ("site.html", "/sites/208"),
        ("site-in-arabic.html", "/sites/88?lang=ar"),
        ("site-delisted.html", "/sites/642"),
        ("country.html", "/countries/lu"),
        ("criteria.html", "/criteria"),
        ("changes.html", "/changes"),
        ("about.html", "/about"),
        ("problem.html", "/problems/insufficient-scope"),
        ("no-such-site.html", "/sites/99999"),
        ("invalid-filters.html", "/sites?inscribed=1978-1990&categry=natural"),
        ("manifest.json", "/site.webmanifest"),
        ("api-catalog.json", "/.well-known/api-catalog"),
        ("robots.txt", "/robots.txt"),
        ("changes.atom", "/changes.atom"),
    ] {
        golden::check(&format!("pages/{name}"), browse(&APP, path).await);
    }
}
