//! Documents of curators: what they make of a site, and every violation of one that makes none.

mod violations;

use http::Request;
use serde_json::{Value, json};
use whc_core::site::{SiteDocument, delist, difference};
use whc_core::{App, Language, Site, SiteId, Status, Year};

use crate::client::{json, send};

/// A site of the embedded list.
fn site(id: u32) -> Site {
    whc_core::site::embedded().unwrap().into_iter().find(|site| site.id.get() == id).unwrap()
}

fn document(document: Value) -> SiteDocument {
    SiteDocument::new(document, Language::English).unwrap()
}

fn merged(before: &Site, patch: Value) -> Site {
    document(patch).merge(before).unwrap()
}

/// The object that `GET` shows.
async fn shown(app: &App, id: SiteId, language: Language) -> Value {
    let request = Request::get(format!("/api/whcsites/{id}?lang={language}"));
    json(send(app, request).await)["data"].take()
}

#[tokio::test]
async fn a_text_that_stands_in_for_a_translation_does_not_become_one() {
    let mut before = site(1);
    before.short_descriptions.set(Language::English, "Islands");
    let french = |text: Value| {
        SiteDocument::new(json!({"short_description": text}), Language::French)
            .unwrap()
            .merge(&before)
            .unwrap()
    };
    assert_eq!(french(json!("Islands")), before);
    let translated = french(json!("Îles"));
    assert_eq!(translated.short_descriptions.get(Language::French), Some("Îles"));
    assert_eq!(translated.short_descriptions.get(Language::English), Some("Islands"));
    assert_eq!(french(Value::Null), before, "there is none to take away");
}

#[test]
fn a_patch_changes_what_it_names() {
    let before = site(1);
    let after = merged(&before, json!({"date_inscribed": 1979, "names": {"fr": null, "es": "Galápagos"}}));
    let fields: Vec<_> = difference(&before, &after).into_iter().map(|change| change.field).collect();
    assert_eq!(fields, ["name_fr", "name_es", "date_inscribed"]);
    assert_eq!(after.names.english(), before.names.english());
    assert_eq!(merged(&before, json!({})), before);
    // U+0041 U+0301 as keyboards of some systems write it.
    let composed = merged(&before, json!({"names": {"en": "A\u{301}"}}));
    assert_eq!(composed.names.english(), "\u{c1}");
}

#[test]
fn what_hangs_on_a_value_goes_with_it() {
    let before = site(1);
    let off = delist(&before, Year::new(2020).unwrap(), None).unwrap();
    assert_eq!(off.status, Status::Delisted { year: Year::new(2020).unwrap() });
    assert_eq!(merged(&off, json!({"status": "inscribed"})), before, "a patch of the status alone");
    let superseded = json!({"status": "superseded", "superseded_by": 2});
    let superseded = merged(&off, superseded);
    assert_eq!(superseded.status.superseded_by(), SiteId::new(2).ok());
    assert_eq!(merged(&superseded, json!({"status": "delisted"})), off);
    assert!(delist(&superseded, Year::new(2021).unwrap(), None).is_err());
    assert!(delist(&before, Year::new(1977).unwrap(), None).is_err(), "it came in 1978");

    let in_danger = merged(&before, json!({"danger": true, "danger_since": 2026}));
    assert_eq!(in_danger.danger.to_string(), "Y 2026 P 2007-2010");
    assert_eq!(merged(&in_danger, json!({"danger": false})), before);
}

#[test]
fn years_are_in_order_and_there_once() {
    let after = merged(&site(1), json!({"extended": [2003, 2001, 2003]}));
    assert_eq!(after.extended, [2001, 2003].map(|year| Year::new(year).unwrap()));
}

#[test]
fn a_new_site_has_an_id_names_a_category_and_a_year() {
    let whole = json!({
        "id": 900_001, "names": {"en": "Somewhere"}, "category": "Natural", "date_inscribed": 2026,
        "criteria": ["vii"], "states": [{"iso_code": "IT", "name": "Italy"}],
        // As a copy of another site would have them.
        "name": "Somewhere", "states_name": "Italy", "url": "https://whc.unesco.org/en/list/900001"
    });
    let site = document(whole.clone()).create().unwrap();
    assert_eq!((site.id.get(), site.names.english(), site.states.len()), (900_001, "Somewhere", 1));
    assert!(site.criteria_complete && site.status == Status::Inscribed);
    for missing in ["id", "names", "category", "date_inscribed"] {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().remove(missing);
        let violations = document(lacking).create().unwrap_err();
        let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.clone()).collect();
        assert_eq!(pointers, [format!("/{missing}")], "{violations}");
    }
}
