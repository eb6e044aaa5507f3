//! Links in documents and headers.

use http::header::HeaderValue;
use serde::Serialize;

use crate::page::Window;

/// An address with a query, unless that is empty.
pub(crate) fn with_query(address: &str, query: &str) -> String {
    if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
}

/// A link as OGC API Features writes it into a document.
#[derive(Serialize)]
pub(crate) struct Link {
    rel: &'static str,
    href: String,
    r#type: &'static str,
}

/// Links of a document: the members of an object or, in a collection of features, a list.
pub(crate) trait Links: Serialize {
    /// The list of OGC API Features, all to documents of this media type.
    fn list(&self, media_type: &'static str) -> Vec<Link>;
}

/// The links of a response that is not a page: to itself and to the sites it is about.
#[derive(Serialize)]
pub(crate) struct SelfLinks {
    #[serde(rename = "self")]
    this: String,
    sites: String,
}

/// The links of a page to the pages around it.
#[derive(Serialize)]
pub(crate) struct PageLinks {
    #[serde(rename = "self")]
    this: String,
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    last: String,
}

impl SelfLinks {
    /// To the answer itself, and to the list of the sites it is about.
    pub(crate) fn new(this: String, sites: String) -> Self {
        Self { this, sites }
    }
}

impl Links for SelfLinks {
    fn list(&self, media_type: &'static str) -> Vec<Link> {
        vec![Link { rel: "self", href: self.this.clone(), r#type: media_type }]
    }
}

impl PageLinks {
    /// Around `window` of the list of `total` items at `address`; `rest` is what else the query had.
    pub(crate) fn new(address: &str, window: Window, total: u64, rest: &str) -> Self {
        let separator = if rest.is_empty() { "" } else { "&" };
        let link = |window: Window| {
            format!("{address}?limit={}&offset={}{separator}{rest}", window.limit(), window.offset())
        };
        let next = window.next();
        Self {
            this: link(window),
            first: link(window.first()),
            // From past the end back to the last page that has items.
            prev: window.previous().map(|previous| link(previous.earlier(window.last(total)))),
            next: (next.offset() < total).then(|| link(next)),
            last: link(window.last(total)),
        }
    }

    /// The header `Link` (RFC 8288), for formats without a place for links and for clients that page by header.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let relations = [("prev", &self.prev), ("next", &self.next)];
        let links = relations.into_iter().filter_map(|(relation, link)| Some((relation, link.as_ref()?)));
        let header: Vec<_> = links.map(|(relation, link)| format!("<{link}>; rel=\"{relation}\"")).collect();
        (!header.is_empty()).then(|| HeaderValue::try_from(header.join(", ")).ok()).flatten()
    }
}

impl Links for PageLinks {
    fn list(&self, media_type: &'static str) -> Vec<Link> {
        let links = [
            ("self", Some(&self.this)),
            ("first", Some(&self.first)),
            ("prev", self.prev.as_ref()),
            ("next", self.next.as_ref()),
            ("last", Some(&self.last)),
        ];
        let link = |(rel, href): (&'static str, Option<&String>)| {
            Some(Link { rel, href: href?.clone(), r#type: media_type })
        };
        links.into_iter().filter_map(link).collect()
    }
}
