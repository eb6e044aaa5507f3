//! What is believed: a file adds what it understands, and changes only what it is surer of.

use whc_core::Language;

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
    let lost = worse(&empty)
        .into_iter()
        .filter(|fact| !fact.contains(", components:") && !fact.contains(", wikidata:"));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<String>::new());
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
fn rows_that_all_have_one_number_are_refused() {
    let said = refusal(&Table::embedded().with("id_no", |_| "1900".to_owned()).csv());
    assert!(said.contains("are about a site that a row before is about"), "{said}");
}

#[test]
fn what_was_read_in_another_encoding_is_read_back() {
    let header = "id_no,name_en,name_fr,date_inscribed,category";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["9001,CafÃ© â€œZ,Ã\u{93}rfÃ¡,2000,Cultural"]));
    assert_eq!(known.site(9001).names.english(), "Café “Z");
    assert_eq!(known.site(9001).names.translations().get(Language::French), Some("Órfá"), "Latin 1");
    assert!(says(&plan, "is UTF-8 that was read as another encoding"));
}

#[test]
fn the_future_is_no_fact() {
    let file = Table::embedded()
        .set(1, "date_inscribed", "2124")
        .set(1, "secondary_dates", "2088")
        .set(1, "danger", "1")
        .set(1, "danger_list", "Y 2099");
    let (_, plan) = harmless(&file.csv());
    for part in ["2124 is after", "2088 is after", "2099 is after"] {
        assert!(says(&plan, part), "{part}");
    }
    let header = "id_no,name_en,date_inscribed,secondary_dates,category,danger,danger_list";
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

/// The XML of the list in another language, as the channel has it: without a language in its names.
fn xml(language: &str) -> Vec<u8> {
    let table = Table::embedded().only(&["id_no", &format!("name_{language}"), "date_inscribed", "name_en"]);
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let rows = table.rows.iter().map(|row| {
        let [id, name, year, english] = [0, 1, 2, 3].map(|at| text(&row[at]));
        let name = if name.is_empty() { english } else { name };
        format!(
            "<row><id_number>{id}</id_number><site>{name}</site><date_inscribed>{year}</date_inscribed>\
             <states>Équateur</states><short_description>{name}.</short_description></row>"
        )
    });
    format!("<query>{}</query>", rows.collect::<String>()).into_bytes()
}

#[test]
fn names_are_stored_in_the_language_they_are_in() {
    for (file, language) in [(xml("fr"), Language::French), (xml("zh"), Language::Chinese)] {
        let mut known = Known::embedded();
        let name = known.site(1).names.translations().get(language).unwrap().to_owned();
        let mut names = known.site(1).names.translations().clone();
        names.set(language, "");
        let at = known.0.iter().position(|site| site.id.get() == 1).unwrap();
        known.0[at] = Arc::new(Site { names: names.try_into().unwrap(), ..Site::clone(&known.0[at]) });
        let plan = known.import(&file);
        assert!(says(&plan, "the names are in "), "{:?}", plan.findings.first());
        assert_eq!(known.site(1).names.translations().get(language), Some(&*name));
        assert_eq!(known.site(1).short_descriptions.get(language), Some(&*format!("{name}.")));
        assert_eq!(worse(&known), Vec::<String>::new());
    }
    let said = refusal(&Table::embedded().swapped("name_fr", "name_es").csv());
    assert!(said.contains("the column name_fr has names in Spanish"), "{said}");
    let said = refusal(&Table::embedded().renamed("name_en", "x").renamed("name_fr", "name_en").csv());
    assert!(said.contains("the column name_en has names in French"), "{said}");
}

#[test]
fn words_for_nothing_are_empty_and_namibia_is_not() {
    let words = ["NA", "NULL", "None", "\\N", "N/A", "-", "nan"];
    let header = "id_no,name_en,name_fr,date_inscribed,category,area_hectares,states_name_en,iso_code";
    let lines: Vec<_> = words
        .iter()
        .zip(9001..)
        .map(|(word, id)| format!("{id},A,{word},2000,Natural,{word},{word},{word}"))
        .collect();
    let lines: Vec<_> =
        lines.iter().map(String::as_str).chain(["9100,B,,2000,Natural,1,Namibia,NA"]).collect();
    let mut known = Known::default();
    let plan = known.import(&csv(header, &lines));
    for id in 9001..9008 {
        let site = known.site(id);
        assert_eq!((site.states.len(), site.names.translations().iter().count()), (0, 1), "{id}");
    }
    assert_eq!(known.site(9100).states[0].iso.unwrap().as_str(), "NA");
    assert!(says(&plan, "28 cells have a word that stands for nothing, as NULL, NA or -; read as empty"));
}

#[test]
fn an_encoding_is_believed_by_the_names_it_gives() {
    let text =
        String::from_utf8(Table::embedded().only(&["id_no", "name_fr", "date_inscribed"]).csv()).unwrap();
    let in_encoding = |letters: &[(char, u8)], latin: bool| -> Vec<u8> {
        let byte = |c: char| {
            let listed = letters.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
            listed.or_else(|| u8::try_from(u32::from(c)).ok().filter(|byte| latin || byte.is_ascii()))
        };
        text.chars().map(|c| byte(c).unwrap_or(b'?')).collect()
    };
    let windows = in_encoding(&[('’', 0x92), ('œ', 0x9C), ('–', 0x96), ('Œ', 0x8C)], true);
    let mac = in_encoding(
        &[('é', 0x8E), ('è', 0x8F), ('à', 0x88), ('â', 0x89), ('ê', 0x90), ('ô', 0x99), ('É', 0x83)],
        false,
    );
    let said = refusal(&mac);
    assert!(said.contains("the text is not UTF-8") && said.contains("--encoding"), "{said}");
    let plan = harmless(&windows).1;
    assert!(says(&plan, "are right as Windows-1252"));
    let reading = import::Reading::new(None, Some("macintosh".parse().unwrap()));
    assert!(import::read_with(&mac, &reading, &mut |_, _| {}).is_ok());
    assert!("latin-99".parse::<import::Encoding>().unwrap_err().to_string().contains("macintosh"));
}

#[test]
fn a_text_that_lost_letters_never_wins() {
    let accepting = Options::default().accepting(["name_en".parse().unwrap()]);
    for name in
        ["Gal?pagos Islands", "Gal\u{FFFD}pagos Islands", "GalÃ¡pagos Islands", "Gal&foo;pagos Islands"]
    {
        let mut known = Known::embedded();
        known.import_with(&read(&Table::embedded().set(1, "name_en", name).csv()), &accepting);
        assert_eq!(known.site(1).names.english(), "Galápagos Islands", "{name}");
    }
}

#[test]
fn what_is_only_partly_understood_reduces_nothing() {
    let fields = ["criteria", "states", "extended", "regions"].map(|field| field.parse().unwrap());
    let accepting = Options::default().accepting(fields);
    let file = Table::embedded()
        .set(33, "criteria_txt", "(ix)(xx)")
        .set(33, "iso_code", "BY,p1")
        .set(33, "secondary_dates", "2014,x")
        .set(33, "region_en", "Africa,Elsewhere");
    let mut known = Known::embedded();
    known.import_with(&read(&file.csv()), &accepting);
    assert_eq!(worse(&known), Vec::<String>::new());
}
