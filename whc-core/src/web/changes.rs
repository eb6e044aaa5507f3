//! `/api/changes`: what happened to the sites, the latest first.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use http::header::LINK;
use http::{Request, Response};
use serde::Serialize;

use super::asked::{PageMeta, window};
use super::fitting::Items;
use super::format::Format;
use super::links::{self, PageLinks};
use super::parameters::Parameters;
use super::pieces::Pieces;
use super::problem::Problem;
use super::reading::Reading;
use super::table::{self, Cell, joined, plain, text};
use super::validator::Representation;
use super::{kept, timestamp};
use crate::app::App;
use crate::body::Body;
use crate::error::Result;
use crate::page::{Page, Window};
use crate::site::{Change, ChangeQuery, Language, Site, SiteId, SiteQuery};

/// The parameters of this path.
pub(super) const NAMES: [&str; 6] = ["limit", "offset", "lang", "f", "since", "id"];
/// The formats it comes in.
pub(super) const FORMATS: &[Format] = &[Format::Json, Format::Csv, Format::NdJson];
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
    let reading = Reading::begin(app).await?;
    kept::answer(app, request, reading.version(), async || write_list(app, request, &reading).await).await
}

async fn write_list(
    app: &App,
    request: &Request<Bytes>,
    reading: &Reading<'_>,
) -> Result<Response<Body>, Problem> {
    let mut parameters = Parameters::parse(request.uri().query(), &NAMES);
    let representation = Representation::negotiate(request.headers(), &mut parameters, FORMATS)?;
    let Representation { format, language, .. } = representation;
    let query = ChangeQuery {
        window: window(&mut parameters, Window::DEFAULT_LIMIT),
        since: parameters.read("since", timestamp::read),
        ids: parameters.list("id", MOST_IDS, |_| None).into_iter().collect(),
    };
    let rest = parameters.rest(&NAMES[2..]);
    parameters.finish()?;

    let page = reading.changes(&query).await?;
    let names = names(reading, &page, language).await?;
    let documents: Vec<_> = page.items.iter().map(|change| Document::new(change, &names)).collect();
    let links = PageLinks::new(&links::changes(app), query.window, page.total, &rest);
    let header = links.header();
    let meta = PageMeta::new(query.window, language, documents.len(), page.total);
    let items = Items::page(documents.len());
    let mut response = format.response(language, write(format, documents, &meta, &links)?);
    items.note(app, &mut response);
    response.headers_mut().extend(header.map(|header| (LINK, header)));
    Ok(representation.conclude(app, reading, response).await?)
}

fn write(format: Format, documents: Vec<Document<'_>>, meta: &PageMeta, links: &PageLinks) -> Result<Body> {
    let mut pieces = Pieces::default();
    match format {
        Format::Csv => {
            return Ok(table::rows(COLUMNS, documents.into_iter().map(Document::into_cells))?.into());
        }
        Format::NdJson => {
            for document in documents {
                pieces.json(&document)?;
                pieces.text("\n");
            }
        }
        _ => {
            pieces.text("{\"data\":");
            pieces.json(&documents)?;
            pieces.text(",\"meta\":");
            pieces.json(meta)?;
            pieces.text(",\"links\":");
            pieces.json(links)?;
            pieces.text("}");
        }
    }
    Ok(pieces.into_body())
}

/// What the sites are called now in a language that the history does not speak: it has the English names of its time.
async fn names(
    reading: &Reading<'_>,
    page: &Page<Arc<Change>>,
    language: Language,
) -> Result<HashMap<SiteId, String>> {
    let ids = page.items.iter().map(|change| change.site).collect();
    if language == Language::default() || page.items.is_empty() {
        return Ok(HashMap::new());
    }
    let (found, _) = reading.list(&SiteQuery { ids, ..SiteQuery::ALL }).await?;
    let translated = |site: &Site| site.names.translations().get(language).map(str::to_owned);
    Ok(found.iter().filter_map(|site| Some((site.id, translated(site)?))).collect())
}

impl<'a> Document<'a> {
    fn new(change: &'a Change, names: &'a HashMap<SiteId, String>) -> Self {
        Self {
            at: timestamp::written(change.at),
            site_id: change.site.get(),
            name: names.get(&change.site).or(change.name.as_ref()).map(String::as_str),
            kind: change.kind.name(),
            fields: &change.fields,
            source: change.source.as_deref(),
        }
    }

    fn into_cells(self) -> Vec<Cell> {
        vec![
            plain(&self.at),
            plain(&self.site_id),
            text(self.name.unwrap_or_default()),
            plain(&self.kind),
            joined(self.fields),
            text(self.source.unwrap_or_default()),
        ]
    }
}
