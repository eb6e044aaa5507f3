//! `/api/changes`: what happened to the sites, the latest first.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use http::header::LINK;
use http::{Request, Response};
use serde::Serialize;

use super::body::Body;
use super::format::{self, Format};
use super::links::{self, PageLinks};
use super::parameters::Parameters;
use super::problem::Problem;
use super::sites::{Envelope, Meta, json, window, written};
use super::table::{self, Cell, joined, plain, text};
use super::validator::Representation;
use super::{kept, moment, negotiation, sequence};
use crate::app::App;
use crate::error::Result;
use crate::page::{Page, Window};
use crate::repository::{SiteRepository, Version};
use crate::site::{Change, ChangeQuery, Language, Site, SiteId, SiteQuery};

const NAMES: [&str; 6] = ["limit", "offset", "lang", "f", "since", "id"];
const FORMATS: &[Format] = &[Format::Json, Format::Csv, Format::NdJson];
const COLUMNS: [&str; 6] = ["at", "site_id", "name", "kind", "fields", "source"];

/// The most sites one request can ask for, as in the list.
const MOST_IDS: usize = 500;

/// A change, as clients read it.
#[derive(Serialize)]
struct Document<'a> {
    at: String,
    site_id: u32,
    name: Option<&'a str>,
    kind: &'static str,
    fields: &'a [String],
    source: Option<&'a str>,
}

/// A page of the history.
pub(super) async fn list(app: &App, request: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let version = app.sites().version().await?;
    kept::answer(app, request, &version, write_list(app, request, &version)).await
}

async fn write_list(
    app: &App,
    request: &Request<Bytes>,
    version: &Version,
) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &NAMES);
    let language = negotiation::language(request.headers(), &mut parameters);
    let format = format::negotiate(request.headers(), &mut parameters, FORMATS)?;
    let representation = Representation::new(format, language, &parameters);
    let query = ChangeQuery {
        window: window(&mut parameters),
        since: parameters.read("since", moment::read),
        ids: parameters.list("id", MOST_IDS, |_| None).into_iter().collect(),
    };
    let rest = parameters.rest(&NAMES[2..]);
    parameters.finish()?;

    let page = app.sites().changes(&query).await?;
    let names = Names::of(app.sites(), &page, language).await?;
    let links = PageLinks::of(&links::changes(app), query.window, page.total, &rest);
    let header = links.header();
    let body = write(format, &page, &names, query.window, links)?;
    let mut response = written(format, language, body);
    response.headers_mut().extend(header.map(|header| (LINK, header)));
    if app.sites().version().await? == *version {
        representation.describe(&mut response, representation.etag(app, version));
    }
    Ok(response)
}

fn write(
    format: Format,
    page: &Page<Arc<Change>>,
    names: &Names,
    window: Window,
    links: PageLinks,
) -> Result<Vec<u8>> {
    let documents = page.items.iter().map(|change| Document::new(change, names));
    match format {
        Format::Csv => table::rows(COLUMNS, documents, Document::into_cells),
        Format::NdJson => sequence::lines(documents),
        _ => {
            let data: Vec<_> = documents.collect();
            json(&Envelope { data, meta: Some(Meta::new(page, window, names.language)), links })
        }
    }
}

/// What the sites are called in a language that the history does not speak: it has the English names of its time.
struct Names {
    language: Language,
    sites: HashMap<SiteId, Arc<Site>>,
}

impl Names {
    async fn of(sites: &dyn SiteRepository, page: &Page<Arc<Change>>, language: Language) -> Result<Self> {
        let ids = page.items.iter().map(|change| change.site).collect();
        if language == Language::default() || page.items.is_empty() {
            return Ok(Self { language, sites: HashMap::new() });
        }
        let found = sites.list(&SiteQuery { ids, ..SiteQuery::EVERYTHING }).await?;
        Ok(Self { language, sites: found.items.into_iter().map(|site| (site.id, site)).collect() })
    }

    /// The name now in the language asked for, else the one then.
    fn name<'a>(&'a self, change: &'a Change) -> Option<&'a str> {
        let now = self.sites.get(&change.site).map(|site| site.names.best(self.language));
        let translated = now.filter(|(language, _)| *language == self.language).map(|(_, name)| name);
        translated.or(change.name.as_deref())
    }
}

impl<'a> Document<'a> {
    fn new(change: &'a Change, names: &'a Names) -> Self {
        Self {
            at: moment::written(change.at),
            site_id: change.site.get(),
            name: names.name(change),
            kind: change.kind.name(),
            fields: &change.fields,
            source: change.source.as_deref(),
        }
    }

    fn into_cells(self) -> [Cell; 6] {
        [
            plain(&self.at),
            plain(&self.site_id),
            text(self.name.unwrap_or_default()),
            plain(&self.kind),
            joined(self.fields),
            text(self.source.unwrap_or_default()),
        ]
    }
}
