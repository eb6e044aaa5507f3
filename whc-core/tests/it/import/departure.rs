//! Sites that a file does not have stay, and a file that lacks many is refused.

use whc_core::import::Severity;
use whc_core::{Category, Names, Status, Year};

use super::table::Table;
use super::*;

const HEADER: &str = "id_no,name_en,date_inscribed,category";

/// A list of `count` sites inscribed in 2000 but for the last three, inscribed in 2010.
fn list(count: u32) -> Known {
    let site = |id| {
        let year = Year::new(if id + 2 >= count { 2010 } else { 2000 }).unwrap();
        Site::new(
            SiteId::new(id).unwrap(),
            Names::new(format!("Site {id}")).unwrap(),
            Category::Natural,
            year,
        )
    };
    Known::of((1..=count).map(site).collect())
}

/// The file with those sites of the list that `keep` keeps.
fn file(known: &Known, keep: impl Fn(u32) -> bool) -> Export {
    let sites = known.0.iter().filter(|site| keep(site.id.get()));
    let lines: Vec<_> = sites
        .map(|site| {
            format!(
                "{},\"{}\",{},{}",
                site.id,
                site.names.english().replace('"', "\"\""),
                site.inscribed,
                site.category
            )
        })
        .collect();
    read(&csv(HEADER, &lines.iter().map(String::as_str).collect::<Vec<_>>()))
}

#[test]
fn a_few_sites_gone_are_reported_and_kept() {
    let mut known = list(100);
    let export = file(&known, |id| id != 5 && id != 6);
    let plan = known.import_with(&export, &Options::default());
    let gone: Vec<_> = plan.summary.gone.iter().map(|site| site.id.get()).collect();
    assert_eq!((gone, plan.sites.len()), (vec![5, 6], 0));
    assert_eq!(known.site(5).status, Status::Inscribed);
}

#[test]
fn many_sites_gone_refuse_the_file() {
    let known = list(100);
    let half = file(&known, |id| id >= 50);
    let error = import::plan(&known.0, &half, &Options::default()).unwrap_err();
    assert!(error.is_refused());
    assert!(error.to_string().contains("lacks 49 of 97 sites"), "{error}");
    assert!(import::plan(&known.0, &file(&known, |id| id > 3), &Options::default()).is_ok(), "three may go");
    assert!(import::plan(&known.0, &file(&known, |id| id > 4), &Options::default()).is_err());
    let large = list(500);
    assert!(import::plan(&large.0, &file(&large, |id| id > 9), &Options::default()).is_ok(), "2 % may go");
    assert!(import::plan(&large.0, &file(&large, |id| id > 10), &Options::default()).is_err());
}

/// Whoever follows the message must not take most of the list off.
#[test]
fn a_part_of_the_list_is_no_list_without_the_rest() {
    let known = list(203);
    let accepting = Options::default().accepting(["status".parse().unwrap()]);
    let refusal = |gone: u32, options: &Options| {
        let plan = import::plan(&known.0, &file(&known, |id| id > gone), options);
        plan.map_err(|error| error.to_string()).err()
    };
    let offer = "allow removals (--allow-removals)";
    let part = "so it has only a part of the list, truncated or filtered, and an import wants a whole one";
    let too_many = "removals are allowed for 10 % at most";
    for (gone, options, said) in [
        (20, Options::default(), Some(offer)),
        (20, REMOVE, None),
        (21, Options::default(), Some(part)),
        (21, accepting, Some(part)),
        (21, REMOVE, Some(too_many)),
        (21, remove_many(), None),
        (190, REMOVE, Some(too_many)),
    ] {
        let refusal = refusal(gone, &options);
        assert_eq!(refusal.is_some(), said.is_some(), "{gone}: {refusal:?}");
        let refusal = refusal.unwrap_or_default();
        assert!(said.is_none_or(|said| refusal.contains(said)), "{gone}: {refusal}");
        assert_eq!(refusal.contains("--allow-removals"), said == Some(offer), "{refusal}");
        assert_eq!(refusal.contains("--accept-changes status"), said == Some(too_many), "{refusal}");
    }
    let few = list(10);
    assert!(import::plan(&few.0, &file(&few, |id| id > 3), &REMOVE).is_ok(), "three of a few sites");
}

#[test]
fn removals_that_are_allowed_mark_and_never_delete() {
    let mut known = list(100);
    let export = file(&known, |id| id >= 50);
    let plan = known.import_with(&export, &remove_many());
    assert_eq!(plan.summary.delisted.len(), 49);
    assert_eq!(known.site(1).status, Status::Delisted { year: Year::new(2010).unwrap() });
    assert_eq!(known.0.len(), 100);
}

#[test]
fn sites_newer_than_the_file_are_not_gone() {
    let mut known = Known::embedded();
    let until_2015 = file(&known, |_| true);
    let old: Vec<_> =
        known.0.iter().filter(|site| site.inscribed.get() <= 2015).map(|site| site.id.get()).collect();
    let export = file(&known, |id| old.contains(&id));
    let plan = known.import_with(&export, &REMOVE);
    assert_eq!((plan.summary.delisted.len(), plan.summary.gone.len()), (0, 0));
    assert_eq!(plan.summary.newer, until_2015.len() - old.len());
    assert!(says(&plan, "the newest inscription in the file is of 2015, known are some of 2026"));
}

#[test]
fn a_site_that_left_returns_only_with_a_newer_file_and_where_that_is_accepted() {
    let mut known = Known::some(&[1156]);
    let dresden = "1156,Dresden Elbe Valley,2004,Cultural";
    let plan = known.import(&csv(HEADER, &[dresden]));
    assert_eq!(known.site(1156).status.left(), Some(Year::new(2009).unwrap()));
    assert!(says(&plan, "it stays off"));
    let newer = read(&csv(HEADER, &[dresden, "9008,Newer,2027,Cultural"]));
    let plan = import::plan(&known.0, &newer, &Options::default()).unwrap();
    assert!(says(&plan, "site 1156, status: the file has \"inscribed\""), "{:?}", plan.findings);
    assert!(plan.sites.iter().all(|site| site.id.get() != 1156));
    let accepting = Options::default().accepting(["status".parse().unwrap()]);
    let plan = known.import_with(&newer, &accepting);
    assert_eq!(known.site(1156).status, Status::Inscribed);
    assert_eq!(plan.summary.changed[0].fields[0].field, "status");
}

#[test]
fn a_part_with_a_site_that_is_not_known_is_a_part_all_the_same() {
    let known = Known::embedded();
    let file =
        csv(HEADER, &["119,Timbuktu,1988,Cultural", "668,Angkor,1992,Cultural", "9052,New,1978,Natural"]);
    let error = import::plan(&known.0, &read(&file), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("sites it should have"), "{error}");
}

#[test]
fn a_slip_in_one_year_does_not_make_the_file_newer() {
    let known = list(100);
    let year = |id| if id < 98 { 2000 } else { 2010 };
    let lines: Vec<_> = (1..=99).map(|id| format!("{id},Site {id},{},Natural", year(id))).collect();
    let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
    lines.push("100,Site 100,2190,Natural");
    let export = read(&csv(HEADER, &lines));
    let plan = import::plan(&known.0, &export, &Options::default()).unwrap();
    assert_eq!(plan.edition.year, Some(Year::new(2010).unwrap()));
    assert!(says(&plan, "2190 is after the year of the file; it is left out"));
}

#[test]
fn a_row_that_cannot_be_used_does_not_make_its_site_gone() {
    let mut known = list(10);
    let export = {
        let lines = ["1,,2000,Natural", "2,Site 2,2000,Natural", "10,Site 10,2010,Natural"];
        let all: Vec<_> = (3..10).map(|id| format!("{id},Site {id},2000,Natural")).collect();
        read(&csv(HEADER, &lines.into_iter().chain(all.iter().map(String::as_str)).collect::<Vec<_>>()))
    };
    assert!(known.import_with(&export, &Options::default()).summary.gone.is_empty());
}

/// A cut between two rows leaves no trace in a table but what is missing.
#[test]
fn a_table_cut_between_rows_is_refused_or_told() {
    let table = Table::embedded();
    let by_year = {
        let mut table = table.clone();
        let year = table.column("date_inscribed");
        table.rows.sort_by_key(|row| row[year].clone());
        table
    };
    let remarks = |rows: &[Vec<String>]| {
        let cut = Table { rows: rows.to_vec(), ..table.clone() };
        let known = Known::embedded();
        match import::plan(&known.0, &read(&cut.csv()), &Options::default()) {
            Ok(plan) => {
                let told = plan.findings.iter().filter(|finding| finding.severity == Severity::Warning);
                (plan.summary.gone.len(), told.map(ToString::to_string).collect::<Vec<_>>())
            }
            Err(error) => (0, vec![error.to_string()]),
        }
    };
    for (name, rows) in [("by id", &table.rows), ("by year", &by_year.rows)] {
        for share in [10, 50, 70, 90, 97] {
            let (first, rest) = rows.split_at(rows.len() * share / 100);
            for part in [first, rest].into_iter().filter(|part| part.len() >= 100) {
                let (gone, told) = remarks(part);
                let says = |what: &str| told.iter().any(|finding| finding.contains(what));
                let told = gone > 0
                    || says("cut or filtered")
                    || says("truncated or filtered")
                    || says("known are some of");
                assert!(told, "{share} % {name}");
            }
        }
    }
    let ordered = remarks(&table.rows[..890]).1;
    assert!(ordered.iter().any(|finding| finding.contains("it seems to be cut or filtered")), "{ordered:?}");
    let older: Vec<_> = by_year
        .rows
        .iter()
        .filter(|row| row[by_year.column("date_inscribed")].as_str() <= "2019")
        .cloned()
        .collect();
    assert!(!remarks(&older).1.iter().any(|finding| finding.contains("cut or filtered")));
}
