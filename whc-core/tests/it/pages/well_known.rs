//! Files that programs look for at places that standards name: each against its standard.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, StatusCode};
use quick_xml::events::Event;
use whc_core::config::WebConfig;
use whc_core::testing::MockClock;
use whc_core::{App, MemorySites};

use super::{browse, text};
use crate::client::{json, send};

/// A service that knows its address.
fn published() -> App {
    let mut web = WebConfig::at("https://heritage.example").unwrap();
    web.security_contacts = ["mailto:security@heritage.example", "https://heritage.example/security"]
        .map(|contact| contact.parse().unwrap())
        .to_vec();
    App::builder(Arc::new(MemorySites::embedded().unwrap())).web(web).build()
}

/// The text at a path of it.
async fn file(app: &App, path: &str, media_type: &str) -> String {
    let response = browse(app, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()["content-type"], media_type, "{path}");
    text(response)
}

/// The name of an element, its attributes, and the text right after its beginning.
type Element = (String, Vec<(String, String)>, String);

/// The names and texts of the elements of an XML document, with their attributes.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                });
                let attributes = attributes.collect();
                found.push((tag.name().as_ref().to_owned(), attributes, String::new()));
            }
            Event::Text(text) if !found.is_empty() => {
                found.last_mut().unwrap().2.push_str(text.trim());
            }
            Event::Eof => return found,
            _ => (),
        }
    }
}

/// RFC 9116: lines of fields, at least one contact, exactly one date of expiry less than a year ahead.
#[tokio::test]
async fn security_txt_names_contacts_and_is_never_out_of_date() {
    let web = published().web().clone();
    let clock = Arc::new(MockClock::at(std::time::SystemTime::UNIX_EPOCH + Duration::from_hours(498_690)));
    let sites = Arc::new(MemorySites::embedded().unwrap());
    let app = App::builder(sites).web(web).clock(clock.clone()).build();
    let expected = |expires| {
        format!(
            "Contact: mailto:security@heritage.example\nContact: https://heritage.example/security\n\
             Expires: {expires}T00:00:00Z\nPreferred-Languages: en\n\
             Canonical: https://heritage.example/.well-known/security.txt\n"
        )
    };
    let path = "/.well-known/security.txt";
    let plain = "text/plain; charset=utf-8";
    assert_eq!(file(&app, path, plain).await, expected("2027-05-20"));
    // The date goes on with the clock, so no answer that was kept may be given.
    clock.advance(Duration::from_hours(24));
    assert_eq!(file(&app, path, plain).await, expected("2027-05-21"));
    assert_eq!(browse(&app, path).await.headers()["cache-control"], "no-store");
    assert_eq!(browse(&app, &format!("{path}?x=1")).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_a_contact_there_is_no_security_txt() {
    let app = App::new(Arc::new(MemorySites::embedded().unwrap()));
    let response = send(&app, Request::get("/.well-known/security.txt")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(json(response)["detail"].as_str().unwrap().contains("SECURITY_CONTACT"));
}

/// RFC 9727 with RFC 9264: a link set whose addresses lead to the API and what describes it; HEAD says where it is.
#[tokio::test]
async fn the_catalog_of_apis_leads_to_the_description() {
    let app = published();
    let path = "/.well-known/api-catalog";
    let head = send(&app, Request::head(path)).await;
    let media_type = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";
    assert_eq!(head.headers()["content-type"], media_type);
    assert_eq!(
        head.headers()["link"],
        "<https://heritage.example/.well-known/api-catalog>; rel=\"api-catalog\""
    );
    let catalog = json(send(&app, Request::get(path)).await);
    let contexts = catalog["linkset"].as_array().unwrap();
    let mut followed = 0;
    for context in contexts {
        let targets = context.as_object().unwrap().values().filter_map(|links| links.as_array()).flatten();
        let hrefs = targets.map(|link| &link["href"]).chain([&context["anchor"]]);
        for href in hrefs.map(|href| href.as_str().unwrap()) {
            // RFC 9264 wants URIs, which have a scheme.
            assert!(href.starts_with("https://"), "{href}");
            let Some(path) = href.strip_prefix("https://heritage.example") else { continue };
            assert_eq!(browse(&app, path).await.status(), StatusCode::OK, "{href}");
            followed += 1;
        }
    }
    assert_eq!(followed, 4);
}

/// `OpenSearch` 1.1: a short name of at most 16 letters, a description of at most 1024, addresses with a place
/// for the words.
#[tokio::test]
async fn the_description_of_the_search_leads_to_results() {
    let app = published();
    let media_type = "application/opensearchdescription+xml";
    let found = elements(&file(&app, "/opensearch.xml", media_type).await);
    assert_eq!(found[0].0, "OpenSearchDescription");
    assert_eq!(found[0].1, [("xmlns".to_owned(), "http://a9.com/-/spec/opensearch/1.1/".to_owned())]);
    let text = |name: &str| &found.iter().find(|element| element.0 == name).unwrap().2;
    assert!((1..=16).contains(&text("ShortName").chars().count()));
    assert!((1..=1024).contains(&text("Description").chars().count()));
    let mut types = Vec::new();
    for (_, attributes, _) in found.iter().filter(|element| element.0 == "Url") {
        let value = |name: &str| &attributes.iter().find(|(known, _)| known == name).unwrap().1;
        let path = value("template").strip_prefix("https://heritage.example").unwrap();
        let response = browse(&app, &path.replace("{searchTerms}", "galapagos")).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let is_of_type =
            response.headers()["content-type"].to_str().unwrap().starts_with(value("type").as_str());
        assert!(is_of_type, "{path} is not {}", value("type"));
        types.push(value("type").clone());
    }
    assert_eq!(types, ["text/html", "application/json", media_type]);
}

/// The W3C's Web Application Manifest: it starts within its scope, and its icons are there.
#[tokio::test]
async fn the_manifest_starts_within_its_scope() {
    let manifest = file(&published(), "/site.webmanifest", "application/manifest+json").await;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let text = |name: &str| manifest[name].as_str().unwrap();
    assert!(text("start_url").starts_with(text("scope")));
    assert!(["fullscreen", "standalone", "minimal-ui", "browser"].contains(&text("display")));
    assert!(text("short_name").len() <= 12 && !text("name").is_empty());
    let icon = &manifest["icons"][0];
    let image = file(&published(), icon["src"].as_str().unwrap(), icon["type"].as_str().unwrap()).await;
    assert_eq!(elements(&image)[0].0, "svg");
}

/// RFC 9309: groups of rules of lines with a colon; a rule bars what begins with its path, and nothing that the sitemap lists.
#[tokio::test]
async fn robots_may_read_what_the_sitemap_lists() {
    let app = published();
    let rules = file(&app, "/robots.txt", "text/plain; charset=utf-8").await;
    assert!(rules.starts_with("User-agent: *\n"));
    let values = |name: &str| {
        let lines = rules.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values("Sitemap"), ["https://heritage.example/sitemap.xml"]);
    let barred = values("Disallow");
    let is_barred = |path: &str| barred.iter().any(|rule| path.starts_with(rule.as_str()));
    assert!(is_barred("/sites?country=it") && is_barred("/api/whcsites") && !is_barred("/api"));

    // Sitemaps 0.9: at most 50,000 addresses, of one host, with dates as the W3C writes them.
    let sitemap = elements(&file(&app, "/sitemap.xml", "application/xml; charset=utf-8").await);
    assert_eq!(sitemap[0].1[0].1, "http://www.sitemaps.org/schemas/sitemap/0.9");
    let texts = |name: &'static str| sitemap.iter().filter(move |element| element.0 == name).map(|it| &it.2);
    assert!((1450..50_000).contains(&texts("loc").count()), "{}", texts("loc").count());
    for address in texts("loc") {
        assert!(!is_barred(address.strip_prefix("https://heritage.example").unwrap()), "{address}");
    }
    // The embedded list is of one day, and so are all of its pages; those about problems are of the program.
    assert_eq!(texts("lastmod").count() + 28, texts("loc").count());
    assert!(texts("lastmod").all(|day| day == "2026-11-26"));
}
