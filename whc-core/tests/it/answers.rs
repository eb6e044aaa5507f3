//! Endpoints about the list beside its sites.

mod facets;
mod nearby;
mod overview;
mod random;

use std::sync::LazyLock;

use http::{Request, StatusCode};
use serde_json::Value;
use whc_core::App;

use crate::client::{self, app, get, send};
use crate::golden;

/// A response of a service with a cache, shared by these tests.
async fn json(path: &str) -> Value {
    static APP: LazyLock<App> = LazyLock::new(app);
    let response = send(&APP, Request::get(path)).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    client::json(response)
}

/// The ids of a list, in its order.
fn ids(list: &Value) -> Vec<u64> {
    list["data"].as_array().unwrap().iter().map(|site| site["id"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn golden_answers() {
    for (name, path) in [
        ("facets.json", "/api/whcsites/facets?country=it,ch&lang=fr"),
        ("facets-of-nothing.json", "/api/whcsites/facets?country=xx&f=json"),
        ("facets-wrong.json", "/api/whcsites/facets?limit=5&categroy=cultural&f=csv"),
        ("nearby.json", "/api/whcsites/174/nearby?limit=2&country=it&fields=name,distance_km&lang=fr"),
        ("nearby.csv", "/api/whcsites/174/nearby?f=csv&fields=name&nearest=3"),
        ("nearby-wrong.json", "/api/whcsites/174/nearby?near=0,0&id=1&radius=0"),
        ("nearby-without-point.json", "/api/whcsites/1567/nearby"),
        ("nearby-unknown-site.json", "/api/whcsites/1811/nearby"),
        ("nearby-misspelt.json", "/api/whcsites/1/nearbyy"),
        ("random.json", "/api/whcsites/random?id=1"),
        ("random-none.json", "/api/whcsites/random?country=xx"),
        ("random-misspelt.json", "/api/whcsites/randm"),
        ("countries.csv", "/api/countries?f=csv"),
        ("countries-wrong.json", "/api/countries?country=it&f=geojson"),
        ("criteria.json", "/api/criteria"),
        ("criteria.csv", "/api/criteria?f=csv&lang=ar"),
    ] {
        golden::check(&format!("answers/{name}"), get(path).await);
    }
}

#[tokio::test]
async fn a_cached_answer_has_a_validator_and_is_304_for_a_client_that_has_it() {
    let app = app();
    for path in
        ["/api/whcsites/facets?q=temple", "/api/whcsites/1/nearby", "/api/countries", "/api/criteria?f=csv"]
    {
        let first = send(&app, Request::get(path)).await;
        let second = send(&app, Request::get(path)).await;
        assert_eq!(
            [&first, &second].map(|response| &response.headers()["x-cache"]),
            ["miss", "hit"],
            "{path}"
        );
        let tag = &first.headers()["etag"];
        assert_eq!(tag, &second.headers()["etag"]);
        let known = send(&app, Request::get(path).header("if-none-match", tag)).await;
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED, "{path}");
        let head = send(&app, Request::head(path)).await;
        assert_eq!(head.headers()["content-length"], second.headers()["content-length"], "{path}");
        assert!(head.body().is_empty());
    }
}

#[tokio::test]
async fn what_is_in_english_only_says_so() {
    for path in ["/api/whcsites/facets", "/api/countries", "/api/criteria"] {
        let response = send(&app(), Request::get(path).header("accept-language", "fr")).await;
        assert_eq!(response.headers()["content-language"], "en", "{path}");
        assert_eq!(response.headers()["vary"], "accept, accept-encoding", "{path}");
        assert_eq!(get(&format!("{path}?lang=xx")).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn only_what_there_is_can_be_requested() {
    for (path, parameter) in [
        ("/api/whcsites/facets", "sort=id"),
        ("/api/whcsites/facets", "fields=name"),
        ("/api/whcsites/random", "limit=1"),
        ("/api/whcsites/1/nearby", "near=0,0"),
        ("/api/criteria", "criterion=i"),
    ] {
        let response = get(&format!("{path}?{parameter}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{path}?{parameter}");
    }
    for path in ["/api/whcsites/random", "/api/whcsites/facets"] {
        let response = send(&app(), Request::get(path).header("accept", "text/csv")).await;
        assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE, "{path}");
    }
}
