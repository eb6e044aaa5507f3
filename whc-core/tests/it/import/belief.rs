//! What is believed: a file adds what it understands, and changes only what it is surer of.

use super::table::{Table, worse};
use super::*;

/// Why the file is refused over the embedded list, whole or not at all.
fn refusal(file: &[u8]) -> String {
    let export = match import::read(file, None) {
        Ok(export) => export,
        Err(error) => return error.to_string(),
    };
    import::plan(&Known::embedded().0, &export, &Options::default()).unwrap_err().to_string()
}

/// The plan over the embedded list, of which no fact may be worse afterwards.
fn harmless(file: &[u8]) -> (Known, Plan) {
    let mut known = Known::embedded();
    let plan = known.import(file);
    assert_eq!(worse(&known), Vec::<String>::new());
    (known, plan)
}

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
    assert_eq!(worse(&empty), Vec::<String>::new());
}

#[test]
fn a_number_and_a_name_are_no_file_of_unesco() {
    let said = refusal(&csv("id,name", &["1,Aachen Cathedral", "2,Aapravasi Ghat"]));
    assert!(said.contains("a column \"id\" alone may count anything"), "{said}");
    assert!(said.contains("id_no (XLS, XLSX, CSV)"), "{said}");
}

#[test]
fn exchanged_and_emptied_columns_are_refused_by_name() {
    let table = Table::embedded;
    let by_number = {
        let mut table = table().only(&["id_no", "name_en", "category"]);
        let mut names: Vec<_> = table.rows.iter().map(|row| row[1].clone()).collect();
        names.sort();
        table.rows.iter_mut().zip(names).for_each(|(row, name)| row[1] = name);
        table
    };
    for (spoilt, field) in [
        (table().swapped("longitude", "latitude"), "coordinates"),
        (table().swapped("danger", "transboundary"), "danger"),
        (table().swapped("name_en", "states_name_en"), "name_en"),
        (table().swapped("date_inscribed", "area_hectares"), "area_hectares"),
        (table().with("criteria_txt", |_| "(i)".to_owned()), "criteria"),
        (table().with("criteria_txt", |text| format!("(i){text}")), "criteria"),
        (
            table()
                .with("category", |text| if text == "Natural" { "Cultural" } else { "Natural" }.to_owned()),
            "category",
        ),
        (table().with("transboundary", |_| "0".to_owned()), "transboundary"),
        (table().with("date_inscribed", |_| "1999".to_owned()), "date_inscribed"),
        (table().with("name_en", str::to_uppercase), "name_en"),
        (by_number, "name_en"),
    ] {
        let said = refusal(&spoilt.csv());
        assert!(said.contains(&format!("{field} of ")), "{field}: {said}");
        assert!(said.contains(&format!("--accept-changes {field}")), "{field}: {said}");
    }
}

#[test]
fn what_is_accepted_is_taken() {
    let flags = Table::embedded().with("transboundary", |_| "0".to_owned());
    let export = read(&flags.csv());
    let accepting = Options::default().accepting(["transboundary".parse().unwrap()]);
    let mut known = Known::embedded();
    let plan = known.import_with(&export, &accepting);
    let count = plan.summary.fields.iter().find(|count| count.field.as_str() == "transboundary").unwrap();
    assert_eq!((count.changed, count.kept, count.limit), (51, 0, 25));
    assert!(known.0.iter().all(|site| site.status.left().is_some() || !site.transboundary));
}

#[test]
fn a_file_of_the_same_session_adds_and_changes_nothing() {
    let header = "id_no,name_en,date_inscribed,category,danger,area_hectares";
    let (known, plan) = harmless(&csv(header, &["1,Galapagos,1978,Natural,1,3"]));
    assert!(says(
        &plan,
        "name_en: the file has \"Galapagos\", known is \"Galápagos Islands\"; what is known is kept"
    ));
    assert!(says(&plan, "danger: the file has \"Y P 2007-2010\""));
    assert!(!known.site(1).danger.is_current());
    let bare = known.0.iter().find(|site| site.area.is_none()).unwrap();
    let line = format!("{},\"{}\",{},{},,12.5", bare.id, bare.names.english(), bare.inscribed, bare.category);
    let (known, _) = harmless(&csv(header, &[&line]));
    assert_eq!(known.site(bare.id.get()).area.unwrap().get().to_string(), "12.5");
}

#[test]
fn an_older_file_adds_unless_it_is_asked_for() {
    let mut table = Table::embedded();
    let year = table.column("date_inscribed");
    table.rows.retain(|row| row[year].parse::<u16>().unwrap() <= 2019);
    let (id, danger, list) = (table.column("id_no"), table.column("danger"), table.column("danger_list"));
    let [castle, moved] =
        ["90", "3"].map(|id_no| table.rows.iter().position(|row| row[id] == id_no).unwrap());
    ("1".clone_into(&mut table.rows[castle][danger]), "Y 2001".clone_into(&mut table.rows[castle][list]));
    let area = table.column("area_hectares");
    "0.3".clone_into(&mut table.rows[moved][area]);
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
    let mut table = Table::embedded().only(&["id_no", "name_en", "date_inscribed", "category"]);
    "Galápagos Archipelago".clone_into(&mut table.rows[0][1]);
    let row = |id: u32| {
        ["id", "Invented", "2027", "Natural"]
            .map(str::to_owned)
            .map(|cell| if cell == "id" { id.to_string() } else { cell })
            .to_vec()
    };
    for id in 9001..9004 {
        let mut row = row(id);
        row[1] = format!("Invented {id}");
        table.rows.push(row);
    }
    let mut known = Known::embedded();
    let plan = known.import(&table.csv());
    assert_eq!((plan.edition.age, plan.summary.added.len()), (import::Age::Newer, 3));
    assert_eq!(known.site(1).names.english(), "Galápagos Archipelago");
    table.rows.pop();
    let (_, plan) = {
        let mut known = Known::embedded();
        let plan = known.import(&table.csv());
        (known, plan)
    };
    assert_eq!(plan.edition.age, import::Age::Same, "two sites of a year are no session");
}

#[test]
fn a_row_about_another_site_is_skipped() {
    let mut table = Table::embedded();
    let id = table.column("id_no");
    "3".clone_into(&mut table.rows[0][id]);
    table.rows.remove(2);
    let (_, plan) = harmless(&table.csv());
    assert!(says(&plan, "site 3, id_no: the row is not about Aachen Cathedral; the row is skipped"));
    let mut table = Table::embedded();
    "20001".clone_into(&mut table.rows[0][id]);
    let (_, plan) = harmless(&table.csv());
    assert!(says(&plan, "site 1 has this name and year; the row is skipped"));
    table.rows.iter_mut().for_each(|row| row[id] = (row[id].parse::<u32>().unwrap() + 30_000).to_string());
    assert!(refusal(&table.csv()).contains("no row can be used"));
}

#[test]
fn the_future_is_no_fact() {
    let header = "id_no,name_en,date_inscribed,secondary_dates,category,danger,danger_list";
    let (_, plan) = harmless(&csv(header, &["1,Galápagos Islands,2124,2088,Natural,1,Y 2099"]));
    for part in ["2124 is after", "2088 is after", "2099 is after"] {
        assert!(says(&plan, part), "{part}");
    }
    let mut known = Known::default();
    let error =
        import::plan(&known.0, &read(&csv(header, &["9001,New,2124,,Natural,,"])), &Options::default());
    assert!(error.unwrap_err().to_string().contains("no row can be used"));
    known.import(&csv(header, &["9001,New,2024,,Natural,,"]));
    assert_eq!(known.site(9001).inscribed.get(), 2024);
}

#[test]
fn a_known_fault_of_an_edition_is_put_right() {
    let header = "id_no,name_en,date_inscribed,category";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["136,Garamba National Park,2026,Natural"]));
    assert_eq!(known.site(136).inscribed.get(), 1980);
    assert!(says(&plan, "a known fault"));
}

#[test]
fn what_a_file_of_its_own_edition_lists_is_back() {
    let table = Table::embedded();
    let half = Table { rows: table.rows[637..].to_vec(), ..table.clone() };
    let mut known = Known::embedded();
    let plan = known.import_with(&read(&half.csv()), &REMOVE);
    assert!(plan.summary.delisted.len() > 500);
    known.import(&table.csv());
    assert_eq!(worse(&known), Vec::<String>::new());
}
