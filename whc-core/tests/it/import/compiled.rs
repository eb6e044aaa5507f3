//! The list compiled in judges what the store cannot: it is empty, or lacks the fact.

use whc_core::{Component, Names};

use super::table::{Table, worse};
use super::*;

fn refused(known: &Known, file: &[u8]) -> String {
    import::plan(&known.0, &read(file), &Options::default()).unwrap_err().to_string()
}

/// The list as the XML fills a store: without translations.
fn english_only() -> Known {
    let english = |site: Site| Site { names: Names::new(site.names.english()).unwrap(), ..site };
    Known::of(whc_core::site::embedded().unwrap().into_iter().map(english).collect())
}

/// The table with the cells of a column one row off.
fn shifted(mut table: Table, column: &str) -> Table {
    let at = table.column(column);
    let cells: Vec<_> = table.rows.iter().map(|row| row[at].clone()).collect();
    let shifted = cells.into_iter().cycle().skip(1);
    table.rows.iter_mut().zip(shifted).for_each(|(row, cell)| row[at] = cell);
    table
}

#[test]
fn what_fills_a_store_that_lacks_it_is_judged_too() {
    let known = english_only();
    let table = || Table::embedded().only(&["id_no", "name_en", "name_es", "category"]);
    let plan = import::plan(&known.0, &read(&table().csv()), &Options::default()).unwrap();
    assert!(plan.sites.len() > 1200, "the right names are taken");
    for spoilt in [shifted(table(), "name_es"), table().with("name_es", str::to_uppercase)] {
        let said = refused(&known, &spoilt.csv());
        assert!(said.contains("name_es of ") && said.contains("--accept-changes name_es"), "{said}");
    }
}

#[test]
fn an_empty_store_believes_no_list_that_contradicts_it_in_bulk() {
    let minutes = |degrees: &str| {
        let degrees: f64 = degrees.parse().unwrap_or_default();
        format!("{}", degrees.trunc() + degrees.fract() * 0.6)
    };
    let table = Table::embedded;
    for (spoilt, field) in [
        (table().with("longitude", minutes).with("latitude", minutes), "coordinates"),
        (shifted(table(), "name_en"), "name_en"),
        (table().with("criteria_txt", |text| format!("(i){text}")), "criteria"),
        (table().with("area_hectares", |text| format!("{text}0")), "area_hectares"),
        (table().with("danger", |_| "1".to_owned()), "danger"),
    ] {
        let said = refused(&Known::default(), &spoilt.csv());
        assert!(said.contains(&format!("{field} of ")), "{field}: {said}");
    }
}

/// What the file does not say, or only in words that are not understood, is as in the list compiled in.
#[test]
fn what_a_file_says_unclearly_is_as_it_is_known() {
    let francais =
        |text: &str| text.replace("Germany", "Allemagne").replace("France", "République de France");
    for (file, lacks) in [
        (Table::embedded().with("states_name_en", francais).with("iso_code", |_| String::new()), ""),
        (Table::embedded().with("criteria_txt", |text| format!("{text}(xx)")), ""),
        (Table::embedded().only(&["id_no", "name_en", "category", "date_inscribed"]), "danger"),
    ] {
        let mut known = Known::default();
        let plan = known.import(&file.csv());
        assert_eq!(plan.summary.added.len(), Table::embedded().rows.len());
        let fields = ["states", "criteria", "danger", "transboundary", "extended", "status"];
        let wrong = worse(&known).into_iter().filter(|fact| {
            let missing = fact.ends_with("became ");
            fields.iter().any(|field| fact.contains(&format!(", {field}:"))) && !missing
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new(), "{lacks}");
    }
}

#[test]
fn a_site_that_left_does_not_come_as_one_of_the_list() {
    let header = "id_no,name_en,date_inscribed,category,iso_code,longitude,latitude";
    let older = [
        "1156,Dresden Elbe Valley,2004,Cultural,de,13.81667,51.04778",
        "1,Galápagos Islands,1978,Natural,ec,-90.5,-0.69",
    ];
    let newer = [older[0], older[1], "9001,A,2012,Natural,ec,,"];
    for lines in [&older[..], &newer] {
        let mut known = Known::default();
        let plan = known.import(&csv(header, lines));
        assert_eq!(known.site(1156).status.left().map(whc_core::Year::get), Some(2009));
        let said = plan.findings.iter().filter(|finding| finding.field.as_deref() == Some("status"));
        let said: Vec<_> = said.map(|finding| finding.found.as_str()).collect();
        assert_eq!(said, ["the file lists it, known is that it left the list in 2009"]);
        assert!(known.site(1).status.left().is_none());
    }
}

#[test]
fn a_session_that_is_known_has_no_new_sites() {
    for known in [Known::embedded(), Known::default()] {
        let plan =
            import::plan(&known.0, &read(&Table::embedded().with_new(3, 1994).csv()), &Options::default())
                .unwrap();
        assert!(
            says(&plan, "the session of 1994 has no such site; the row is skipped"),
            "{:?}",
            plan.findings
        );
        assert!(plan.sites.iter().all(|site| site.id.get() < 20_000));
        let said = refused(&known, &Table::embedded().with_new(500, 1994).csv());
        assert!(said.contains("500 of 1773 rows cannot be used"), "{said}");
    }
    // Older files and newer ones alike.
    let mut older = Table::embedded().with_new(500, 1994);
    let year = older.column("date_inscribed");
    older.rows.retain(|row| row[year].parse::<u16>().unwrap() <= 2015);
    assert!(refused(&Known::embedded(), &older.csv()).contains("the session of 1994 has no such site"));
    let mut newer = Table::embedded().with_new(20, 2027);
    newer.rows.extend(Table::embedded().with_new(40, 1994).rows.split_off(newer.rows.len()));
    let said = refused(&Known::embedded(), &newer.csv());
    assert!(said.contains("20 new sites of sessions of which all sites are known"), "{said}");
    let said = refused(&Known::embedded(), &Table::embedded().with_new(66, 2027).csv());
    assert!(said.contains("66 new sites of 2027, more than a session inscribes"), "{said}");
    assert!(said.contains("--accept-changes status"), "{said}");
    let accepting = Options::default().accepting(["status".parse().unwrap()]);
    let plan =
        import::plan(&Known::embedded().0, &read(&Table::embedded().with_new(66, 2027).csv()), &accepting)
            .unwrap();
    assert_eq!(plan.summary.added.len(), 66);
    let export = read(&Table::embedded().with_new(3, 1994).csv());
    let plan = import::plan(&Known::embedded().0, &export, &accepting).unwrap();
    assert_eq!(plan.summary.added.len(), 3);
}

#[test]
fn names_with_notes_behind_them_are_refused() {
    let mut table = Table::embedded().with_new(3, 2027);
    let name = table.column("name_en");
    table.rows.iter_mut().step_by(20).for_each(|row| row[name].push_str(" (visited)"));
    let said = refused(&Known::embedded(), &table.csv());
    assert!(said.contains("name_en of 64 (at most 50)"), "{said}");
}

#[test]
fn areas_of_some_sites_in_another_unit_are_refused() {
    let mut table = Table::embedded();
    let area = table.column("area_hectares");
    let known: Vec<_> = table.rows.iter_mut().filter(|row| !row[area].is_empty()).collect();
    known.into_iter().step_by(20).for_each(|row| {
        let hectares: f64 = row[area].parse().unwrap();
        row[area] = (hectares * 10.0).to_string();
    });
    let said = refused(&Known::embedded(), &table.csv());
    assert!(said.contains("area_hectares of ") && said.contains(" (at most 50)"), "{said}");
}

/// The list as XML, each row with the parts that `parts` makes of its own.
fn with_parts(parts: impl Fn(&Site, &Component) -> (f64, f64, String)) -> Vec<u8> {
    let row = |site: &Site| {
        let part = |part: &Component| {
            let (longitude, latitude, country) = parts(site, part);
            format!(
                "<poi><latitude>{latitude}</latitude><longitude>{longitude}</longitude><iso2>{country}</iso2></poi>"
            )
        };
        format!(
            "<row><id_number>{}</id_number><site>{}</site><date_inscribed>{}</date_inscribed><geolocations>{}</geolocations></row>",
            site.id,
            site.names.english().replace('&', "&amp;"),
            site.inscribed,
            site.components.iter().map(part).collect::<Vec<_>>().concat()
        )
    };
    let sites = whc_core::site::embedded().unwrap();
    let rows: Vec<_> = sites.iter().filter(|site| site.status.left().is_none()).map(row).collect();
    format!("<query>{}</query>", rows.concat()).into_bytes()
}

#[test]
fn parts_of_another_site_are_left_out() {
    let bare = |site: Site| Site { components: Vec::new().into(), ..site };
    let bare = || Known::of(whc_core::site::embedded().unwrap().into_iter().map(bare).collect());
    let place = |part: &Component| (part.point.longitude(), part.point.latitude());
    let country = |part: &Component| part.country.map(|code| code.to_string()).unwrap_or_default();
    let mut known = bare();
    known.import(&with_parts(|_, part| (place(part).0, place(part).1, country(part))));
    assert_eq!(worse(&known), Vec::<String>::new());
    assert!(known.0.iter().filter(|site| !site.components.is_empty()).count() > 1200);
    for (parts, reason) in [
        (
            with_parts(|_, part| (-place(part).0, -place(part).1, country(part))),
            "nor their centre lies within 100 km of its point",
        ),
        (
            with_parts(|_, part| (place(part).0, place(part).1, "fr".to_owned())),
            "a part is in FR, of which the site is not",
        ),
    ] {
        let mut known = bare();
        let plan = known.import(&parts);
        assert!(says(&plan, &format!("{reason}; its parts are left out")), "{reason}");
        assert_eq!(known.site(148).components.is_empty(), !reason.starts_with("a part"));
        for site in known.0.iter().filter(|site| !site.components.is_empty()) {
            // The state of Jerusalem has no code, so that nothing tells its parts from those of others.
            let french = || site.id.get() == 148 || site.countries().any(|code| code.as_str() == "FR");
            assert!(reason.starts_with("a part") && french(), "{}", site.id);
        }
    }
}
