//! Columns of which values, or most of them, cannot be read, and numbers as people write them.

use whc_core::import::Severity;

use super::table::{Table, worse};
use super::*;

const HEADER: &str = "id_no,name_en,date_inscribed,category,area_hectares";

/// The findings about a field, as they are shown.
fn about(plan: &Plan, field: &str) -> Vec<String> {
    let of_field = plan.findings.iter().filter(|finding| finding.field.as_deref() == Some(field));
    of_field.map(ToString::to_string).collect()
}

/// The table with another text in the first cells of a column that are not empty.
fn spoilt(table: Table, column: &str, count: usize, change: impl Fn(&str) -> String) -> Table {
    let left = std::cell::Cell::new(count);
    table.with(column, |text| {
        if text.is_empty() || left.get() == 0 {
            return text.to_owned();
        }
        left.set(left.get() - 1);
        change(text)
    })
}

#[test]
fn what_cannot_be_read_in_many_rows_is_told_of_a_few() {
    let unreadable = |count| spoilt(Table::embedded(), "area_hectares", count, |area| format!("{area} ha"));
    let (_, plan) = harmless(&unreadable(20).csv());
    assert_eq!(about(&plan, "area_hectares").len(), 20);
    let (_, plan) = harmless(&unreadable(300).csv());
    let told = about(&plan, "area_hectares");
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[2].starts_with("row 4, site 3, area_hectares: "), "{told:#?}");
    assert_eq!(told[3], "area_hectares: 297 more are like these; what is known is kept");
}

/// They are facts, each of which may be right.
#[test]
fn what_is_known_otherwise_is_told_row_by_row() {
    let mut file = Table::embedded();
    let name = file.column("name_en");
    file.rows.iter_mut().step_by(50).for_each(|row| row[name].push_str(" (and others)"));
    let (_, plan) = harmless(&file.csv());
    assert!(about(&plan, "name_en").len() > 20, "{:#?}", about(&plan, "name_en"));
    let header = format!("{HEADER},criteria_txt,c1");
    let lines: Vec<_> = (9001..9041).map(|id| format!("{id},A {id},2000,Cultural,1,(ii),1")).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let plan = Known::default().import(&csv(&header, &lines));
    assert_eq!(about(&plan, "criteria_txt").len(), 40, "a row that contradicts itself can be read");
}

#[test]
fn a_column_that_cannot_be_read_is_told_once_and_with_what_is_expected() {
    let constant = |text: &'static str| move |_: &str| text.to_owned();
    for (column, change, field, said) in [
        ("date_inscribed", constant("1978-09-08"), "date_inscribed", "1273 of 1273 values are no year, as"),
        ("date_inscribed", constant("8/9/1978"), "date_inscribed", "a year is expected, as 1978"),
        ("date_inscribed", constant("1978-01-01T00:00:00"), "date_inscribed", "no year, as \"1978-01-01T00"),
        ("date_inscribed", constant("١٩٧٨"), "date_inscribed", "no year, as \"١٩٧٨\""),
        ("secondary_dates", constant("1992-12-14"), "secondary_dates", "are no list of years"),
        ("longitude", constant("11°35'E"), "longitude", "are no place, as \"11°35'E\"; decimal degrees are"),
        ("latitude", constant("48°8'N"), "latitude", "are no place, as \"48°8'N\"; decimal degrees are"),
        ("latitude", constant("5333844"), "latitude", "are no place, as \"5333844\""),
        ("area_hectares", constant("80 ha"), "area_hectares", "are no number, as \"80 ha\"; hectares are"),
        ("transboundary", constant("perhaps"), "transboundary", "are no flag, as \"perhaps\"; 0 or 1 is"),
        (
            "criteria_txt",
            constant("2,4"),
            "criteria_txt",
            "are no list of criteria, as \"2,4\"; numerals are",
        ),
        ("danger", constant("perhaps"), "danger", "are no danger, as \"perhaps\"; 0 or 1 is expected, or"),
        ("danger_list", constant("?!"), "danger_list", "are no history of danger, as \"?!\"; a history is"),
    ] {
        let (_, plan) = harmless(&Table::embedded().with(column, change).csv());
        let told = about(&plan, field);
        assert_eq!(told.len(), 1, "{column}: {:#?}", &told[..told.len().min(9)]);
        assert!(told[0].contains(said) && told[0].ends_with("none of the column is read"), "{told:#?}");
        let warnings = plan.findings.iter().filter(|finding| finding.severity == Severity::Warning);
        assert_eq!(warnings.count(), 1, "{column}");
    }
}

#[test]
fn a_column_of_which_most_cannot_be_read_is_not_believed() {
    let filled = |known: &Known, column: &str| match column {
        "area_hectares" => known.0.iter().filter(|site| site.area.is_some()).count(),
        _ => known.0.iter().filter(|site| site.point.is_some()).count(),
    };
    let facts = ["area_hectares", "transboundary", "danger", "secondary_dates", "longitude", "latitude"];
    for column in facts {
        let mut table = Table::embedded();
        let all = table.rows.iter().filter(|row| !row[table.column(column)].is_empty()).count();
        let history = table.column("danger_list");
        table.rows.iter_mut().for_each(|row| row[history].clear());
        for (count, believed) in [(all / 2 + 1, false), (all / 2, true)] {
            let mut known = Known::default();
            let plan = known.import(&spoilt(table.clone(), column, count, |text| format!("{text} ?")).csv());
            // What cannot be unknown is as it is compiled in, be the column read or not.
            if ["area_hectares", "longitude", "latitude"].contains(&column) {
                assert_eq!(filled(&known, column) > 0, believed, "{column}, {count} of {all}");
            }
            let told = about(&plan, column).concat();
            assert_eq!(told.contains(&format!("{count} of {all} values are no ")), !believed, "{told}");
        }
    }
    let three = ["9001,A,x,Natural,1", "9002,B,x,Natural,1", "9003,C,x,Natural,1"];
    let plan = Known::default().import(&csv(HEADER, &[&three[..], &["9004,D,2000,Natural,1"]].concat()));
    assert_eq!(
        about(&plan, "date_inscribed")[0],
        "row 2, site 9001, date_inscribed: \"x\" is not a year; what is known is kept"
    );
}

/// Few files have the year in which a danger ended.
#[test]
fn the_ends_of_dangers_are_a_column_too() {
    let header = "id_no,name_en,date_inscribed,category,danger,danger_list,date_end";
    let file = |count: usize| {
        let end = |at| if at < count { "Dec 2006" } else { "2006" };
        let lines: Vec<_> =
            (0..10).map(|at| format!("{},A {at},1980,Natural,0,Y 2000,{}", 9001 + at, end(at))).collect();
        csv(header, &lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for (count, ended) in [(6, 0), (5, 5)] {
        let mut known = Known::default();
        let plan = known.import(&file(count));
        let said = "6 of 10 values are no year, as \"Dec 2006\"; a year is expected, as 1978; none of the column is read";
        assert_eq!(says(&plan, said), ended == 0, "{:#?}", about(&plan, "date_end"));
        let past = known.0.iter().filter(|site| site.danger.to_string() == "P 2000-2006");
        assert_eq!(past.count(), ended);
    }
}

/// The areas of sites with these texts, imported into nothing.
fn areas(texts: &[&str]) -> (Vec<Option<f64>>, Plan) {
    let lines: Vec<_> =
        texts.iter().zip(9001..).map(|(text, id)| format!("{id},A {id},2000,Natural,\"{text}\"")).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let mut known = Known::default();
    let plan = known.import(&csv(HEADER, &lines));
    (known.0.iter().map(|site| site.area.map(whc_core::Hectares::get)).collect(), plan)
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, hectares) in [
        ("1 234", Some(1234.0)),
        ("1\u{A0}234", Some(1234.0)),
        ("1\u{202F}234,5", Some(1234.5)),
        ("1\u{2009}234\u{2009}567.25", Some(1_234_567.25)),
        ("1'234'567", Some(1_234_567.0)),
        ("1’234.5", Some(1234.5)),
        ("1,234.5", Some(1234.5)),
        ("1.234,5", Some(1234.5)),
        ("1,234,567", Some(1_234_567.0)),
        ("1.234.567", Some(1_234_567.0)),
        ("1 234,567", Some(1234.567)),
        ("0,625", Some(0.625)),
        ("12345,678", Some(12_345.678)),
        ("12,5", Some(12.5)),
        ("12.125", Some(12.125)),
        (".5", Some(0.5)),
        ("1e3", Some(1000.0)),
        ("\u{FEFF}7\u{200B}", Some(7.0)),
        ("12 34", None),
        ("1 2345", None),
        ("1234 567", None),
        ("1/234", None),
        ("0 123", None),
        ("1,23,4", None),
        ("1,234 567", None),
        ("1,2.3,4", None),
        ("1  234", None),
        (",", None),
        ("inf", None),
    ] {
        let (areas, plan) = areas(&[text]);
        assert_eq!(areas, [hectares], "{text:?}");
        assert_eq!(about(&plan, "area_hectares").len(), usize::from(hectares.is_none()), "{text:?}");
    }
}

#[test]
fn whether_a_sign_is_between_thousands_is_shown_by_the_column() {
    for (texts, expected) in [
        (["1,234", "12.5", "7"], [Some(1234.0), Some(12.5), Some(7.0)]),
        (["1,234", "1,234,567", "7"], [Some(1234.0), Some(1_234_567.0), Some(7.0)]),
        (["1,234", "12,5", "7"], [Some(1.234), Some(12.5), Some(7.0)]),
        (["1,234", "0,123", "7"], [Some(1.234), Some(0.123), Some(7.0)]),
        (["1,234", "1 234,567", "1.234.567"], [Some(1.234), Some(1234.567), Some(1_234_567.0)]),
        (["1,234", "5,678", "7"], [None, None, Some(7.0)]),
        (["1,234", "12,5", "12.5"], [None, Some(12.5), Some(12.5)]),
        (["1,234", "1.234", "7"], [None, Some(1.234), Some(7.0)]),
        (["1.234", "12.5", "12,5"], [Some(1.234), Some(12.5), Some(12.5)]),
        (["1.234", "1.234,5", "7"], [Some(1234.0), Some(1234.5), Some(7.0)]),
        (["1.234", "12,5", "7"], [None, Some(12.5), Some(7.0)]),
        (["1.234", "1.234.567", "12.5"], [None, Some(1_234_567.0), Some(12.5)]),
        ([".125", "1.234.567", "7"], [Some(0.125), Some(1_234_567.0), Some(7.0)]),
        (["1.2e3", "1.234.567", "7"], [Some(1200.0), Some(1_234_567.0), Some(7.0)]),
    ] {
        let (areas, plan) = areas(&texts);
        assert_eq!(areas, expected, "{texts:?}");
        let open = expected.iter().filter(|area| area.is_none()).count();
        let said = format!("area_hectares: {open} values may have thousands or three decimals, as ");
        assert_eq!(says(&plan, &said), open > 0, "{texts:?}: {:?}", about(&plan, "area_hectares"));
    }
    let header = "id_no,name_en,date_inscribed,category,longitude,latitude";
    let site = only(&csv(header, &["9001,A,2000,Natural,\"11,583\",\"-48,125\""]));
    assert_eq!(site.point, Some(point(11.583, -48.125)), "no degrees have thousands");
}

/// A French spreadsheet writes every area so.
#[test]
fn areas_in_french_thousands_change_nothing() {
    let french = |area: &str| {
        let (whole, decimals) = area.split_once('.').unwrap_or((area, ""));
        let digits: Vec<_> = whole.chars().rev().collect();
        let groups: Vec<_> = digits.chunks(3).map(|group| group.iter().collect::<String>()).collect();
        let whole: String = groups.join("\u{202F}").chars().rev().collect();
        if decimals.is_empty() { whole } else { format!("{whole},{decimals}") }
    };
    let (known, plan) = harmless(&Table::embedded().with("area_hectares", french).csv());
    assert_eq!(about(&plan, "area_hectares"), Vec::<String>::new());
    assert_eq!(worse(&known), Vec::<String>::new());
}
