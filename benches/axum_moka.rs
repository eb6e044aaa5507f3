//! What `load` compares `whc` with: the same list with axum, bodies rendered by serde and kept in moka, compression by
//! tower-http, no log. `axum_moka PORT`. A usual service of this kind, with neither validators nor slices.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::routing::get;
use bytes::Bytes;
use moka::sync::Cache;
use serde::Deserialize;
use serde_json::json;
use tower_http::compression::CompressionLayer;
use whc_core::{Category, MemorySites, Page, Site, SiteId, SiteQuery, SiteRepository, Window};

#[derive(Clone)]
struct Service {
    sites: Arc<MemorySites>,
    bodies: Cache<String, Bytes>,
}

/// The parameters of a list.
#[derive(Deserialize)]
struct Parameters {
    country: Option<String>,
    category: Option<String>,
    limit: Option<u32>,
    offset: Option<u64>,
    f: Option<String>,
}

type Answer = Result<([(HeaderName, &'static str); 1], Bytes), StatusCode>;

const JSON: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];
const HTML: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "text/html")];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = std::env::args().nth(1).ok_or("usage: axum_moka PORT")?.parse()?;
    let service = Service { sites: Arc::new(MemorySites::embedded()?), bodies: Cache::new(10_000) };
    let routes = Router::new()
        .route("/", get(home))
        .route("/api/whcsites", get(list))
        .route("/api/whcsites/{id}", get(show))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(service);
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, routes).await?;
    Ok(())
}

/// A page with a link to each site.
async fn home(State(service): State<Service>) -> Answer {
    if let Some(body) = service.bodies.get("/") {
        return Ok((HTML, body));
    }
    let all =
        service.sites.list_all(&SiteQuery::default()).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let link = |site: &Arc<Site>| {
        format!("<li><a href=\"/api/whcsites/{}\">{}</a></li>", site.id, site.names.english())
    };
    let links: String = all.iter().map(link).collect();
    let body = Bytes::from(format!("<!doctype html><title>World Heritage</title><ul>{links}</ul>"));
    service.bodies.insert("/".to_owned(), body.clone());
    Ok((HTML, body))
}

async fn show(State(service): State<Service>, OriginalUri(uri): OriginalUri, Path(id): Path<u32>) -> Answer {
    let key = uri.to_string();
    if let Some(body) = service.bodies.get(&key) {
        return Ok((JSON, body));
    }
    let id = SiteId::new(id).map_err(|_| StatusCode::BAD_REQUEST)?;
    let site = service.sites.get(id).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let site = site.ok_or(StatusCode::NOT_FOUND)?;
    keep(&service, key, &json!({"data": &*site}))
}

async fn list(
    State(service): State<Service>,
    OriginalUri(uri): OriginalUri,
    Query(parameters): Query<Parameters>,
) -> Answer {
    let key = uri.to_string();
    if let Some(body) = service.bodies.get(&key) {
        return Ok((JSON, body));
    }
    let query = query(&parameters).ok_or(StatusCode::BAD_REQUEST)?;
    let page = service.sites.list(&query).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let features = parameters.f.is_some_and(|format| format == "geojson");
    keep(&service, key, &if features { collection(&page) } else { envelope(&page) })
}

fn query(parameters: &Parameters) -> Option<SiteQuery> {
    let mut query = SiteQuery::ALL;
    if let Some(country) = &parameters.country {
        query.countries.insert(country.parse().ok()?);
    }
    if let Some(category) = &parameters.category {
        query.categories.insert(category.parse::<Category>().ok()?);
    }
    query.window = Window::new(parameters.limit.unwrap_or(100), parameters.offset.unwrap_or(0)).ok()?;
    Some(query)
}

fn envelope(page: &Page<Arc<Site>>) -> serde_json::Value {
    let sites: Vec<&Site> = page.items.iter().map(Arc::as_ref).collect();
    json!({"data": sites, "total": page.total})
}

fn collection(page: &Page<Arc<Site>>) -> serde_json::Value {
    let feature = |site: &Arc<Site>| {
        let point = site.point.map(|point| [point.longitude(), point.latitude()]);
        let geometry = point.map(|point| json!({"type": "Point", "coordinates": point}));
        json!({"type": "Feature", "id": site.id.get(), "geometry": geometry, "properties": &**site})
    };
    let features: Vec<_> = page.items.iter().map(feature).collect();
    json!({"type": "FeatureCollection", "features": features})
}

fn keep(service: &Service, key: String, body: &serde_json::Value) -> Answer {
    let body = serde_json::to_vec(body).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let body = Bytes::from(body);
    service.bodies.insert(key, body.clone());
    Ok((JSON, body))
}
