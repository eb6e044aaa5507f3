//! Each format gives the same facts, whatever it calls them.

use whc_core::import::{self, Format, Source};
use whc_core::{Criterion, Language, Year};

use super::*;

#[test]
fn formats_are_told_apart_by_content() {
    let formats = ALL.map(|bytes| Format::sniff(bytes).unwrap());
    let expected = [
        Format::Xml,
        Format::Xml,
        Format::Csv,
        Format::Xls,
        Format::Xlsx,
        Format::Csv,
        Format::Csv,
        Format::Csv,
        Format::Json,
        Format::Json,
        Format::Json,
        Format::GeoJson,
    ];
    assert_eq!(formats, expected);
    assert!(Format::ALL.iter().all(|format| format.to_string().parse::<Format>().unwrap() == *format));
    assert!("ods".parse::<Format>().unwrap_err().to_string().contains("xlsx"));
}

#[test]
fn every_sample_imports_and_a_second_run_writes_nothing() {
    for bytes in ALL {
        let plan = Known::default().import(bytes);
        assert_eq!(plan.summary.added.len(), read(bytes).len());
        let mut known = Known::some(&[1, 33, 148, 208, 404]);
        known.import_with(&read(bytes), &remove_many());
    }
}

#[test]
fn the_newest_list_has_points_dossiers_and_sorted_codes() {
    let mut known = Known::default();
    known.import(LIST_2026);
    let galapagos = known.site(1);
    assert_eq!(galapagos.names.english(), "Galápagos Islands");
    assert_eq!(galapagos.danger.to_string(), "P 2007-2010");
    assert!(!galapagos.danger.is_current());
    assert_eq!(galapagos.short_descriptions.get(Language::English), Some("Islands & sea. Second paragraph."));
    assert_eq!(galapagos.components.len(), 1);
    assert_eq!(galapagos.point, Some(point(-90.501_319, -0.689_86)));
    let forest = known.site(33);
    assert_eq!(forest.names.english(), "Białowieża Forest");
    assert_eq!(forest.extended.iter().map(|year| year.get()).collect::<Vec<_>>(), [1992, 2014]);
    assert!(forest.transboundary);
}

#[test]
fn the_list_to_2025_has_one_point_and_a_revision() {
    let mut known = Known::default();
    known.import(LIST_2024);
    assert_eq!(known.site(208).names.english(), "Bamiyan Valley and Remains");
    assert_eq!(known.site(208).danger.since(), Some(Year::new(2003).unwrap()));
    let meridian = known.site(9002);
    assert_eq!(meridian.point, Some(point(-0.0038, 51.4778)));
    assert_eq!(meridian.short_descriptions.get(Language::English), Some("Near zero."));
}

#[test]
fn workbooks_old_and_new_agree() {
    let (mut old, mut new) = (Known::default(), Known::default());
    old.import(STATISTICS_XLS);
    new.import(STATISTICS_XLSX);
    assert_eq!(old.0, new.0);
    let bamiyan = new.site(208);
    assert_eq!(bamiyan.danger.to_string(), "Y 2003");
    assert!(bamiyan.criteria.contains(Criterion::Vi) && bamiyan.criteria_complete);
    assert_eq!(bamiyan.names.best(Language::Chinese), (Language::Chinese, "巴米扬"));
    assert_eq!(new.site(1).names.best(Language::Chinese), (Language::English, "Galápagos Islands"));
    assert_eq!(new.site(769).regions.to_string(), "Asia and the Pacific, Europe and North America");
    assert_eq!(new.site(769).area, None);
}

#[test]
fn statistics_as_text_have_marks_and_quotes() {
    let mut known = Known::default();
    known.import(STATISTICS_CSV);
    assert_eq!(read(STATISTICS_CSV).source, Source::Statistics);
    let islands = known.site(1).short_descriptions.get(Language::English).unwrap();
    assert_eq!(islands, "Islands, far \"out\".");
    assert_eq!(known.site(119).danger.to_string(), "Y 2012 P 1990-2005");
    assert_eq!(known.site(668).danger.to_string(), "P 1992-2004");
}

#[test]
fn a_table_with_decimal_commas_and_doubled_headers() {
    let mut known = Known::default();
    let plan = known.import(KHARTIS);
    let tipasa = known.site(193);
    assert_eq!(tipasa.names.english(), "Tipasa");
    assert_eq!(tipasa.regions.to_string(), "Arab States");
    assert_eq!(tipasa.point, Some(point(2.383_333, 36.55)), "compiled in with one digit more");
    let bare = Site { point: None, ..tipasa.clone() };
    assert!(!tipasa.transboundary, "Algeria twice is one state");
    assert_eq!(known.site(303).criteria.to_string(), "(vii)(x)");
    let codes: Vec<_> = known.site(303).states.iter().map(|state| state.iso.unwrap().to_string()).collect();
    assert_eq!(codes, ["AR", "BR"]);
    assert!(says(&plan, "read as region_en"));
    let extended: Vec<_> = known.site(208).extended.iter().map(|year| year.get()).collect();
    assert_eq!(extended, [2005, 2008], "one cell had both years as one number");
    let mut known = Known::of(vec![bare]);
    known.import(KHARTIS);
    assert_eq!(known.site(193).point, Some(point(2.38333, 36.55)));
}

#[test]
fn text_that_is_not_utf_8_is_windows_1252() {
    let mut known = Known::default();
    let plan = known.import(WINDOWS_1252);
    assert_eq!(known.site(9003).names.english(), "Château d’invention");
    assert!(says(&plan, "1 of 1 names with accents are right as Windows-1252; it was read as that"));
    let utf_16: Vec<u8> = "\u{FEFF}id_no,name_en,date_inscribed,category\n7,Été,2000,Natural\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(only(&utf_16).names.english(), "Été");
}

#[test]
fn the_portal_in_all_its_shapes() {
    let mut known = Known::default();
    known.import(PORTAL_CSV);
    let works = known.site(9004);
    assert_eq!(works.names.best(Language::French), (Language::French, "Œuvres inventées"));
    assert_eq!(works.short_descriptions.get(Language::English), Some("Short"));
    assert!(works.extended.is_empty(), "the portal repeats the year of inscription");
    let latitudes: Vec<_> = works.components.iter().map(|part| part.point.latitude()).collect();
    assert_eq!(latitudes, [61.5, 60.2, 65.0]);
    assert_eq!(known.site(769).point, Some(point(92.719_722_22, 50.275)), "the pair has the latitude first");

    known.import(PORTAL_JSON);
    assert_eq!(known.site(404).names.english(), "Acropolis, Athens");
    assert_eq!(known.site(9005).components.len(), 1);
    assert_eq!(known.site(9005).states[0].iso.unwrap().as_str(), "NA");
    assert_eq!(only(PORTAL_RECORDS).point, Some(point(11.25, 43.77)));
    assert_eq!(only(PORTAL_GEOJSON).point, Some(point(-179.72, 71.0)));
    assert_eq!(&*only(PORTAL_DERIVED).states[0].name, "Jerusalem (Site proposed by Jordan)");
    assert_eq!(only(PORTAL_DERIVED).states[0].iso, None);
    let sources =
        [PORTAL_CSV, PORTAL_JSON, PORTAL_RECORDS, PORTAL_DERIVED, PORTAL_GEOJSON].map(|b| read(b).source);
    assert_eq!(sources, [Source::Portal; 5]);
}

/// The header of the portal's table as its French page gives it, labels and all.
const LABELS: &str = "Name EN,Name FR,Name ES,Name RU,Name AR,Name ZH,Short Description EN,Description EN,\
    Justification EN,Date inscribed,Secondary dates,Danger,Date end,Danger list,Area hectares,Cultural Criteria,\
    Natural Criteria,Criteria,Catégorie,Category ID,States Names,ISO Codes,Region,Region Code,Transboundary,\
    Main Image,Images,UUID,ID,Coordonnées,Main Video,videos_urls,Components,Components Count";

#[test]
fn labels_of_the_portal_are_understood() {
    let line = "Cliffs,Falaises,,,,,Short,Long,,2026,2026,False,,,7.0,,n8,(viii),Natural,2,Denmark,DK,\
                Europe and North America,EUR,False,,,u,9758,,,,\"{name: A, ref: 1, latitude: 56.8, longitude: 8.7}, \
                {name: B, ref: 2, latitude: 56.9, longitude: 8.8}\",2";
    let site = only(&csv(LABELS, &[line]));
    assert_eq!(site.id.get(), 9758);
    assert_eq!(site.names.best(Language::French), (Language::French, "Falaises"));
    assert_eq!(site.criteria.to_string(), "(viii)");
    assert!(site.criteria_complete, "natural sites lose none");
    assert_eq!(site.components.len(), 2);
    assert_eq!(site.point, Some(point(8.7, 56.8)));
    assert_eq!(site.area.unwrap().get().to_string(), "7");
    assert_eq!(site.short_descriptions.get(Language::English), Some("Short"));
}

#[test]
fn a_format_can_be_forced_and_the_guess_is_named() {
    let error = import::read(STATISTICS_CSV, Some(Format::Xml)).unwrap_err();
    assert!(error.to_string().contains("read as xml, though it looks like csv"), "{error}");
    assert_eq!(import::read(STATISTICS_CSV, Some(Format::Csv)).unwrap().len(), 4);
    let error = import::read(PORTAL_JSON, Some(Format::GeoJson)).unwrap_err();
    assert!(error.to_string().contains("FeatureCollection"), "{error}");
}

#[test]
fn progress_is_told_row_by_row() {
    let mut calls = Vec::new();
    import::read_with(STATISTICS_CSV, &import::Reading::default(), &mut |done, total| {
        calls.push((done, total));
    })
    .unwrap();
    assert_eq!(calls, [(1, 4), (2, 4), (3, 4), (4, 4)]);
}

#[test]
fn a_first_line_can_name_the_separator() {
    let site =
        only(b"sep=;\r\nid_no;name_en;date_inscribed;category\r\n9007;A, with a comma;2000;Natural\r\n");
    assert_eq!(site.names.english(), "A, with a comma");
    let plan = Known::default()
        .import(b"\"sep=;\"\nid_no;name_en;date_inscribed;category\n9007;A;x;Natural\n9008;B;2000;N\n");
    assert!(says(&plan, "row 3, site 9007, date_inscribed"), "lines count as an editor shows them");
}

#[test]
fn json_lines_are_records() {
    let line = |id: u32| {
        let record = serde_json::json!({"id_no": id, "name_en": format!("A {id}"), "date_inscribed": 2000, "category": "Natural"});
        record.to_string()
    };
    let mut known = Known::default();
    known.import(format!("{}\n{}\n", line(9007), line(9008)).as_bytes());
    known.import(format!("\u{1E}{}\n\u{1E}{}\n", line(9009), line(9010)).as_bytes());
    assert_eq!(known.0.len(), 4);
    let whole = format!("{}\n{}\n", line(9007), line(9008));
    let error = import::read(&whole.as_bytes()[..whole.len() - 5], None).unwrap_err();
    assert!(error.to_string().contains("only the start of an export"), "{error}");
}

#[test]
fn criteria_are_read_from_lists_too() {
    for criteria in
        [serde_json::json!(["(i)", "(vi)"]), serde_json::json!(["i", "vi"]), serde_json::json!("C1; C6")]
    {
        let record = serde_json::json!([{
            "id_no": 9007, "name_en": "A", "date_inscribed": 2000, "category": "Cultural", "criteria": criteria
        }]);
        assert_eq!(only(record.to_string().as_bytes()).criteria.to_string(), "(i)(vi)", "{criteria}");
    }
}
