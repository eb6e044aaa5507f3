//! A file changes what it knows better, and nothing else.

use proptest::prelude::*;
use whc_core::{Criterion, Language};

use super::*;

const HEADER: &str = "id_no,name_en,date_inscribed,category,danger,date_end,danger_list";

/// The danger after a file that is believed in it.
fn danger(known: &mut Known, cells: &str) -> String {
    let export = read(&csv(HEADER, &[&format!("7,A,1980,Natural,{cells}")]));
    known.import_with(&export, &accepting("danger"));
    known.site(7).danger.to_string()
}

fn accepting(field: &str) -> Options {
    Options::default().accepting([field.parse().unwrap()])
}

#[test]
fn what_a_file_does_not_say_stays() {
    let mut known = Known::some(&[119]);
    let before = known.site(119).clone();
    known.import(&csv(
        "id_no,name_en,date_inscribed,category,area_hectares",
        &["119,Timbuktu,1988,Cultural,0"],
    ));
    assert_eq!(*known.site(119), before);
}

#[test]
fn danger_is_told_by_flag_list_and_end() {
    let mut known = Known::default();
    assert_eq!(danger(&mut known, "1,,Y 2000"), "Y 2000");
    assert_eq!(danger(&mut known, "1,,"), "Y 2000", "the year known is kept");
    assert_eq!(danger(&mut known, ",,"), "Y 2000", "a blank says nothing");
    assert_eq!(danger(&mut known, "0,2006,Y 2000"), "P 2000-2006", "the list lags behind");
    assert_eq!(danger(&mut known, "0,,"), "P 2000-2006", "the past is kept");
    assert_eq!(danger(&mut known, "1,,Y 2011 P 2003-2006 P 1996-1999"), "Y 2011 P 1996-1999 P 2003-2006");
    assert_eq!(danger(&mut known, "0,2015,"), "P 1996-1999 P 2003-2006 P 2011-2015");
    assert_eq!(danger(&mut known, ",,P 1992-2011"), "P 1992-2011", "a list alone is believed");
    assert_eq!(danger(&mut known, "0,,Y 2003"), "P 1992-2011");
}

#[test]
fn danger_of_the_list_is_for_unknown_sites_only() {
    let mut known = Known::default();
    assert!(says(&known.import(LIST_2024), "the XML says \"Y\", which may be as old as 2014; used"));
    assert_eq!(known.site(9002).danger.to_string(), "Y");
    let mut known = Known::default();
    known.import(STATISTICS_XLSX);
    let plan = known.import(LIST_2026);
    assert!(!known.site(1).danger.is_current());
    let stale = String::from_utf8(LIST_2026.to_vec()).unwrap().replace("P 2007-2010", "Y 2007");
    assert!(says(&known.import(stale.as_bytes()), "1 sites have a danger in the XML unlike the one known"));
    assert_eq!(known.site(1).danger.to_string(), "P 2007-2010");
    assert_eq!(plan.summary.added.len(), 3);
}

#[test]
fn criteria_of_the_portal_only_add() {
    let mut known = Known::some(&[404]);
    let all = known.site(404).criteria;
    assert!(all.contains(Criterion::Vi));
    let plan = known.import(PORTAL_JSON);
    assert_eq!(known.site(404).criteria, all);
    assert!(says(&plan, "1 sites have fewer criteria in the file than are known"));
    assert!(!known.site(9005).criteria_complete, "a natural site without any criterion");
    let mut known = Known::default();
    known.import(PORTAL_JSON);
    assert!(!known.site(404).criteria_complete);
    known.import(&csv("id_no,name_en,criteria_txt", &["404,Acropolis,(i)(ii)(iii)(iv)(vi)"]));
    assert_eq!((known.site(404).criteria, known.site(404).criteria_complete), (all, true));
}

#[test]
fn states_are_paired_by_meaning() {
    let mut known = Known::default();
    known.import(LIST_2026);
    let states = |id| known.site(id).states.iter().map(|state| (state.iso, &*state.name)).collect::<Vec<_>>();
    let code = |text: &str| Some(text.parse().unwrap());
    assert_eq!(states(769), [(code("MN"), "Mongolia"), (code("RU"), "Russian Federation")]);
    assert_eq!(states(33), [(code("BY"), "Belarus"), (code("PL"), "Poland")]);
    assert_eq!(states(148), [(None, "Jerusalem (Site proposed by Jordan)")]);
}

#[test]
fn an_unknown_code_is_paired_by_elimination() {
    let header = "id_no,name_en,date_inscribed,category,states_name_en,iso_code";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["7,A,2000,Natural,\"France,Newland\",\"xx,fr\""]));
    let names: Vec<_> = known.site(7).states.iter().map(|state| &*state.name).collect();
    assert_eq!(names, ["France", "Newland"]);
    assert!(says(&plan, "code XX is not known to have sites; kept with \"Newland\""));
}

#[test]
fn old_names_of_states_do_not_return() {
    let mut known = Known::some(&[769]);
    let before = known.site(769).states.clone();
    known.import(PORTAL_CSV);
    assert_eq!(known.site(769).states, before);
    assert_eq!(known.site(769).regions.iter().count(), 2, "the portal names one region of two");
}

#[test]
fn parts_keep_their_countries_and_a_middle_crosses_the_date_line() {
    let mut known = Known::default();
    known.import(LIST_2026);
    assert_eq!(known.site(9000).point, Some(point(-179.9, -17.0)));
    let parts = known.site(9000).components.clone();
    known.0.retain(|site| site.id.get() == 9000);
    assert!(parts.iter().all(|part| part.country.is_some()));
    let list = "{name: C, ref: 3, latitude: -17.0, longitude: -178.9}, {name: A, ref: 1, latitude: -17.0, \
                longitude: 179.5}, {name: B, ref: 2, latitude: -17.0, longitude: -179.9}";
    let json = serde_json::json!([{"id_no": 9000, "uuid": "", "name_en": "B", "components_list": list}]);
    known.import(json.to_string().as_bytes());
    assert_eq!(known.site(9000).components, parts);
}

#[test]
fn fewer_digits_are_no_change() {
    let mut known = Known::some(&[211]);
    let point = known.site(211).point.unwrap();
    let line = format!("211,,,{:.7},{:.7}", point.longitude(), point.latitude());
    let line = line.replacen(",,", &format!(",\"{}\",", known.site(211).names.english()), 1);
    let plan = known.import(&csv("id_no,name_en,category,longitude,latitude", &[&line]));
    assert_eq!(plan.summary.unchanged, 1);
}

#[test]
fn a_changed_year_is_taken_with_a_warning() {
    let mut known = Known::some(&[137]);
    let file = csv("id_no,name_en,date_inscribed,category", &["137,Kahuzi-Biega National Park,1981,Natural"]);
    let plan = known.import_with(&read(&file), &accepting("date_inscribed"));
    assert_eq!(known.site(137).inscribed.get(), 1981);
    assert!(says(&plan, "inscribed in 1981, known is 1980"));
    let fields: Vec<_> = plan.summary.changed[0].fields.iter().map(|change| change.field).collect();
    assert_eq!(fields, ["date_inscribed"]);
}

#[test]
fn texts_come_in_and_are_reported_by_language() {
    let mut known = Known::some(&[1, 208]);
    let plan = known.import(STATISTICS_XLSX);
    assert_eq!(known.site(208).short_descriptions.get(Language::English), Some("A valley."));
    let changed = plan.summary.changed.iter().find(|changed| changed.id.get() == 208).unwrap();
    assert!(
        changed.fields.iter().any(|field| field.field == "short_description_en" && field.before.is_empty())
    );
}

/// A cell of a column: a good value, an odd one, or none.
fn cell(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(values)
}

prop_compose! {
    fn line()(
        id in 9001..9006_u32,
        name in cell(&["A", "B <em>b</em>", "C\u{FFFD}", "D &amp;amp; d"]),
        year in cell(&["1980", "1990.0", "1066", ""]),
        extended in cell(&["", "1990", "1980;2001", "x"]),
        category in cell(&["Natural", "Mixed", "C", "Cultural"]),
        criteria in cell(&["", "(i)", "(ii)(x)", "(xx)"]),
        danger in cell(&["", "0", "1", "Y 1990", "odd"]),
        list in cell(&["", "Y 1992", "P 1990-1995", "Y 2011 P 1996-2007", "Y 1990-1999", "0", "1"]),
        end in cell(&["", "1995", "2012", "x"]),
        states in cell(&["", "France", "France;Spain", "Newland", "Newland;Spain;Russia"]),
        codes in cell(&["", "fr", "es;fr", "xx", "ru;xx", "usa"]),
        transboundary in cell(&["", "0", "1"]),
        points in cell(&["", "{name: A, b, latitude: 1, longitude: 2}", "{latitude: 1, longitude: 2}, {latitude: 3, longitude: -179}"]),
    ) -> String {
        format!("{id},{name},{year},{extended},{category},{criteria},{danger},{list},{end},{states},{codes},{transboundary},\"{points}\"")
    }
}

proptest! {
    /// `Known::import` plans again after every file and wants nothing left to write.
    #[test]
    fn no_file_needs_a_second_run(first in proptest::collection::vec(line(), 1..6), second in proptest::collection::vec(line(), 1..6), portal: bool) {
        let header = "id_no,name_en,date_inscribed,secondary_dates,category,criteria_txt,danger,danger_list,date_end,states_name_en,iso_code,transboundary";
        let header = format!("{header},{}", if portal { "components_list" } else { "components" });
        let mut known = Known::default();
        for lines in [&first, &second, &first] {
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            let export = import::read(&csv(&header, &lines), None);
            if let Ok(export) = export && import::plan(&known.0, &export, &REMOVE).is_ok() {
                known.import_with(&export, &REMOVE);
            }
        }
    }
}
