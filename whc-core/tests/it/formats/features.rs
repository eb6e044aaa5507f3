//! Features with the points of components, and flat ones, wherever sites are features.

use http::{Request, StatusCode};
use serde_json::{Value, json as value};

use crate::client::{app, get, json, send};
use crate::golden;

/// The features of a response: one, a collection, or a sequence.
async fn features(path: &str) -> Vec<Value> {
    let response = get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let body = response.into_body().into_bytes();
    let text = std::str::from_utf8(&body).unwrap();
    let mut found = Vec::new();
    for record in text.split('\u{1e}').filter(|record| !record.is_empty()) {
        match serde_json::from_str(record).unwrap() {
            Value::Object(mut members) if members["type"] == "FeatureCollection" => {
                found.append(members["features"].as_array_mut().unwrap());
            }
            feature => found.push(feature),
        }
    }
    assert!(!found.is_empty(), "{path}");
    found
}

/// The points of the components of a site.
async fn components(id: &Value) -> Vec<Value> {
    let site = json(get(&format!("/api/whcsites/{id}")).await);
    let parts = site["data"]["components"].as_array().unwrap().clone();
    parts.iter().map(|part| value!([part["longitude"], part["latitude"]])).collect()
}

#[tokio::test]
async fn components_are_a_geometry_wherever_sites_are_features() {
    for path in [
        "/api/whcsites?f=geojson&country=de&limit=5&geometry=components",
        "/api/whcsites?f=geojsonseq&bbox=-92,-2,-77,1&geometry=Components",
        "/api/whcsites/1/nearby?f=geojson&limit=3&geometry=components",
        "/api/whcsites/874?f=geojson&geometry=components",
        "/api/whcsites/random?f=geojson&id=874&geometry=components",
        "/api/downloads/whcsites.geojson?status=delisted&geometry=components",
        "/api/downloads/whcsites.geojsonseq?status=delisted&geometry=components",
    ] {
        let usual =
            features(&path.replace("&geometry=components", "").replace("&geometry=Components", "")).await;
        for (feature, usual) in features(path).await.into_iter().zip(usual) {
            let points = components(&feature["id"]).await;
            let expected = match points.len() {
                0 | 1 => usual["geometry"].clone(),
                _ => value!({"type": "MultiPoint", "coordinates": points}),
            };
            assert_eq!(feature["geometry"], expected, "{} in {path}", feature["id"]);
            assert_eq!(feature["properties"], usual["properties"], "{path}");
        }
    }
}

#[tokio::test]
async fn every_site_has_the_geometry_that_is_known_of_it() {
    let kinds = |features: &[Value]| {
        let of =
            |kind: &Value| features.iter().filter(|feature| feature["geometry"]["type"] == *kind).count();
        [value!("MultiPoint"), value!("Point"), Value::Null].map(|kind| of(&kind))
    };
    let usual = features("/api/downloads/whcsites.geojson?status=all").await;
    let several = features("/api/downloads/whcsites.geojson?status=all&geometry=components").await;
    assert_eq!(kinds(&usual), [0, 1274, 3]);
    assert_eq!(kinds(&several), [484, 790, 3]);
}

#[tokio::test]
async fn a_flat_feature_has_the_columns_of_csv() {
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    for query in ["", "&fields=name,states,criteria,names,regions,danger_past,components", "&near=10,50"] {
        let table = get(&format!("/api/whcsites?limit=200&f=csv{query}")).await.into_body().into_bytes();
        let table = rows(std::str::from_utf8(&table).unwrap());
        let features = features(&format!("/api/whcsites?limit=200&f=geojson&flat=true{query}")).await;
        assert_eq!((features.len(), table.len()), (200, 201));
        for (feature, row) in features.iter().zip(&table[1..]) {
            let properties = feature["properties"].as_object().unwrap();
            assert_eq!(properties.keys().cloned().collect::<Vec<_>>(), table[0], "{query}");
            for (property, cell) in properties.values().zip(row) {
                match property {
                    Value::Null => assert_eq!(cell, ""),
                    Value::String(text) => assert_eq!(cell.trim_start_matches('\''), text),
                    Value::Bool(_) => assert_eq!(cell, &property.to_string()),
                    Value::Number(number) => assert_eq!(cell.parse::<f64>().ok(), number.as_f64()),
                    nested => panic!("{nested} is not flat"),
                }
            }
        }
    }
}

#[tokio::test]
async fn properties_are_flat_wherever_sites_are_features() {
    for path in [
        "/api/whcsites?f=geojsonseq&limit=5",
        "/api/whcsites/1/nearby?f=geojson",
        "/api/whcsites/1?f=geojson",
        "/api/whcsites/random?f=geojson",
        "/api/downloads/whcsites.geojson?status=all",
        "/api/downloads/whcsites.geojsonseq?fields=names,components",
    ] {
        let (usual, flat) = (features(path).await, features(&format!("{path}&flat=true")).await);
        let is_flat = |feature: &Value| {
            let properties = feature["properties"].as_object().unwrap();
            properties.values().all(|property| !property.is_array() && !property.is_object())
        };
        assert!(flat.iter().all(is_flat), "{path}");
        assert!(!usual.iter().any(is_flat), "{path}");
    }
}

#[tokio::test]
async fn styles_go_together_and_stay_in_links() {
    let path =
        "/api/whcsites?id=32,33&limit=1&f=geojson&fields=name,components&geometry=components&flat=true";
    let response = get(path).await;
    let link = response.headers()["link"].to_str().unwrap().to_owned();
    assert!(
        link.contains("&fields=name%2Ccomponents&geometry=components&flat=true>; rel=\"next\""),
        "{link}"
    );
    golden::check("flat-components.geojson", response);
}

#[tokio::test]
async fn a_page_that_is_too_long_is_cut_down_in_every_style() {
    let limited = app().with_size_limit(100_000);
    for query in [
        "geometry=components",
        "flat=true&fields=components",
        "fields=components",
        "geometry=components&flat=true",
    ] {
        let path = format!("/api/whcsites?limit=10000&f=geojson&{query}");
        let response = send(&limited, Request::get(&path)).await;
        assert!(response.status() == StatusCode::OK && response.body().len() <= 100_000, "{query}");
        let page = json(response);
        let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
        assert!(next["href"].as_str().unwrap().contains("offset="), "{next}");
    }
}

#[tokio::test]
async fn other_formats_refuse_what_only_features_have() {
    golden::check("style-not-in-csv.json", get("/api/whcsites?f=csv&geometry=components&flat=true").await);
    for path in [
        "/api/whcsites?geometry=components",
        "/api/whcsites?f=ndjson&flat=true",
        "/api/whcsites/1?flat=true",
        "/api/whcsites/random?geometry=components",
        "/api/whcsites/1/nearby?f=csv&flat=true",
        "/api/downloads/whcsites.json?flat=true",
        "/api/downloads/whcsites.csv?geometry=components",
        "/api/whcsites?f=geojson&geometry=polygon",
        "/api/whcsites?f=geojson&flat=1",
    ] {
        assert_eq!(get(path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
    // What is so anyway may be said.
    for path in
        ["/api/whcsites?geometry=point&flat=false&bom=false&limit=1", "/api/whcsites/1?geometry=point"]
    {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
}
