//! Queries as clients write them, over the embedded list.

use http::{Response, StatusCode};
use serde_json::Value;
use whc_core::web::Body;

use crate::{client, golden};

async fn get(query: &str) -> Response<Body> {
    client::get(&format!("/api/whcsites?{query}")).await
}

async fn json(query: &str) -> Value {
    client::json(get(query).await)
}

async fn ids(query: &str) -> Vec<u64> {
    let list = json(query).await;
    list["data"].as_array().unwrap().iter().map(|site| site["id"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn golden_queries() {
    for (name, query) in [
        ("near-rome.json", "country=it&criterion=iv&near=12.5,41.9&limit=2&fields=name,distance_km"),
        ("search.json", "q=galapgos%20isl&fields=name,criteria,names&lang=fr"),
        ("across-the-date-line.json", "bbox=170,-25,-170,0&sort=-inscribed&fields=name,date_inscribed"),
        (
            "many-filters.json",
            "category=natural,mixed&criterion=ix&criterion=x&criterion_match=ALL&danger=true&inscribed=1980..1985&region=AFR&sort=name&limit=2&fields=name",
        ),
        ("typo-in-name.json", "categroy=cultural"),
        ("typo-in-value.json", "category=cutural"),
        ("country-by-name.json", "country=Italy,fr&country=Germny"),
        (
            "many-mistakes.json",
            "radius=5&sort=relevance&bbox=1,2,3&inscribed=1978-1990&region=Europe&fields=nam&danger=maybe&area=big&q=!&id=0",
        ),
    ] {
        golden::check(&format!("query/{name}"), get(query).await);
    }
}

#[tokio::test]
async fn values_may_be_in_any_case_repeated_or_separated_by_commas() {
    let expected = ids("country=IT,FR&category=Natural&limit=500").await;
    assert!(!expected.is_empty());
    assert_eq!(ids("country=it&country=fr&category=NATURAL&limit=500").await, expected);
    assert_eq!(ids("id=9,1,%202&status=All&sort=-ID").await, [9, 2, 1]);
}

#[tokio::test]
async fn links_keep_the_whole_query_in_one_order() {
    let page = json("fields=name&sort=name&country=fr&lang=fr&q=cath%C3%A9drale&country=it&limit=1").await;
    let next = page["links"]["next"].as_str().unwrap();
    let rest = "lang=fr&q=cath%C3%A9drale&country=fr%2Cit&sort=name&fields=name";
    assert_eq!(next, format!("/api/whcsites?limit=1&offset=1&{rest}"));
    let (_, query) = next.split_once('?').unwrap();
    assert_eq!(get(query).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn every_key_can_be_selected() {
    let whole = json("limit=3&near=0,0").await;
    for site in whole["data"].as_array().unwrap() {
        let keys: Vec<_> = site.as_object().unwrap().keys().cloned().collect();
        let sparse = json(&format!("limit=3&near=0,0&fields={}", keys.join(","))).await;
        assert_eq!(sparse["data"].to_string(), whole["data"].to_string(), "same keys in the same order");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    for query in [
        "q=!".to_owned(),
        format!("q={}", "x".repeat(201)),
        format!("q={}", "a+".repeat(20)),
        format!("id={}", "1,".repeat(600)),
        format!("country={}IT", "IT,".repeat(60)),
        "near=12.5".into(),
        "near=12.5,41.9,1".into(),
        "near=181,0".into(),
        "near=NaN,0".into(),
        "near=0,0&radius=0".into(),
        "near=0,0&radius=inf".into(),
        "near=0,0&nearest=0".into(),
        "nearest=5".into(),
        "sort=distance".into(),
        "sort=-relevance".into(),
        "sort=nam".into(),
        "bbox=0,1,1,0".into(),
        "inscribed=1990..1978".into(),
        "inscribed=..".into(),
        "area=-5".into(),
        "status=gone".into(),
        "transboundary=1".into(),
        "q=a&q=b".into(),
    ] {
        let response = get(&query).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
    }
}
