//! Exports of this service that somebody changed since: what of them is not taken, and what is said then.

use super::own::planned;
use super::*;

/// Of what whc itself would not write, nothing is taken.
#[test]
fn what_cannot_be_or_lost_something_changes_nothing() {
    let known = Known::embedded();
    for (line, reason) in [
        (r#"{"id": 1, "language": "en", "criteria_complete": false}"#, ""),
        (r#"{"id": 356, "language": "en", "states": [{"iso_code": "TR", "name": "T?rkiye"}]}"#, ""),
        (
            r#"{"id": 23, "language": "en", "danger": false, "danger_since": 2013}"#,
            "danger is false, unlike danger_since",
        ),
        (
            r#"{"id": 23, "language": "en", "danger": true, "danger_list": "P 1999-2004"}"#,
            "danger is true, unlike",
        ),
        (
            r#"{"id": 1, "language": "en", "date_inscribed": 2010}"#,
            "cannot be extended in 2001 and inscribed in 2010; the row is skipped",
        ),
        (
            r#"{"id": 1, "language": "en", "components": [{"longitude": 10, "latitude": 50, "iso_code": null}]}"#,
            "nor their centre lies within 100 km",
        ),
    ] {
        let plan = planned(&known, format!("{line}\n{{\"id\": 3, \"language\": \"en\"}}\n").as_bytes());
        assert_eq!(plan.sites, [], "{line}");
        let said: Vec<_> = plan.findings.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|said| said.contains(reason)) || reason.is_empty(), "{line}: {said:?}");
    }
    let lines: Vec<_> = (1..10)
        .map(|id| format!("{{\"id\": {id}, \"language\": \"en\", \"danger_list\": \"Natural\"}}\n"))
        .collect();
    let refused = import::plan(&known.0, &read(lines.concat().as_bytes()), &Options::default()).unwrap_err();
    assert!(refused.to_string().contains(" values cannot be read; nothing was changed"), "{refused}");
}

/// What cannot be true together, and why. Site 1 was inscribed in 1978, extended in 2001 and in danger from 2007 to 2010, site 299
/// has been in danger since 2026.
const CONTRADICTIONS: [(&str, &str); 10] = [
    (r#"1, "status": "delisted", "year_left": 1975"#, "off the list since 1975 and inscribed in 1978"),
    (r#"1, "status": "delisted", "year_left": 2000"#, "off the list since 2000 and extended in 2001"),
    (r#"1, "status": "delisted", "year_left": 2005"#, "off the list since 2005 and in danger from 2007"),
    (r#"1, "status": "delisted", "year_left": 2008"#, "off the list since 2008 and in danger until 2010"),
    (r#"299, "status": "delisted", "year_left": 2025"#, "off the list since 2025 and in danger since 2026"),
    (r#"1, "danger": true, "danger_since": 1975"#, "in danger since 1975 and inscribed in 1978"),
    (
        r#"1, "danger": false, "danger_past": [{"from": 1975, "to": 1980}]"#,
        "in danger from 1975 and inscribed in 1978",
    ),
    (r#"1, "danger": true, "danger_since": 2009"#, "in danger from 2007 to 2010 and again from 2009"),
    (
        r#"1, "states": [{"iso_code": "EC", "name": "Ecuador"}, {"iso_code": "EC", "name": "Ecuador"}]"#,
        "states names Ecuador twice",
    ),
    (r#"1, "states": [{"iso_code": "FR", "name": "Ecuador"}]"#, "states has Ecuador with another code"),
];

#[test]
fn what_cannot_be_true_together_is_not_taken() {
    let known = Known::some(&[1, 3, 299]);
    for (members, reason) in CONTRADICTIONS {
        let file =
            format!("{{\"language\": \"en\", \"id\": {members}}}\n{{\"id\": 3, \"language\": \"en\"}}\n");
        let plan = planned(&known, file.as_bytes());
        assert_eq!(plan.sites, [], "{members}");
        let said = plan.findings.iter().find(|finding| finding.done == "the row is skipped");
        assert!(said.is_some_and(|said| said.found.contains(reason)), "{members}: {:?}", plan.findings);
    }
}

/// Who moves a feature on a map leaves the numbers in its properties as they were.
#[test]
fn a_point_that_was_moved_on_a_map_only_is_not_lost_unsaid() {
    let feature = |beside: &str, longitude: f64| {
        format!(
            "{{\"type\": \"Feature\", \"geometry\": {{\"type\": \"Point\", \"coordinates\": [{longitude}, -0.22]}}, \
             \"properties\": {{\"id\": 2, \"language\": \"en\"{beside}}}}}\n"
        )
    };
    let beside = ", \"longitude\": -78.51, \"latitude\": -0.22";
    let point = |plan: &Plan| plan.sites.first().and_then(|site| site.point).map(whc_core::Point::longitude);
    let known = Known::of(vec![Site { point: None, ..Known::some(&[2]).site(2).clone() }]);
    for (file, read, told) in [
        (feature("", -78.514_321), Some(-78.514_321), false),
        (feature(beside, -78.51), Some(-78.51), false),
        // Written with fewer digits it is the same.
        (feature(beside, -78.510_004), Some(-78.51), false),
        (feature(beside, -78.514_321), None, true),
    ] {
        let plan = planned(&known, file.as_bytes());
        assert_eq!((point(&plan), plan.findings.len()), (read, usize::from(told)), "{file}");
        let said =
            "1 points of the geometry are others than longitude and latitude beside them; neither is read";
        assert_eq!(says(&plan, said), told, "{:?}", plan.findings);
        let document = format!("{{\"type\": \"FeatureCollection\", \"features\": [{file}]}}");
        assert_eq!(says(&planned(&known, document.as_bytes()), said), told);
    }
}

#[test]
fn a_name_in_a_language_that_is_not_kept_is_told() {
    for line in [
        "{\"id\": 3, \"language\": \"de\", \"name\": \"Aachener Dom\"}\n",
        "{\"id\": 3, \"name\": \"Aachener Dom\", \"status\": \"inscribed\"}\n",
    ] {
        let plan = planned(&Known::embedded(), line.as_bytes());
        let said =
            "1 names have no language beside them, or none of en, fr, es, ru, ar and zh; they are left out";
        assert!(plan.sites.is_empty() && says(&plan, said), "{:?}", plan.findings);
    }
}
