//! The desk: pages for people who may do more than look at what is public, without scripts.

mod access;
mod bodies;
mod contacts;
mod curation;
mod editors;
mod finding;
mod golden;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use whc_core::testing::MockClock;
use whc_core::web::{Body, handle};
use whc_core::{App, MemoryContacts, MemorySites};

use crate::access::ScopesAsToken;

const EVERYTHING: &str = "contacts:read,contacts:write,contacts:erase,sites:write,audit:read";
const BROWSER: &str = "text/html,application/xhtml+xml,*/*;q=0.8";
const FORM: &str = "application/x-www-form-urlencoded";

/// A browser behind a proxy that adds a token to whatever it sends. It keeps cookies.
struct Desk {
    app: App,
    rights: String,
    flash: Option<String>,
}

impl Desk {
    /// With every right, and no contact yet, at a fixed time.
    fn new() -> Self {
        let clock = MockClock::at(SystemTime::UNIX_EPOCH + Duration::from_hours(498_682));
        let contacts = MemoryContacts::new();
        let sites = Arc::new(MemorySites::embedded().unwrap().with_audit(contacts.audit()));
        let builder = App::builder(Arc::clone(&sites) as _).site_store(sites).contacts(Arc::new(contacts));
        let app = builder.authenticator(Arc::new(ScopesAsToken)).clock(Arc::new(clock)).build();
        Self { app, rights: EVERYTHING.to_owned(), flash: None }
    }

    /// The same service for somebody else.
    fn of(&self, rights: &str) -> Self {
        Self { app: self.app.clone(), rights: rights.to_owned(), flash: None }
    }

    async fn send(&mut self, method: &str, path: &str, content_type: &str, body: &[u8]) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path).header("accept", BROWSER);
        request = request.header("x-request-id", "test-1").header("sec-fetch-site", "same-origin");
        if !self.rights.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.rights));
        }
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        if let Some(flash) = &self.flash {
            request = request.header("cookie", format!("__Host-whc_flash={flash}"));
        }
        let response = handle(&self.app, request.body(Bytes::copy_from_slice(body)).unwrap()).await;
        for line in response.headers().get_all("set-cookie") {
            let line = line.to_str().unwrap();
            assert!(
                line.contains("; Secure") && line.contains("; HttpOnly") && line.contains("SameSite=Lax"),
                "{line}"
            );
            let value = line.strip_prefix("__Host-whc_flash=").unwrap().split(';').next().unwrap();
            self.flash = Some(value).filter(|value| !value.is_empty()).map(str::to_owned);
        }
        response
    }

    async fn get(&mut self, path: &str) -> Response<Body> {
        self.send("GET", path, "", b"").await
    }

    /// The text of a page that is there.
    async fn page(&mut self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        text(response)
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response<Body> {
        self.send("POST", path, FORM, encoded(form).as_bytes()).await
    }

    /// Opens the page with a form, and sends these fields with the version that it has.
    async fn change(&mut self, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
        let version = value(&self.page(path).await, "_version");
        self.post(path, &[fields, &[("_version", &version)]].concat()).await
    }

    /// Sends a form and follows where it leads.
    async fn posted(&mut self, path: &str, form: &[(&str, &str)]) -> Response<Body> {
        let next = location(&self.post(path, form).await);
        self.get(&next).await
    }
}

fn encoded(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), 303, "{:?}", response.headers());
    assert_eq!(response.headers()["cache-control"], "no-store");
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().into_bytes().to_vec()).unwrap()
}

/// The text of a refusal, which is a page that tells whoever hears it first that something is wrong.
fn refused(response: Response<Body>, status: u16) -> String {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    text(response)
}

/// The value of the field with this name.
fn value(html: &str, name: &str) -> String {
    let tag = html.split('<').find(|tag| tag.contains(&format!(" name=\"{name}\"")));
    assert!(tag.is_some(), "no field {name}");
    let tag = tag.unwrap();
    let value = tag.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| tag.split(">\n").nth(1).unwrap()).to_owned()
}

/// What a page says is wrong: the field that each line of its summary leads to, and the line.
fn wrong(html: &str) -> Vec<(String, String)> {
    let lines = html.split("<li><a href=\"#").skip(1).filter_map(|rest| rest.split("</a>").next());
    lines
        .map(|line| line.split_once("\">").unwrap())
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
        .collect()
}
