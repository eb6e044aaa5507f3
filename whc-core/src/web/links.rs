//! Addresses of our own, as clients see them.

use http::header::HeaderValue;
use serde::Serialize;

use crate::app::App;
use crate::page::Window;
use crate::site::SiteId;

const SITES: &str = "/api/whcsites";

pub(super) fn sites(app: &App) -> String {
    format!("{}{SITES}", app.web().public_url)
}

pub(super) fn site(app: &App, id: SiteId) -> String {
    format!("{}{SITES}/{id}", app.web().public_url)
}

pub(super) fn nearby(app: &App, id: SiteId) -> String {
    format!("{}/nearby", site(app, id))
}

pub(super) fn facets(app: &App) -> String {
    format!("{}/facets", sites(app))
}

/// An address with a query, unless that is empty.
pub(super) fn with(address: &str, query: &str) -> String {
    if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
}

/// A link as OGC API Features writes it into a document.
#[derive(Serialize)]
pub(super) struct Link {
    rel: &'static str,
    href: String,
    r#type: &'static str,
}

/// From a page of the list to the pages around it.
#[derive(Serialize)]
pub(super) struct PageLinks {
    #[serde(rename = "self")]
    this: String,
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    last: String,
}

impl PageLinks {
    /// Around `window` of the list of `total` items at `address`; `rest` is what else the query had.
    pub(super) fn new(address: &str, window: Window, total: u64, rest: &str) -> Self {
        let separator = if rest.is_empty() { "" } else { "&" };
        let link = |window: Window| {
            format!("{address}?limit={}&offset={}{separator}{rest}", window.limit(), window.offset())
        };
        let next = window.next();
        Self {
            this: link(window),
            first: link(window.first()),
            // From past the end back to where there is something again.
            prev: window.previous().map(|previous| link(previous.earlier(window.last(total)))),
            next: (next.offset() < total).then(|| link(next)),
            last: link(window.last(total)),
        }
    }

    fn named(self) -> impl Iterator<Item = (&'static str, String)> {
        let links = [
            ("self", Some(self.this)),
            ("first", Some(self.first)),
            ("prev", self.prev),
            ("next", self.next),
            ("last", Some(self.last)),
        ];
        links.into_iter().filter_map(|(relation, link)| Some((relation, link?)))
    }

    /// As members of a document of media type `r#type`.
    pub(super) fn into_list(self, r#type: &'static str) -> Vec<Link> {
        self.named().map(|(rel, href)| Link { rel, href, r#type }).collect()
    }

    /// As a header (RFC 8288), for formats without a place for links and for clients that page by header.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let relations = [("prev", &self.prev), ("next", &self.next)];
        let links = relations.into_iter().filter_map(|(relation, link)| Some((relation, link.as_ref()?)));
        let header: Vec<_> = links.map(|(relation, link)| format!("<{link}>; rel=\"{relation}\"")).collect();
        (!header.is_empty()).then(|| HeaderValue::try_from(header.join(", ")).ok()).flatten()
    }
}
