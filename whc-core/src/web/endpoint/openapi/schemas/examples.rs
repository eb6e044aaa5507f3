//! Examples of bodies, with the embedded facts as values.

#[cfg(feature = "oidc")]
mod account;
mod contacts;
mod curation;

use serde_json::{Value, json};

#[cfg(feature = "oidc")]
pub(crate) use self::account::{me, profile};
pub(crate) use self::contacts::{audit, contact, contacts, export, written};
pub(crate) use self::curation::{changed_site, written_site};
use crate::site::Criterion;
use crate::site::field::{FieldGroup, Key, SiteField};
use crate::web::endpoint::openapi::schema::with;

/// One site.
pub(crate) fn answer() -> Value {
    let rest = object(SiteField::all().iter().filter(|field| field.key == Key::Single));
    let links = json!({"self": "/api/whcsites/1", "collection": "/api/whcsites"});
    json!({"data": with(site(), rest), "links": links})
}

/// A page of the list.
pub(crate) fn page() -> Value {
    let links = json!({
        "self": "/api/whcsites?limit=1&offset=0",
        "first": "/api/whcsites?limit=1&offset=0",
        "next": "/api/whcsites?limit=1&offset=1",
        "last": "/api/whcsites?limit=1&offset=1272"
    });
    let meta = json!({"total": 1273, "returned": 1, "limit": 1, "offset": 0, "language": "en"});
    json!({"data": [site()], "meta": meta, "links": links})
}

/// The whole list.
pub(crate) fn file() -> Value {
    numbers(json!([site()]), 1, "/api/downloads/whcsites.json", "/api/whcsites")
}

/// A site as a feature.
pub(crate) fn feature() -> Value {
    let geometry = json!({"type": "Point", "coordinates": [-90.501_319, -0.689_86]});
    json!({"type": "Feature", "id": 1, "geometry": geometry, "properties": site()})
}

/// A page of features.
pub(crate) fn features() -> Value {
    let href = "/api/whcsites?limit=1&offset=1&f=geojson";
    let links = json!([{"rel": "next", "href": href, "type": "application/geo+json"}]);
    json!({
        "type": "FeatureCollection", "features": [feature()],
        "numberMatched": 1273, "numberReturned": 1, "links": links
    })
}

/// Some counts.
pub(crate) fn facets() -> Value {
    let region = json!({"value": "LAC", "name": "Latin America and the Caribbean", "count": 1});
    let data = json!({
        "category": [{"value": "Natural", "count": 1}], "region": [region],
        "country": [{"value": "EC", "name": "Ecuador", "count": 1}],
        "criterion": [{"value": "x", "count": 1}], "decade": [{"value": "1970..1979", "count": 1}],
        "danger": [{"value": "true", "count": 0}, {"value": "false", "count": 1}]
    });
    numbers(data, 1, "/api/whcsites/facets?id=1", "/api/whcsites?id=1")
}

/// A change.
pub(crate) fn changes() -> Value {
    let change = json!({
        "at": "2026-11-21T10:00:00.125Z", "site_id": 1, "name": "Galápagos Islands", "kind": "changed",
        "fields": ["name_fr", "danger"], "source": "whc-sites-2026.xml", "reason": null
    });
    let meta = json!({"total": 1, "returned": 1, "limit": 100, "offset": 0, "language": "en"});
    let this = "/api/changes?limit=100&offset=0";
    json!({"data": [change], "meta": meta, "links": {"self": this, "first": this, "last": this}})
}

/// A country.
pub(crate) fn countries() -> Value {
    let links = json!({"sites": "/api/whcsites?country=EC"});
    let country = json!({
        "iso_code": "EC", "name": "Ecuador", "sites": 5, "cultural": 3, "natural": 2, "mixed": 0,
        "in_danger": 0, "transboundary": 1, "first_inscribed": 1978, "links": links
    });
    numbers(json!([country]), 173, "/api/countries", "/api/whcsites")
}

/// A criterion.
pub(crate) fn criteria() -> Value {
    let links = json!({"sites": "/api/whcsites?criterion=i"});
    let summary = Criterion::I.summary();
    let criterion =
        json!({"numeral": "i", "group": "cultural", "summary": summary, "sites": 264, "links": links});
    numbers(json!([criterion]), 10, "/api/criteria", "/api/whcsites")
}

fn numbers(data: Value, total: u32, this: &str, sites: &str) -> Value {
    let mut answer = json!({"data": [], "meta": {"total": total, "language": "en"}});
    answer["data"] = data;
    with(answer, json!({"links": {"self": this, "sites": sites}}))
}

/// A service that is ready.
pub(crate) fn readiness() -> Value {
    let snapshot = json!({"version": "42", "source": "store", "checked_seconds_ago": 0.481});
    let checks = json!({"sites": {"status": "ok", "snapshot": snapshot}, "shutdown": {"status": "ok"}});
    json!({"status": "ok", "checks": checks})
}

/// One that is about to stop.
pub(crate) fn unreadiness() -> Value {
    let shutdown = json!({"status": "unavailable", "reason": "the service is shutting down"});
    json!({"status": "unavailable", "checks": {"sites": {"status": "ok"}, "shutdown": shutdown}})
}

/// The Galápagos Islands as an item of a list.
fn site() -> Value {
    object(FieldGroup::Whole.fields().iter().copied())
}

/// The examples of these fields.
fn object<'a>(fields: impl Iterator<Item = &'a SiteField>) -> Value {
    let example = |field: &SiteField| serde_json::from_str(field.example).unwrap_or_default();
    Value::Object(fields.map(|field| (field.name.to_owned(), example(field))).collect())
}
