//! What a newer file cannot have otherwise: what happened, where a site is, whose name it has.

use super::table::{Table, worse};
use super::*;

/// The list with three sites of a session to come.
fn newer() -> Table {
    Table::embedded().with_new(3, 2027)
}

/// What is planned over the list for a newer file; nothing of it makes a known fact worse.
fn kept(table: &Table) -> Plan {
    let mut known = Known::embedded();
    let plan = known.import(&table.csv());
    assert_eq!(plan.edition.age, import::Age::Newer);
    known.0.retain(|site| site.id.get() < 20_000);
    assert_eq!(worse(&known), Vec::<String>::new());
    plan
}

#[test]
fn what_happened_does_not_unhappen() {
    for (file, field) in [
        (newer().set(299, "danger", "0").set(299, "danger_list", ""), "danger"),
        (newer().set(90, "danger", "1").set(90, "danger_list", "Y 2001"), "danger"),
        (newer().set(1, "secondary_dates", "1999"), "extended"),
    ] {
        let plan = kept(&file);
        assert!(
            plan.findings
                .iter()
                .any(|finding| finding.field.as_deref() == Some(field) && finding.done.contains("kept"))
        );
    }
    // Nor does it in an empty store.
    let mut known = Known::default();
    let plan = known.import(
        &newer().set(299, "danger", "0").set(299, "danger_list", "").set(1, "secondary_dates", "1999").csv(),
    );
    assert_eq!((known.site(299).danger.to_string(), known.site(1).extended.len()), ("Y 2026".to_owned(), 1));
    assert_eq!(known.site(1).extended[0].get(), 2001);
    assert!(says(&plan, "the file has it as it was before what is known; what is compiled in is taken"));
    // What comes after it is news.
    let mut known = Known::embedded();
    known.import(&newer().set(299, "danger", "0").set(299, "danger_list", "P 2026-2027").csv());
    assert_eq!(known.site(299).danger.to_string(), "P 2026-2027");
}

#[test]
fn an_older_list_with_newer_sites_behind_it_is_refused() {
    let mut table = newer();
    let [danger, list] = ["danger", "danger_list"].map(|name| table.column(name));
    // A danger that ended goes on again, as it did before that.
    let ended = (0..table.rows.len())
        .filter(|at| table.rows[*at][list].starts_with("P "))
        .filter(|at| table.rows[*at][list].len() == 11);
    let ended: Vec<_> = ended.take(4).collect();
    let undo = |row: &mut Vec<String>| {
        row[danger] = "1".to_owned();
        row[list] = format!("Y {}", &row[list][2..6]);
    };
    ended[..3].iter().for_each(|at| undo(&mut table.rows[*at]));
    kept(&table);
    undo(&mut table.rows[ended[3]]);
    let said = refusal(&table.csv());
    assert!(
        said.contains("an older list with newer sites added: it has 4 facts as they were before"),
        "{said}"
    );
}

#[test]
fn a_site_stays_where_it_is() {
    kept(&newer().set(274, "longitude", "72.545"));
    kept(&newer().set(274, "iso_code", "NO").set(274, "states_name_en", "Norway"));
    kept(&newer().set(274, "iso_code", "NO"));
}

#[test]
fn a_name_of_another_site_or_none_is_left_out() {
    for (name, reason) in [
        ("Aachen Cathedral", "is the name of site 3; it is left out"),
        ("=A1", "\"=A1\" is no name; it is left out"),
        ("12.05.1978", "is no name"),
        ("TRUE", "is no name"),
        ("#NV", "is no name"),
    ] {
        let mut file = newer().set(1, "name_en", name);
        if reason.contains("no name") {
            file = file.set(1, "name_fr", "");
        }
        assert!(says(&kept(&file), reason), "{name}");
    }
    let plan = kept(&newer().set(20_001, "name_en", "Aachen Cathedral"));
    assert!(says(&plan, "site 3 has this name; the row is skipped"));
    let mut known = Known::default();
    let lines = ["1,Aachen Cathedral,1978,Natural", "3,Aachen Cathedral,1978,Cultural"];
    let plan = known.import(&csv("id_no,name_en,date_inscribed,category", &lines));
    assert!(says(&plan, "site 1, name_en: \"Aachen Cathedral\" is the name of site 3; it is left out"));
    assert_eq!(known.site(1).names.english(), "Galápagos Islands", "nor in an empty store");
    for name in ["=A1", "12.05.1978", "TRUE"] {
        let ours = format!("{{\"id\": 1, \"language\": \"en\", \"name\": \"{name}\"}}\n");
        let plan = import::plan(&Known::embedded().0, &read(ours.as_bytes()), &Options::default()).unwrap();
        assert_eq!(plan.sites, [], "{name}");
        assert!(says(&plan, "1 names are a formula, a date, a number or a flag"));
    }
}

#[test]
fn a_name_in_another_script_of_several_rows_or_in_english_is_left_out() {
    for (column, name, reason) in [
        ("name_zh", "Galapagos", "has no letter of its language, zh; it is left out"),
        ("name_ru", "Galapagos", "has no letter of its language, ru; it is left out"),
        ("name_ar", "Galapagos", "has no letter of its language, ar; it is left out"),
        ("name_fr", "Gal\u{e1}pagos Islands", "is the English name; it is left out"),
    ] {
        assert!(says(&kept(&newer().set(1, column, name)), reason), "{column}");
    }
    let mut file = newer();
    for id in [1, 2, 3] {
        file = file.set(id, "name_es", "Por traducir");
    }
    assert!(says(&kept(&file), "\"Por traducir\" is the name in several rows; it is left out"));
    // What lost its marks, or was cut in the midst of a word.
    kept(&newer().set(1, "name_en", "Galapagos Islands"));
    let before = Known::embedded().site(93).names.english().to_owned();
    let cut: String = before.chars().take(46).collect();
    kept(&newer().set(93, "name_en", &cut));
}

#[test]
fn no_site_is_older_than_the_first() {
    let plan = kept(&newer().set(9, "date_inscribed", "1972"));
    assert!(says(&plan, "date_inscribed does not fit: the first sites are of 1978"));
}

/// The facts of an old list with new rows behind it, in a store that has none.
#[test]
fn an_older_list_with_newer_sites_does_not_fill_an_empty_store() {
    let mut table = newer();
    let [danger, list] = ["danger", "danger_list"].map(|name| table.column(name));
    let ended = table.rows.iter_mut().filter(|row| row[list].starts_with("P ") && row[list].len() == 11);
    for row in ended.take(4) {
        row[danger] = "1".to_owned();
        row[list] = format!("Y {}", &row[list][2..6]);
    }
    let error = import::plan(&Known::default().0, &read(&table.csv()), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("it has 4 facts as they were before"), "{error}");
}

#[test]
fn what_no_site_can_be_is_not_taken() {
    let plan = kept(&newer().set(9, "category", "Cultural"));
    assert!(
        says(&plan, "category does not fit: it cannot be Cultural and have (vii)(x)"),
        "{:?}",
        plan.findings
    );
    let plan = kept(&newer().set(20_001, "category", "Natural"));
    assert!(says(&plan, "site 20001, id_no: category does not fit: it cannot be Natural and have (i)"));
    assert_eq!(plan.summary.added.len(), 2, "nor of a new site");
    let plan = kept(&newer().set(3, "area_hectares", "99999999999"));
    assert!(says(&plan, "more than any country has; it is left out"));
    let itself = "{\"id\": 1, \"status\": \"superseded\", \"year_left\": 2020, \"superseded_by\": 1}\n{\"id\": 3, \"language\": \"en\"}\n";
    let plan = import::plan(&Known::embedded().0, &read(itself.as_bytes()), &Options::default()).unwrap();
    assert_eq!(plan.sites, []);
}

#[test]
fn components_that_are_cut_to_the_first_are_refused() {
    let row = |site: &Site| {
        let part = |part: &whc_core::Component| {
            let (longitude, latitude) = (part.point.longitude(), part.point.latitude());
            format!("<poi><latitude>{latitude}</latitude><longitude>{longitude}</longitude></poi>")
        };
        format!(
            "<row><id_number>{}</id_number><site>{}</site><category>{}</category><date_inscribed>{}</date_inscribed><geolocations>{}</geolocations></row>",
            site.id,
            site.names.english().replace('&', "&amp;"),
            site.category,
            site.inscribed,
            site.components.first().map(part).unwrap_or_default()
        )
    };
    let sites = whc_core::site::embedded().unwrap();
    let rows: Vec<_> = sites.iter().filter(|site| site.status.left().is_none()).map(row).collect();
    let new = (20_001..20_004).map(|id| {
        format!("<row><id_number>{id}</id_number><site>Site {id}</site><category>Natural</category><date_inscribed>2027</date_inscribed></row>")
    });
    let new: Vec<_> = new.collect();
    for (file, known) in [
        (format!("<query>{}{}</query>", rows.concat(), new.concat()), Known::embedded()),
        (format!("<query>{}</query>", rows.concat()), Known::default()),
    ] {
        let error = import::plan(&known.0, &read(file.as_bytes()), &Options::default()).unwrap_err();
        assert!(error.to_string().contains("--accept-changes components"), "{error}");
    }
}
