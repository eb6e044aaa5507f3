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
    let columns = ["id_no", "name_en", "date_inscribed", "category", "longitude", "latitude"];
    let newer = |longitude: &str, latitude: &str| {
        let table = Table::embedded().set(850, "longitude", longitude).set(850, "latitude", latitude);
        let mut table = table.only(&columns);
        for id in 9001..9004 {
            let row = [&id.to_string(), &format!("Invented {id}"), "2027", "Natural", "", ""];
            table.rows.push(row.map(str::to_owned).to_vec());
        }
        table.csv()
    };
    let decided = point(35.951_111_111_1, 34.253_888_888_9);
    for mut known in [Known::default(), Known::embedded()] {
        let plan = known.import(&newer("36.9511111111", "34.2538888889"));
        assert_eq!((plan.edition.age, known.site(850).point), (import::Age::Newer, Some(decided)));
        assert!(says(&plan, "a known fault: far from every component of the site; read as longitude 35.95"));
        let field = "coordinates".parse().unwrap();
        let note = known.site(850).notes.get(field).unwrap();
        assert!(note.starts_with("The point of the main component: "), "{note}");
    }
    let mut known = Known::embedded();
    known.import(&newer("35.9", "34.25"));
    assert_eq!(known.site(850).point, Some(point(35.9, 34.25)), "another point is news");
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
        let mut known = Known::embedded();
        known.import_with(&read(&table.csv()), &Options::default().believing_older(true));
        assert_eq!(known.site(299).danger.to_string(), "Y 2026", "{last}");
        assert!(known.site(299).notes.get("danger".parse().unwrap()).is_some(), "{last}");
    }
}
