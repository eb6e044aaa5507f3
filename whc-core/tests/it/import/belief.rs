//! What is believed: a file adds what it understands, and changes only what it is surer of.

use super::table::{Table, worse};
use super::*;

#[test]
fn the_list_itself_changes_nothing() {
    let (_, plan) = harmless(&Table::embedded().csv());
    let fields: Vec<_> =
        plan.summary.fields.iter().map(|count| (count.field.as_str(), count.added)).collect();
    assert_eq!(
        (fields, plan.summary.unchanged),
        (vec![("criteria_complete", 9)], 1264),
        "statistics omit none"
    );
    let mut empty = Known::default();
    empty.import(&Table::embedded().csv());
    let lost = worse(&empty)
        .into_iter()
        .filter(|fact| !fact.contains(", components:") && !fact.contains(", wikidata:"));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn what_is_accepted_is_taken() {
    let flags = Table::embedded().with("transboundary", |_| "0".to_owned());
    let export = read(&flags.csv());
    let accepting = Options::default().accepting(["transboundary".parse().unwrap()]);
    let mut known = Known::embedded();
    let plan = known.import_with(&export, &accepting);
    let count = plan.summary.fields.iter().find(|count| count.field.as_str() == "transboundary").unwrap();
    assert_eq!((count.changed, count.kept, count.limit), (51, 0, 12));
    assert!(known.0.iter().all(|site| site.status.left().is_some() || !site.transboundary));
}

#[test]
fn a_file_of_the_same_session_adds_and_changes_nothing() {
    let bare = Known::embedded().0.iter().find(|site| site.area.is_none()).unwrap().id.get();
    let file = Table::embedded()
        .set(1, "name_en", "Galapagos")
        .set(1, "danger", "1")
        .set(1, "area_hectares", "3")
        .set(bare, "area_hectares", "12.5");
    let (known, plan) = harmless(&file.csv());
    assert!(says(
        &plan,
        "name_en: the file has \"Galapagos\", known is \"Galápagos Islands\"; what is known is kept"
    ));
    assert!(says(&plan, "danger: the file has \"Y P 2007-2010\""));
    assert_eq!(known.site(bare).area.unwrap().get().to_string(), "12.5");
}

#[test]
fn an_older_file_adds_unless_it_is_asked_for() {
    let mut table = Table::embedded().set(90, "danger", "1").set(90, "danger_list", "Y 2001").set(
        3,
        "area_hectares",
        "0.3",
    );
    let year = table.column("date_inscribed");
    table.rows.retain(|row| row[year].parse::<u16>().unwrap() <= 2019);
    let (known, plan) = harmless(&table.csv());
    assert!(says(&plan, "the newest inscription in the file is of 2019, known are some of 2026"));
    assert_eq!(known.site(90).danger.to_string(), "P 2001-2025");
    let mut known = Known::embedded();
    known.import_with(&read(&table.csv()), &Options::default().believing_older(true));
    assert_eq!(known.site(3).area.unwrap().get().to_string(), "0.3");
    assert_eq!(known.site(90).danger.to_string(), "P 2001-2025", "that danger ended after the file");
}

#[test]
fn a_newer_file_changes_what_it_is_surer_of() {
    let columns = ["id_no", "name_en", "date_inscribed", "category"];
    let mut table = Table::embedded().set(1, "name_en", "Galápagos Archipelago").only(&columns);
    for id in 9001..9004 {
        table.rows.push(vec![
            id.to_string(),
            format!("Invented {id}"),
            "2027".to_owned(),
            "Natural".to_owned(),
        ]);
    }
    let mut known = Known::embedded();
    let plan = known.import(&table.csv());
    assert_eq!((plan.edition.age, plan.summary.added.len()), (import::Age::Newer, 3));
    assert_eq!(known.site(1).names.english(), "Galápagos Archipelago");
    table.rows.pop();
    let plan = Known::embedded().import(&table.csv());
    assert_eq!(plan.edition.age, import::Age::Same, "two sites of a year are no session");
}

#[test]
fn what_a_file_of_its_own_edition_lists_is_back() {
    let table = Table::embedded();
    let half = Table { rows: table.rows[637..].to_vec(), ..table.clone() };
    let mut known = Known::embedded();
    let plan = known.import_with(&read(&half.csv()), &remove_many());
    assert!(plan.summary.delisted.len() > 500);
    known.import(&table.csv());
    assert_eq!(worse(&known), Vec::<String>::new());
}
