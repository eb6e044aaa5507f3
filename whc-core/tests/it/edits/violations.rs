//! What is wrong with a document: every member that is, by its pointer, with a way out.

use serde_json::{Value, json};
use whc_core::Language;
use whc_core::violation::Violations;

use super::{document, shown, site};
use crate::client::app;

fn patched(patch: Value) -> Violations {
    document(patch).merge(&site(1)).unwrap_err()
}

fn told(violations: &Violations) -> Vec<(&str, &str)> {
    violations.iter().map(|violation| (&*violation.pointer, &*violation.reason)).collect()
}

/// Patches of site 1 with one mistake: where it is, and what is told.
const MISTAKES: &[(&str, &str, &str)] = &[
    (r#"{"date_inscribed": 1066}"#, "/date_inscribed", "is a whole number from 1972 to 2199"),
    (r#"{"date_inscribed": null}"#, "/date_inscribed", "is a whole number from 1972 to 2199"),
    (r#"{"date_inscribed": "1979"}"#, "/date_inscribed", "is a whole number from 1972 to 2199"),
    (r#"{"category": "Urban"}"#, "/category", "is wrong: a category is Cultural, Natural or Mixed"),
    (r#"{"category": 1}"#, "/category", "is one of Cultural, Natural, Mixed"),
    (r#"{"criteria": ["i", "xi"]}"#, "/criteria/1", "is wrong: a criterion is one of i to x, not \"xi\""),
    (r#"{"criteria": "i"}"#, "/criteria", "is a list; an empty one is []"),
    (r#"{"criteria_complete": null}"#, "/criteria_complete", "is true or false"),
    (r#"{"regions": ["Atlantis"]}"#, "/regions/0", "is wrong: a region is one of"),
    (
        r#"{"states": [{"iso_code": "ITA", "name": "Italy"}]}"#,
        "/states/0",
        "is wrong: a country is an ISO 3166",
    ),
    (r#"{"states": [{"iso_code": "IT"}]}"#, "/states/0/name", "is missing: it is a text"),
    (
        r#"{"states": [{"iso_cod": "IT", "name": "Italy"}]}"#,
        "/states/0/iso_cod",
        "is not known; did you mean iso_code?",
    ),
    (r#"{"extended": [2001, 1066]}"#, "/extended/1", "is a whole number from 1972 to 2199"),
    (r#"{"danger_since": 2020}"#, "/danger_since", "is wrong: the site is not in danger"),
    (r#"{"danger_past": [{"from": 2001, "to": 2000}]}"#, "/danger_past/0", "is wrong: a period cannot end"),
    (r#"{"status": "gone"}"#, "/status", "is wrong: it is inscribed, delisted or superseded"),
    (r#"{"status": "delisted"}"#, "/year_left", "is wrong: it is missing where the status is delisted"),
    (r#"{"status": "superseded", "year_left": 2020}"#, "/superseded_by", "is wrong: it is missing where"),
    (r#"{"year_left": 2020}"#, "/year_left", "is wrong: the site is on the list"),
    (r#"{"superseded_by": 2}"#, "/superseded_by", "is wrong: it is for the status superseded, and"),
    (
        r#"{"status": "superseded", "year_left": 2020, "superseded_by": 1}"#,
        "/superseded_by",
        "is another site than this one",
    ),
    (r#"{"latitude": 91}"#, "/latitude", "is a number of degrees from -90 to 90"),
    (r#"{"latitude": null}"#, "/latitude", "is wrong: it is missing beside the longitude"),
    (r#"{"area_hectares": 0}"#, "/area_hectares", "is a number over 0"),
    (r#"{"wikidata": "Q042"}"#, "/wikidata", "is wrong: a Wikidata item is Q and a number"),
    (r#"{"wikidata": "117"}"#, "/wikidata", "is wrong: a Wikidata item is Q and a number"),
    (
        r#"{"components": [{"longitude": 181, "latitude": 0}]}"#,
        "/components/0/longitude",
        "is a number of degrees",
    ),
    (r#"{"names": {"en": null}}"#, "/names", "is wrong: a site needs an English name"),
    (r#"{"names": {"xx": "?"}}"#, "/names/xx", "is not known; there are en, fr, es, ru, ar, zh"),
    (r#"{"names": {"fr": " "}}"#, "/names/fr", "is blank"),
    (
        r#"{"names": {"fr": "a\u200bb"}}"#,
        "/names/fr",
        "has line breaks, control characters or invisible ones",
    ),
    (r#"{"short_description": "two\nlines"}"#, "/short_description", "has line breaks"),
    (r#"{"names": {"fr": "two\u2028lines"}}"#, "/names/fr", "has line breaks"),
    (r#"{"id": 2}"#, "/id", "cannot change, this is site 1"),
    (r#"{"name": "Galapagos"}"#, "/name", "follows from names; change that, and leave name out"),
    (r#"{"url": "https://example.org"}"#, "/url", "follows from id; leave it out"),
    (r#"{"distance_km": 1}"#, "/distance_km", "is not known; there are id, name"),
    (r#"{"short_descriptions": {}}"#, "/short_descriptions", "is not known; did you mean short_description?"),
    (r#"{"date_inscibed": 1979}"#, "/date_inscibed", "is not known; did you mean date_inscribed?"),
    (r#"{"reason": 1}"#, "/reason", "is a text or null"),
];

fn expect(patch: Value, pointer: &str, reason: &str) {
    let shown: String = patch.to_string().chars().take(100).collect();
    let violations = patched(patch);
    let (at, because) = told(&violations)[0];
    assert_eq!((at, violations.iter().count()), (pointer, 1), "{shown}: {violations:?}");
    assert!(because.starts_with(reason), "{shown}: {because}");
}

#[test]
fn each_kind_of_mistake_is_told_where_it_is() {
    for (patch, pointer, reason) in MISTAKES {
        expect(serde_json::from_str(patch).unwrap(), pointer, reason);
    }
}

#[test]
fn what_is_too_long_is_told_without_repeating_it() {
    expect(json!({"names": {"fr": "a".repeat(501)}}), "/names/fr", "has 501 characters, 500 are the most");
    expect(
        json!({"justification": "a".repeat(20_001)}),
        "/justification",
        "has 20001 characters, 20000 are the most",
    );
    expect(json!({"extended": vec![2000; 101]}), "/extended", "has 101 items, 100 are the most");
    expect(json!({"reason": "a".repeat(501)}), "/reason", "has 501 characters");
}

#[test]
fn words_that_are_nearly_right_are_told() {
    let violations = patched(json!({"category": "Natral", "regions": ["Afrika"], "datum": 1}));
    let nearest: Vec<_> = violations.iter().map(|violation| violation.nearest).collect();
    assert_eq!(nearest, [Some("Natural"), Some("Africa"), None]);
}

#[test]
fn all_violations_come_at_once() {
    let violations = patched(json!({
        "date_inscribed": 1, "criteria": ["xi", "i", "xii"], "names": {"en": 1, "xx": "?"}, "what": 1, "id": 7
    }));
    let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/id", "/date_inscribed", "/names/xx", "/names/en", "/criteria/0", "/criteria/2", "/what"]
    );
}

#[tokio::test]
async fn who_replaces_says_everything() {
    let before = site(1);
    let whole = shown(&app(), before.id, Language::English).await;
    for key in whole.as_object().unwrap().keys() {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().remove(key);
        let outcome = document(lacking).replace(&before);
        if ["id", "name", "language", "states_name", "region", "danger_list", "component_count", "url"]
            .contains(&&**key)
        {
            assert_eq!(outcome.as_ref().ok(), Some(&before), "{key} is not needed");
        } else {
            assert_eq!(
                told(&outcome.unwrap_err()),
                [(&*format!("/{key}"), "is missing: PUT writes the whole site, PATCH what it names")]
            );
        }
    }
}

#[test]
fn a_document_in_another_language_is_noticed() {
    // What GET shows in English, sent as if it were French.
    let english = json!({"language": "en", "name": "Galápagos Islands"});
    let french = whc_core::site::SiteDocument::new(english, Language::French).unwrap();
    let violations = french.merge(&site(1)).unwrap_err();
    assert_eq!(told(&violations).len(), 2, "{violations}");
}

#[test]
fn a_derived_key_may_say_what_will_be() {
    let patch = json!({"names": {"en": "Galápagos"}, "name": "Galápagos", "language": "en"});
    assert_eq!(document(patch).merge(&site(1)).unwrap().names.english(), "Galápagos");
}

#[test]
fn nonsense_costs_little() {
    for body in [json!(null), json!([]), json!("x"), json!(1)] {
        let violations = whc_core::site::SiteDocument::new(body, Language::English).unwrap_err();
        assert_eq!(told(&violations), [("", "is a JSON object with the keys of a site")]);
    }
    let many: serde_json::Map<_, _> = (0..101).map(|number| (format!("member{number}"), json!(1))).collect();
    assert!(whc_core::site::SiteDocument::new(Value::Object(many), Language::English).is_err());
    let parts = vec![json!({"longitude": "x", "latitude": []}); 10_000];
    assert_eq!(patched(json!({"components": parts})).iter().count(), 20);
    assert!(patched(json!({"criteria": vec!["xi"; 100]})).iter().count() <= 50);
}
