//! `Site` with serde: it is the object of the API, and is read as it was written.

use proptest::prelude::*;
use serde_json::{Value, json};
use whc_core::testing::conformance;
use whc_core::{Component, Hectares, Language, Point, Site, StateParty, Translations, WikidataId};

use crate::client::get;
use crate::domain::{criteria, danger, year};
use crate::query::strategy;

fn point() -> impl Strategy<Value = Point> {
    (-180.0..=180.0, -90.0..=90.0).prop_map(|(x, y): (f64, f64)| Point::new(x, y).unwrap())
}

fn texts() -> impl Strategy<Value = Translations> {
    proptest::collection::vec((proptest::sample::select(&Language::ALL), ".*"), 0..8)
        .prop_map(|texts| texts.into_iter().collect())
}

fn components() -> impl Strategy<Value = Vec<Component>> {
    let country = proptest::option::of("[A-Z]{2}".prop_map(|code| code.parse().unwrap()));
    let component = (point(), country).prop_map(|(point, country)| Component { point, country });
    proptest::collection::vec(component, 0..5)
}

/// A site of the strategy for queries with everything in it that those have no use for.
fn site() -> impl Strategy<Value = Site> {
    let site = strategy::sites().prop_map(|mut sites| sites.swap_remove(0));
    let history = (danger(), criteria(), any::<bool>(), proptest::collection::vec(year(), 0..3));
    let area = proptest::num::f64::POSITIVE.prop_filter_map("an area", |area| Hectares::new(area).ok());
    let place = (proptest::option::of(point()), proptest::option::of(area), components(), ".*");
    let texts = (texts(), texts(), (0..=WikidataId::MAX).prop_map(|number| WikidataId::new(number).ok()));
    (site, history, place, texts).prop_map(|(site, history, place, texts)| {
        let (danger, criteria, criteria_complete, extended) = history;
        let (point, area, components, state) = place;
        let (short_descriptions, justifications, wikidata) = texts;
        let states = vec![StateParty { iso: None, name: state.into() }];
        Site {
            short_descriptions,
            justifications,
            danger,
            criteria,
            criteria_complete,
            extended,
            point,
            area,
            components: components.into(),
            states,
            wikidata,
            ..site
        }
    })
}

proptest! {
    #[test]
    fn any_site_is_read_as_it_was_written(site in site()) {
        let text = serde_json::to_string(&site).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Site>(&text).unwrap(), &site);
        let value = serde_json::to_value(&site).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Site>(value).unwrap(), &site);
    }
}

#[test]
fn the_sites_that_are_hard_to_keep_are_read_as_they_were_written() {
    let sites = [conformance::fixture(), whc_core::site::embedded().unwrap()].concat();
    let text = serde_json::to_vec(&sites).unwrap();
    assert_eq!(serde_json::from_slice::<Vec<Site>>(&text).unwrap(), sites);
}

#[tokio::test]
async fn it_is_the_object_of_the_api_with_all_texts() {
    let body = get("/api/whcsites/1").await.into_body().into_bytes();
    let mut answer: Value = serde_json::from_slice(&body).unwrap();
    let site: Site = serde_json::from_value(answer["data"].clone()).unwrap();
    assert_eq!(site, whc_core::site::embedded().unwrap()[0]);
    answer["data"]["short_descriptions"] = json!({});
    answer["data"]["justifications"] = json!({});
    answer["data"]["notes"] = json!({});
    assert_eq!(serde_json::to_string(&site).unwrap(), answer["data"].to_string());
}

#[test]
fn what_is_not_known_may_be_missing_and_unknown_keys_are_ignored() {
    let (names, later) = (json!({"en": "Quito"}), json!([1, {"x": null}]));
    let text =
        json!({"id": 2, "names": names, "category": "Cultural", "date_inscribed": 1978, "later": later});
    let site: Site = serde_json::from_value(text).unwrap();
    let names = whc_core::Names::new("Quito").unwrap();
    let year = whc_core::Year::new(1978).unwrap();
    assert_eq!(site, Site::new(whc_core::SiteId::new(2).unwrap(), names, whc_core::Category::Cultural, year));
}

#[test]
fn a_mistake_is_told_with_its_key() {
    let whole = serde_json::to_value(&conformance::fixture()[0]).unwrap();
    for (key, value, reason) in [
        ("id", json!(0), "a site id is a number from 1"),
        ("id", json!("1"), "invalid type: string \"1\", expected u32"),
        ("names", json!({"fr": "Quito"}), "a site needs an English name"),
        ("names", json!({"en": "Quito", "xx": "?"}), "a language is one of"),
        ("category", json!("Urban"), "a category is"),
        ("date_inscribed", json!(1066), "a year is from"),
        ("date_inscribed", Value::Null, "invalid type: null"),
        ("criteria", json!(["i", "xi"]), "a criterion is one of"),
        ("regions", json!(["Atlantis"]), "a region is one of"),
        ("states", json!([{"iso_code": "Italy", "name": "Italy"}]), "a country is an ISO 3166 code"),
        ("states", json!([{"iso_code": "IT"}]), "missing field `name`"),
        ("extended", json!([1066]), "a year is from"),
        ("danger_since", json!(2000), "the site is not in danger"),
        ("danger_past", json!([{"from": 2001, "to": 2000}]), "a period cannot end"),
        ("status", json!("gone"), "it is inscribed, delisted or superseded"),
        ("year_left", json!(2020), "the site is on the list"),
        ("longitude", json!(181), "a longitude is from"),
        ("longitude", Value::Null, "it is missing beside"),
        ("latitude", Value::Null, "it is missing beside"),
        ("area_hectares", json!(0), "an area is a number of hectares over 0"),
        ("components", json!([{"longitude": 181, "latitude": 0, "iso_code": null}]), "a longitude is from"),
        ("wikidata", json!("117"), "a Wikidata item is Q and a number"),
        ("justifications", json!({"en": null}), "invalid type: null"),
    ] {
        let mut site = whole.clone();
        site[key] = value;
        let error = serde_json::from_value::<Site>(site).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{key}: {reason}")), "{key}: {error}");
    }
}

#[test]
fn a_key_is_there_once() {
    let twice = serde_json::from_str::<Site>(r#"{"id": 1, "id": 2}"#).unwrap_err().to_string();
    assert!(twice.starts_with("duplicate field `id`"), "{twice}");
    let none = serde_json::from_str::<Site>("{}").unwrap_err().to_string();
    assert!(none.starts_with("id: it is missing"), "{none}");
}
