//! `/api/whcsites/facets`: the counts are those of the list.

use serde_json::Value;

use super::json;

fn counts(facets: &Value, facet: &str) -> Vec<(String, u64)> {
    let count =
        |entry: &Value| (entry["value"].as_str().unwrap().to_owned(), entry["count"].as_u64().unwrap());
    facets["data"][facet].as_array().unwrap().iter().map(count).collect()
}

#[tokio::test]
async fn every_value_is_a_filter_that_finds_as_many() {
    for filters in
        ["", "category=mixed&", "q=temple&status=all&", "near=12.5,41.9&nearest=40&bbox=0,0,40,60&"]
    {
        let facets = json(&format!("/api/whcsites/facets?{filters}")).await;
        let list = json(&format!("/api/whcsites?{filters}limit=1")).await;
        assert_eq!(facets["meta"]["total"], list["meta"]["total"]);
        // With `nearest`, an additional filter would let farther sites in.
        for facet in
            ["region", "criterion", "decade", "danger"].into_iter().filter(|_| !filters.contains("near"))
        {
            let parameter = if facet == "decade" { "inscribed" } else { facet };
            for (value, count) in counts(&facets, facet) {
                let list = json(&format!("/api/whcsites?{filters}{parameter}={value}&limit=1")).await;
                assert_eq!(list["meta"]["total"], count, "{filters}{parameter}={value}");
            }
        }
    }
}

#[tokio::test]
async fn a_filter_narrows_its_own_facet_too() {
    let facets = json("/api/whcsites/facets?category=natural,mixed").await;
    let categories = counts(&facets, "category");
    assert_eq!(
        categories.iter().map(|(value, _)| &**value).collect::<Vec<_>>(),
        ["Cultural", "Natural", "Mixed"]
    );
    assert!(categories[0].1 == 0 && categories[1].1 > 0);
    assert_eq!(facets["meta"]["total"], categories.iter().map(|(_, count)| count).sum::<u64>());
}

#[tokio::test]
async fn countries_and_decades_come_in_their_order_if_they_have_any() {
    let facets = json("/api/whcsites/facets").await;
    let countries = counts(&facets, "country");
    assert!(countries.is_sorted_by(|(code, count), (next, fewer)| (fewer, code) < (count, next)));
    assert!(countries.iter().all(|(_, count)| *count > 0) && countries.len() > 150);
    let decades = counts(&facets, "decade");
    assert_eq!(decades[0].0, "1970..1979");
    assert!(decades.is_sorted());
    assert_eq!(facets["data"]["country"][0]["name"], "Italy");
}
