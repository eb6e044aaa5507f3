//! Known faults of editions, and facts that no official file has: they are put right, and stay.

use super::table::{Table, worse};
use super::*;

#[test]
fn a_known_fault_of_an_edition_is_put_right() {
    let header = "id_no,name_en,date_inscribed,category";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["136,Garamba National Park,2026,Natural"]));
    assert_eq!(known.site(136).inscribed.get(), 1980);
    assert!(says(&plan, "a known fault"));
}

/// A newer file may still have it: what was decided stays, and the file is told so.
#[test]
fn a_point_far_from_every_component_is_not_taken_over() {
    let header = "id_no,name_en,date_inscribed,category,longitude,latitude";
    let row = |longitude: &str, latitude: &str| {
        let name = "Ouadi Qadisha (the Holy Valley) and the Forest of the Cedars of God (Horsh Arz el-Rab)";
        format!("850,{name},1998,Cultural,{longitude},{latitude}")
    };
    let newer: Vec<_> = (9001..9004).map(|id| format!("{id},Invented {id},2027,Natural,,")).collect();
    let decided = point(35.951_111_111_1, 34.253_888_888_9);
    for mut known in [Known::default(), Known::embedded()] {
        let mut lines: Vec<_> = newer.iter().map(String::as_str).collect();
        let official = row("36.9511111111", "34.2538888889");
        lines.push(&official);
        let plan = known.import(&csv(header, &lines));
        assert_eq!(known.site(850).point, Some(decided));
        assert!(says(&plan, "a known fault: far from every component of the site; read as longitude 35.95"));
        let note = known.site(850).notes.get("coordinates".parse().unwrap()).unwrap();
        assert!(note.starts_with("The point of the main component: "), "{note}");

        let corrected = row("35.9", "34.25");
        *lines.last_mut().unwrap() = &corrected;
        let field = "coordinates".parse().unwrap();
        let accepting = Options::default().accepting([field]);
        known.import_with(&read(&csv(header, &lines)), &accepting);
        assert_eq!(known.site(850).point, Some(point(35.9, 34.25)), "another point is news");
    }
}

/// Of every site of which another point was decided, whatever the edition.
#[test]
fn no_official_point_replaces_a_decided_one() {
    let mut table = Table::embedded();
    let decided = include_str!("../../../data/points.tsv").lines().skip(1);
    for row in decided {
        let cells: Vec<_> = row.split('\t').collect();
        let id = cells[0].parse().unwrap();
        table = table.set(id, "longitude", cells[1]).set(id, "latitude", cells[2]);
    }
    let accepting = Options::default().accepting(["coordinates".parse().unwrap()]);
    let mut known = Known::embedded();
    let plan = known.import_with(&read(&table.csv()), &accepting);
    assert_eq!(worse(&known), Vec::<String>::new());
    let found = plan.findings.iter().filter(|finding| finding.found.contains("a known fault: far from"));
    assert_eq!(found.count(), 26);
}

/// No file known says it but for one that was made of whc001 after the session.
#[test]
fn no_file_of_the_session_or_before_takes_tyre_out_of_danger() {
    for last in [2024, 2025, 2026] {
        let mut table = Table::embedded().set(299, "danger", "0").set(299, "danger_list", "");
        let year = table.column("date_inscribed");
        table.rows.retain(|row| row[year].parse::<u16>().unwrap() <= last);
        for options in [Options::default(), Options::default().believing_older(true)] {
            let mut known = Known::embedded();
            known.import_with(&read(&table.csv()), &options);
            assert_eq!(known.site(299).danger.to_string(), "Y 2026", "{last}");
            assert!(known.site(299).notes.get("danger".parse().unwrap()).is_some(), "{last}");
        }
    }
}
