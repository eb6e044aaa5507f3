//! `/api/whcsites/{id}/nearby`: a list around a site.

use super::{ids, json};

#[tokio::test]
async fn it_is_the_list_near_the_site_without_the_site() {
    let site = json("/api/whcsites/174").await;
    let [longitude, latitude] = ["longitude", "latitude"].map(|key| site["data"][key].to_string());
    for rest in
        ["", "&radius=100", "&nearest=5", "&sort=name&lang=ru", "&category=natural&offset=2", "&status=all"]
    {
        let nearby = json(&format!("/api/whcsites/174/nearby?limit=50{rest}")).await;
        let mut rest = rest.replace("nearest=5", "nearest=6");
        if !rest.contains("radius") {
            rest.push_str("&radius=20016");
        }
        let mut list = ids(&json(&format!("/api/whcsites?near={longitude},{latitude}&limit=51{rest}")).await);
        list.retain(|id| *id != 174);
        list.truncate(50);
        assert_eq!(ids(&nearby), list, "{rest}");
        assert!(nearby["data"].as_array().unwrap().iter().all(|site| site["distance_km"].is_f64()));
    }
}

#[tokio::test]
async fn the_nearest_come_first_even_in_a_search() {
    let nearby = json("/api/whcsites/91/nearby?q=church").await;
    let distances: Vec<_> =
        nearby["data"].as_array().unwrap().iter().map(|site| site["distance_km"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted() && distances.len() > 2, "{distances:?}");
}

#[tokio::test]
async fn pages_have_ten_sites_and_follow_each_other() {
    let first = json("/api/whcsites/1/nearby?region=lac&lang=es").await;
    assert_eq!(first["data"].as_array().unwrap().len(), 10);
    let next = first["links"]["next"].as_str().unwrap();
    assert_eq!(next, "/api/whcsites/1/nearby?limit=10&offset=10&lang=es&region=lac");
    let second = json(next).await;
    assert!(!ids(&first).iter().any(|id| ids(&second).contains(id)));
    assert_eq!(json(second["links"]["prev"].as_str().unwrap()).await["data"], first["data"]);
}
