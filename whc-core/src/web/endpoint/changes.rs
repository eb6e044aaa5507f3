//! `/api/changes`: the history of the sites, the latest change first.

use std::collections::HashMap;
use std::sync::Arc;

use http::StatusCode;
use http::header::LINK;
use serde::Serialize;

use super::openapi::operation::{Operation, answer, body, plain as text_body};
use super::openapi::{headers, schemas};
use crate::error::Result;
use crate::page::{Page, Window};
use crate::repository::ReadView;
use crate::site::{Change, ChangeQuery, Language, Site, SiteId, SiteQuery};
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::csv::{Cell, joined, plain, text};
use crate::web::format::json::PageMeta;
use crate::web::format::{Format, PageLinks, Row, rows, timestamp};
use crate::web::problem::Problem;
use crate::web::request::{Representation, paging};
use crate::web::response::links;

/// The parameters of this path.
const NAMES: [&str; 7] = ["limit", "offset", "lang", "f", "since", "id", "bom"];
/// The formats of its responses.
const FORMATS: &[Format] = &[Format::Json, Format::Csv, Format::NdJson];
/// The most sites one request can name, as in the list.
const MAX_IDS: usize = 500;

/// An example of the table.
const TABLE: &str = "at,site_id,name,kind,fields,source,reason\r\n\
                     2026-11-21T10:00:00Z,1,Galápagos Islands,changed,danger,whc-sites-2026.xml,\r\n";
/// An example of a line.
const LINE: &str = "{\"at\":\"2026-11-21T10:00:00Z\",\"site_id\":1,\"name\":null,\"kind\":\"removed\",\
                    \"fields\":[],\"source\":null,\"reason\":null}\n";

/// A change, as clients read it.
#[derive(Serialize)]
struct ChangeRow<'a> {
    at: String,
    site_id: u32,
    name: Option<&'a str>,
    kind: &'static str,
    fields: &'a [String],
    source: Option<&'a str>,
    reason: Option<&'a str>,
}

/// A page of the history.
pub(crate) async fn list(context: &Context<'_>, view: &ReadView<'_>) -> Result<Answer, Problem> {
    let mut parameters = context.parameters(&NAMES);
    let representation = Representation::negotiate(context.headers, &mut parameters, FORMATS)?;
    let Representation { format, language, .. } = representation;
    let query = ChangeQuery {
        window: paging::window(&mut parameters, Window::DEFAULT_LIMIT),
        since: parameters.read("since", timestamp::from_text),
        ids: parameters.list("id", MAX_IDS, |_| None).into_iter().collect(),
    };
    let rest = parameters.rest(&NAMES[2..]);
    parameters.finish()?;

    let page = view.sites().changes(&query).await?;
    let names = names(view, &page, language).await?;
    let changes: Vec<_> = page.items.iter().map(|change| ChangeRow::new(change, &names)).collect();
    let links = PageLinks::new(&links::changes(context.base), query.window, page.total, &rest);
    let meta = PageMeta::new(query.window, language, changes.len(), page.total);
    let mut response = format.response(language, rows::write(format, &changes, &meta, &links)?);
    response.headers_mut().extend(links.header().map(|header| (LINK, header)));
    Ok(representation.answer(context.app, view.version(), response).with_page_of(changes.len()))
}

/// The current names of the sites in the language of the response: the history has English names only.
async fn names(
    view: &ReadView<'_>,
    page: &Page<Arc<Change>>,
    language: Language,
) -> Result<HashMap<SiteId, String>> {
    let ids = page.items.iter().map(|change| change.site).collect();
    if language == Language::default() || page.items.is_empty() {
        return Ok(HashMap::new());
    }
    let named = view.sites().list(&SiteQuery { ids, ..SiteQuery::ALL }).await?;
    let translated = |site: &Site| site.names.translations().get(language).map(str::to_owned);
    Ok(named.items.iter().filter_map(|site| Some((site.id, translated(site)?))).collect())
}

impl<'a> ChangeRow<'a> {
    fn new(change: &'a Change, names: &'a HashMap<SiteId, String>) -> Self {
        Self {
            at: timestamp::to_text(change.at),
            site_id: change.site.get(),
            name: names.get(&change.site).or(change.name.as_ref()).map(String::as_str),
            kind: change.kind.name(),
            fields: &change.fields,
            source: change.source.as_deref(),
            reason: change.reason.as_deref(),
        }
    }
}

impl Row for ChangeRow<'_> {
    const COLUMNS: &'static [&'static str] = &["at", "site_id", "name", "kind", "fields", "source", "reason"];

    fn cells(&self) -> Vec<Cell> {
        vec![
            plain(&self.at),
            plain(&self.site_id),
            text(self.name.unwrap_or_default()),
            plain(&self.kind),
            joined(self.fields),
            text(self.source.unwrap_or_default()),
            text(self.reason.unwrap_or_default()),
        ]
    }
}

/// Describes [`list`].
pub(crate) fn describe() -> Operation {
    let description = "What imports and other writers changed, the latest first. The greatest `at` seen is what to give \
                       as `since` the next time: its moment is included.";
    let content = [
        ("application/json", body("ChangePage", &schemas::examples::changes())),
        ("text/csv", text_body("A table (RFC 4180) with a header.", TABLE)),
        ("application/x-ndjson", text_body("A change a line.", LINE)),
    ];
    let headers = [&headers::CACHED[..], &["link"]].concat();
    Operation::new("listChanges", "sites", "What has changed", description)
        .taking_query(&NAMES)
        .in_formats(FORMATS)
        .cached()
        .answering(StatusCode::OK, answer("A page of changes.", &headers, &content))
}
