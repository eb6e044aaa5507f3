//! What the endpoints about sites share: a page of sites, one site, and their descriptions.

use std::collections::BTreeSet;
use std::slice;
use std::sync::Arc;

use http::header::LINK;
use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::openapi::operation::{answer, body, plain};
use super::openapi::schema::with;
use super::openapi::{headers, schemas};
use crate::app::App;
use crate::body::Body;
use crate::error::{Error, Result};
use crate::repository::{ReadView, Snapshot};
use crate::site::json::{self as site_json, FeatureStyle, Form};
use crate::site::{FieldName, Site, SiteId, SiteQuery, SiteRecord, SiteRevision};
use crate::violation::nearest;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::format::json::PageMeta;
use crate::web::format::{BodyBuilder, Fields, Format, Listing, PageLinks};
use crate::web::problem::Problem;
use crate::web::request::{Base, ListRequest, Parameters, Representation, features};
use crate::web::response::links;

/// The query parameters of a single site.
pub(super) const SINGLE: [&str; 4] = ["lang", "f", "geometry", "flat"];

/// What `fields=` of a single site adds to it: the names of the fields that curators have set, and notes on facts.
pub(super) const MORE_FIELDS: [&str; 2] = ["curated", "notes"];

/// A request for a single site.
pub(super) struct SingleRequest {
    /// Format and language.
    pub(super) representation: Representation,
    /// How a feature looks.
    style: FeatureStyle,
    /// Whether the marks are asked for.
    shows_marks: bool,
    /// Whether the notes are.
    shows_notes: bool,
}

impl SingleRequest {
    /// Reads the parameters of [`SINGLE`], and `fields` where it is known.
    ///
    /// # Errors
    /// The client accepts none of the formats.
    pub(super) fn read(context: &Context<'_>, parameters: &mut Parameters<'_>) -> Result<Self, Problem> {
        let representation = Representation::negotiate(context.headers, parameters, Format::SINGLE)?;
        let style = features::style(parameters, representation.format);
        let more = parameters.indices_of("fields", &MORE_FIELDS);
        if !more.is_empty() && representation.format != Format::Json {
            parameters.only_in("fields", &[Format::Json]);
        }
        let [shows_marks, shows_notes] = [0, 1].map(|position| more.contains(&position));
        Ok(Self { representation, style, shows_marks, shows_notes })
    }

    /// All of a site as JSON.
    pub(super) fn whole(representation: Representation) -> Self {
        Self { representation, style: FeatureStyle::default(), shows_marks: false, shows_notes: false }
    }
}

#[derive(Serialize)]
struct SiteLinks {
    #[serde(rename = "self")]
    this: String,
    collection: String,
}

/// The requested page of the list at `address`.
pub(super) async fn page(
    context: &Context<'_>,
    view: &ReadView<'_>,
    list: &ListRequest,
    address: &str,
) -> Result<Answer> {
    let ListRequest { query, rest, .. } = list;
    let Representation { format, language, .. } = list.representation;
    let page = view.sites().list(query).await?;
    let links = PageLinks::new(address, query.window, page.total, rest);
    let meta = PageMeta::new(query.window, language, page.items.len(), page.total).at_end_of(query.as_of);
    let body = listing(context.base, &page.items, view, list).write(format, page.total, &meta, &links)?;
    let mut response: Response<Body> = format.response(language, body);
    response.headers_mut().extend(links.header().map(|header| (LINK, header)));
    Ok(list.representation.answer(context.app, view.version(), response).with_page_of(page.items.len()))
}

/// These sites, to be written as the request says.
#[cfg_attr(
    not(feature = "pages"),
    expect(unused_variables, reason = "images have links, other formats keys")
)]
pub(super) fn listing<'a>(
    base: Base<'_>,
    sites: &'a [Arc<Site>],
    view: &'a ReadView<'_>,
    list: &'a ListRequest,
) -> Listing<'a> {
    let ListRequest { query, fields, style, .. } = list;
    Listing {
        sites,
        snapshot: view.snapshot(),
        query,
        fields,
        style: *style,
        #[cfg(feature = "pages")]
        image: (list.image, format!("{base}/sites")),
    }
}

/// A site as it is found, with what a store keeps beside it where sites can be changed.
pub(super) struct FoundSite {
    pub(super) site: Arc<Site>,
    pub(super) revision: Option<SiteRevision>,
    curated: BTreeSet<FieldName>,
}

impl FoundSite {
    /// The site with this id.
    pub(super) async fn find(app: &App, view: &ReadView<'_>, id: SiteId) -> Result<Option<Self>> {
        Ok(match (view.snapshot(), app.site_store()) {
            (Some(snapshot), store) if store.is_some() || snapshot.kept_revision(id).is_some() => {
                snapshot.record(id).map(Self::from)
            }
            (None, Some(store)) => store.record(id).await?.map(Self::from),
            _ => view.sites().get(id).await?.map(Self::from),
        })
    }
}

impl From<SiteRecord> for FoundSite {
    fn from(SiteRecord { site, revision, curated, .. }: SiteRecord) -> Self {
        Self { site, revision: Some(revision), curated }
    }
}

impl From<Arc<Site>> for FoundSite {
    fn from(site: Arc<Site>) -> Self {
        Self { site, revision: None, curated: BTreeSet::new() }
    }
}

/// The response with a single site. `snapshot` has prepared texts.
pub(super) fn one(
    base: Base<'_>,
    found: &FoundSite,
    snapshot: Option<&Snapshot>,
    single: &SingleRequest,
) -> Result<Response<Body>> {
    let Representation { format, language, .. } = single.representation;
    let site = &found.site;
    let (sites, fields) = (slice::from_ref(site), &Fields::default());
    let query = &SiteQuery { language, ..SiteQuery::ALL };
    let listing = Listing {
        sites,
        snapshot,
        query,
        fields,
        style: single.style,
        #[cfg(feature = "pages")]
        image: Default::default(),
    };
    let mut body = BodyBuilder::with_capacity(2048);
    if format == Format::GeoJson {
        listing.array(Form::Feature, &mut body);
    } else {
        let links = SiteLinks { this: links::site(base, site.id), collection: links::sites(base) };
        body.text("{\"data\":");
        listing.array(Form::Object, &mut body);
        body.reopen_object();
        body.text(",\"components\":");
        body.json(&site_json::components(site))?;
        if single.shows_marks {
            body.text(",\"curated\":");
            body.json(&found.curated.iter().map(|field| field.as_str()).collect::<Vec<_>>())?;
        }
        if single.shows_notes {
            body.text(",\"notes\":");
            body.json(&site_json::notes(site))?;
        }
        body.text("},\"links\":");
        body.json(&links)?;
        body.text("}");
    }
    Ok(format.response(site.names.best(language).0, body.into_body()))
}

/// The id in a path.
pub(super) fn site_id(text: &str) -> Result<SiteId, Problem> {
    text.parse().map_err(|error: Error| {
        let detail = match nearest(text, &["facets", "random"]) {
            Some(meant) => format!("{error}; did you mean /api/whcsites/{meant}?"),
            None => error.to_string(),
        };
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}

pub(super) fn no_such_site(base: Base<'_>, id: SiteId) -> Problem {
    let detail = format!("there is no site {id}; {} lists all there are", links::sites(base));
    Problem::new(StatusCode::NOT_FOUND, detail)
}

/// The description of a response with several sites, linked to `getSite`.
pub(super) fn page_answer(description: &str) -> Value {
    let headers = [&headers::CACHED[..], &["link", "content-security-policy"]].concat();
    let answer = answer(description, &headers, &in_each(Format::LIST, several));
    let first = json!({
        "operationId": "getSite",
        "parameters": {"id": "$response.body#/data/0/id"},
        "description": "Everything known of the first site."
    });
    with(answer, json!({"links": {"first": first}}))
}

/// The media types of `formats`, with the description of each body.
pub(super) fn in_each(formats: &[Format], body: fn(Format) -> Value) -> Vec<(&'static str, Value)> {
    formats.iter().map(|format| (format.essence(), body(*format))).collect()
}

/// The description of a body with several sites.
pub(super) fn several(format: Format) -> Value {
    let record = "\u{1e}{\"type\":\"Feature\",\"id\":1,\"geometry\":null,\"properties\":{\"id\":1}}\n";
    match format {
        Format::GeoJson => body("SiteFeatures", &schemas::examples::features()),
        Format::Csv | Format::CsvWithBom => {
            plain("A table (RFC 4180) with a header.", "id,name,category\r\n1,Galápagos Islands,Natural\r\n")
        }
        Format::NdJson => plain("A site a line.", "{\"id\":1,\"name\":\"Galápagos Islands\"}\n"),
        Format::GeoJsonSeq => plain("A sequence of features (RFC 8142).", record),
        #[cfg(feature = "pages")]
        Format::Svg => {
            plain("A map (SVG 2), of the world or of that part of it where the sites are.", "<svg/>")
        }
        _ => body("SitePage", &schemas::examples::page()),
    }
}

/// The description of a body with one site.
pub(super) fn one_body(format: Format) -> Value {
    match format {
        Format::GeoJson => body("SiteFeature", &schemas::examples::feature()),
        _ => body("SiteAnswer", &schemas::examples::answer()),
    }
}
