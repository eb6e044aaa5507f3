//! Tables: columns that are selected, and byte order marks.

use http::StatusCode;

use crate::client::{get, json};
use crate::golden;

/// UTF-8's byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";

#[tokio::test]
async fn a_selected_key_is_a_column() {
    let keys = "fields=names,states,regions,danger_past,components,extended";
    golden::check("selected.csv", get(&format!("/api/whcsites?id=33,148,769&f=csv&{keys}")).await);
    let usual = get("/api/whcsites?limit=1&f=csv").await.into_body().into_bytes();
    let header = std::str::from_utf8(&usual).unwrap().lines().next().unwrap().to_owned();
    assert!(!header.contains("components") && !header.contains("names,"), "{header}");
}

#[tokio::test]
async fn a_byte_order_mark_comes_where_it_is_asked_for() {
    for path in [
        "/api/whcsites?f=csv&limit=3",
        "/api/whcsites/1/nearby?f=csv&limit=3",
        "/api/downloads/whcsites.csv?status=delisted",
        "/api/changes?f=csv",
        "/api/countries?f=csv",
        "/api/criteria?f=csv",
    ] {
        let plain = get(path).await;
        let marked = get(&format!("{path}&bom=true")).await;
        assert_eq!(marked.status(), StatusCode::OK, "{path}");
        assert_eq!(marked.headers()["content-type"], plain.headers()["content-type"]);
        let [plain, marked] = [plain, marked].map(|response| response.into_body().into_bytes());
        assert_eq!(marked, [MARK, &plain].concat(), "{path}");
    }
}

#[tokio::test]
async fn only_csv_has_a_byte_order_mark() {
    let problem = json(get("/api/whcsites?bom=true").await);
    assert_eq!(problem["errors"][0]["detail"], "bom=true is for f=csv only");
    for path in [
        "/api/whcsites?f=geojson&bom=true",
        "/api/countries?bom=TRUE",
        "/api/changes?f=ndjson&bom=true",
        "/api/whcsites?f=csv&bom=yes",
        "/api/downloads/whcsites.json?bom=true",
    ] {
        assert_eq!(get(path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}
