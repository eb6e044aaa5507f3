//! What programs that look for pages ask for: which not to read, all there are, and where the API is.

use std::collections::HashMap;
use std::time::SystemTime;

use askama::Template;
use http::header::{HeaderValue, LINK};
use serde_json::json;

use super::browser::absolute;
use crate::error::{Error, Result};
use crate::page::Window;
use crate::repository::ReadView;
use crate::site::{ChangeQuery, Criteria, SiteId, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::to_vec;
use crate::web::format::timestamp;
use crate::web::problem::{KINDS, Problem};

/// Pages without a parameter in their path.
const PAGES: [&str; 10] = [
    "/",
    "/sites",
    "/countries",
    "/criteria",
    "/danger",
    "/statistics",
    "/changes",
    "/about",
    "/api",
    "/problems",
];

/// Where the catalog of APIs is.
pub(crate) const CATALOG: &str = "/.well-known/api-catalog";

/// `/robots.txt`: the results of filters are without end, and data are no pages.
pub(crate) fn robots(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let prefix = context.app.web().public_path();
    let sitemap =
        absolute(context).map(|base| format!("\nSitemap: {base}/sitemap.xml\n")).unwrap_or_default();
    let rules = format!("User-agent: *\nDisallow: {prefix}/sites?\nDisallow: {prefix}/api/\n{sitemap}");
    Ok(super::file("text/plain; charset=utf-8", rules, None))
}

/// `/.well-known/api-catalog` (RFC 9727).
pub(crate) fn api_catalog(context: &Context<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let base = context.base;
    let link = |path: &str, media_type: &str| json!([{"href": format!("{base}{path}"), "type": media_type}]);
    let catalog = json!({"linkset": [{
        "anchor": format!("{base}/api/whcsites"),
        "service-desc": link("/api/openapi.json", "application/vnd.oai.openapi+json"),
        "service-doc": link("/api", "text/html"),
        "status": link("/healthz", "text/plain"),
        "license": [{"href": "https://creativecommons.org/licenses/by-sa/4.0/"}]
    }]});
    let media_type = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";
    let mut answer = super::file(media_type, to_vec(&catalog)?, None);
    // HEAD says what the address is for (RFC 9727, 2).
    let link = format!("<{base}{CATALOG}>; rel=\"api-catalog\"");
    answer.response.headers_mut().extend(HeaderValue::try_from(link).ok().map(|link| (LINK, link)));
    Ok(answer)
}

/// `/sitemap.xml`: every page of the list.
#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    base: String,
    /// The paths, with the day of the latest change where that is known.
    pages: Vec<(String, Option<String>)>,
}

/// `/sitemap.xml`.
pub(crate) async fn sitemap(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    context.parameters(&[]).finish()?;
    let base = absolute(context)?;
    let modified = view.version().modified();
    let changed = changed(view).await?;
    let counts = view.sites().facets(&SiteQuery::default()).await?;
    let sites = view.sites().list_all(&SiteQuery::ALL).await?;
    // Where nothing has changed since the list was loaded, all of it is as old as the list.
    let of_site = |id: SiteId| changed.get(&id).copied().or(modified.filter(|_| changed.is_empty()));
    let general = PAGES.iter().map(|path| ((*path).to_owned(), modified));
    let countries =
        counts.countries.keys().map(|iso| format!("/countries/{}", iso.as_str().to_ascii_lowercase()));
    let criteria = Criteria::ALL.iter().map(|criterion| format!("/criteria/{}", criterion.numeral()));
    let kinds = KINDS.iter().map(|(_, code)| (format!("/problems/{code}"), None));
    let pages = general
        .chain(countries.chain(criteria).map(|path| (path, modified)))
        .chain(sites.iter().map(|site| (format!("/sites/{}", site.id), of_site(site.id))))
        .chain(kinds)
        .map(|(path, time)| (path, time.map(day)))
        .collect();
    let xml = Sitemap { base, pages }.render().map_err(unwritable)?;
    Ok(super::file("application/xml; charset=utf-8", xml, modified))
}

/// When each site changed last, of those in the history.
async fn changed(view: &ReadView<'_>) -> Result<HashMap<SiteId, SystemTime>> {
    let history =
        view.sites().changes(&ChangeQuery { window: Window::ALL, ..ChangeQuery::default() }).await?;
    // The latest comes first, so that it is what stays.
    Ok(history.items.iter().rev().map(|change| (change.site, change.at)).collect())
}

fn day(time: SystemTime) -> String {
    timestamp::to_text(time).chars().take(10).collect()
}

fn unwritable(error: askama::Error) -> Error {
    Error::internal("the pages cannot be listed").with_source(error)
}
