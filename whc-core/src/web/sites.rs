//! `/api/whcsites` and `/api/whcsites/{id}`.

use bytes::Bytes;
use http::header::{CONTENT_LANGUAGE, HeaderValue, LINK, VARY};
use http::{Request, Response, StatusCode};
use serde::Serialize;

use super::body::Body;
use super::document::SiteDetail;
use super::fields::{Fields, Listed};
use super::parameters::Parameters;
use super::problem::Problem;
use super::{links, negotiation, query, response};
use crate::app::App;
use crate::error::Error;
use crate::page::Window;
use crate::site::SiteId;

/// Every answer of the API has its content here.
#[derive(Serialize)]
struct Envelope<D, M, L> {
    data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<M>,
    links: L,
}

#[derive(Serialize)]
struct Meta {
    total: u64,
    returned: usize,
    limit: u32,
    offset: u64,
    language: &'static str,
}

#[derive(Serialize)]
struct PageLinks {
    #[serde(rename = "self")]
    this: String,
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    last: String,
}

#[derive(Serialize)]
struct SiteLinks {
    #[serde(rename = "self")]
    this: String,
    collection: String,
}

/// A page of the sites the query asks for.
pub(super) async fn list(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let known = [&["limit", "offset", "lang", "f"], &query::NAMES[..]].concat();
    let mut parameters = Parameters::parse(request.uri().query(), &known);
    let language = negotiation::language(request.headers(), &mut parameters);
    negotiation::media_type(request.headers(), &mut parameters)?;
    let window = window(&mut parameters);
    let query = query::query(&mut parameters, language, window);
    let fields = Fields::read(&mut parameters);
    let rest = parameters.rest(&known[2..]);
    parameters.finish()?;

    let page = app.sites().list(&query).await?;
    let links = page_links(app, window, page.total, &rest);
    let header = link_header(&links);
    let meta = Meta {
        total: page.total,
        returned: page.items.len(),
        limit: window.limit(),
        offset: window.offset(),
        language: language.code(),
    };
    let data: Vec<_> = page.items.iter().map(|site| Listed::new(site, language, &query, &fields)).collect();
    let mut response = json(&Envelope { data, meta: Some(meta), links }, language.code())?;
    response.headers_mut().extend(header.map(|header| (LINK, header)));
    Ok(response)
}

/// One site with everything known of it, on the list or no longer.
pub(super) async fn show(app: &App, request: &Request<Bytes>, id: &str) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &["lang", "f"]);
    let language = negotiation::language(request.headers(), &mut parameters);
    negotiation::media_type(request.headers(), &mut parameters)?;
    let id: SiteId =
        id.parse().map_err(|error: Error| Problem::new(StatusCode::NOT_FOUND, error.to_string()))?;
    parameters.finish()?;

    let Some(site) = app.sites().get(id).await? else {
        let detail = format!("there is no site {id}; {} lists all there are", links::sites(app));
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    };
    let data = SiteDetail::new(&site, language);
    let links = SiteLinks { this: links::site(app, id), collection: links::sites(app) };
    let language = data.language();
    json(&Envelope { data, meta: None::<Meta>, links }, language)
}

fn window(parameters: &mut Parameters<'_>) -> Window {
    let default = Window::default();
    let limit = parameters.value("limit", "a whole number from 1 on (over 10000 counts as 10000)");
    let offset = parameters.value("offset", "a whole number from 0 on").unwrap_or(default.offset());
    Window::new(limit.unwrap_or(default.limit()), offset).unwrap_or_else(|error| {
        parameters.violation("limit", error.to_string());
        default
    })
}

fn page_links(app: &App, window: Window, total: u64, rest: &str) -> PageLinks {
    let link = |window| links::sites_page(app, window, rest);
    let next = window.next();
    PageLinks {
        this: link(window),
        first: link(window.first()),
        // From past the end back to where there is something again.
        prev: window.previous().map(|previous| link(previous.earlier(window.last(total)))),
        next: (next.offset() < total).then(|| link(next)),
        last: link(window.last(total)),
    }
}

/// The same links for clients that page by header (RFC 8288).
fn link_header(links: &PageLinks) -> Option<HeaderValue> {
    let relations = [("prev", &links.prev), ("next", &links.next)];
    let links = relations.into_iter().filter_map(|(relation, link)| Some((relation, link.as_ref()?)));
    let header: Vec<_> = links.map(|(relation, link)| format!("<{link}>; rel=\"{relation}\"")).collect();
    (!header.is_empty()).then(|| HeaderValue::try_from(header.join(", ")).ok()).flatten()
}

fn json<T: Serialize>(body: &T, language: &'static str) -> Result<Response<Body>, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| Error::internal("no JSON").with_source(error))?;
    let mut response = response::json(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    Ok(response)
}
