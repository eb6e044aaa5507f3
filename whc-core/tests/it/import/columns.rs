//! Columns of which values, or most of them, cannot be read, and numbers as people write them.

use super::table::Table;
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
    let file = spoilt(Table::embedded(), "danger_list", 25, |_| "P 1990-1991".to_owned());
    let (_, plan) = harmless(&file.csv());
    assert!(about(&plan, "danger").len() > 20, "{:#?}", about(&plan, "danger"));
    let header = format!("{HEADER},criteria_txt,c1");
    let lines: Vec<_> = (9001..9041).map(|id| format!("{id},A {id},2000,Cultural,1,(ii),1")).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let plan = Known::default().import(&csv(&header, &lines));
    assert_eq!(about(&plan, "criteria_txt").len(), 40, "a row that contradicts itself can be read");
}
