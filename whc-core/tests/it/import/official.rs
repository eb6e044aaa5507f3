//! The official files themselves, where they are: `WHC_OFFICIAL_FILES` names the folder.

use std::path::PathBuf;

use super::table::worse;
use super::*;

/// The files, none where there is no folder.
fn files() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("WHC_OFFICIAL_FILES").filter(|folder| !folder.is_empty()) else {
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_none_or(|kind| kind != "txt")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn none_of_them_makes_a_fact_worse() {
    for path in files() {
        let export = read(&std::fs::read(&path).unwrap());
        let mut known = Known::embedded();
        let plan = known.import_with(&export, &Options::default());
        let worse = worse(&known);
        assert!(
            worse.is_empty(),
            "{}: {} facts: {:#?}",
            path.display(),
            worse.len(),
            &worse[..worse.len().min(20)]
        );
        // Three of 7500 texts are in another language, each the only one of its column.
        let left_out = plan.findings.iter().filter(|finding| finding.done == "they are left out");
        let left_out: Vec<_> = left_out.filter(|finding| !finding.found.starts_with("1 texts")).collect();
        assert!(left_out.is_empty(), "{}: {left_out:?}", path.display());
        assert!(plan.summary.gone.is_empty(), "{}: {:?}", path.display(), plan.summary.gone);
        assert!(!plan.sites.is_empty(), "{}: something is added", path.display());
    }
}

#[test]
fn each_of_them_fills_an_empty_store() {
    for path in files() {
        let export = read(&std::fs::read(&path).unwrap());
        let mut known = Known::default();
        let plan = known.import_with(&export, &Options::default());
        assert!(
            plan.summary.added.len() * 100 >= export.len() * 99,
            "{}: {:?}",
            path.display(),
            plan.findings
        );
    }
}

/// The danger of the XML is of about 2014, that of the list compiled in is not.
#[test]
fn the_list_fills_an_empty_store_with_the_dangers_compiled_in() {
    for path in files().into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "xml")) {
        let mut known = Known::default();
        known.import(&std::fs::read(&path).unwrap());
        let wrong = worse(&known).into_iter().filter(|fact| fact.contains(", danger:"));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
        assert_eq!(known.site(136).inscribed.get(), 1980);
    }
}

/// A store that took each edition as it came, and one that took one and years later the newest.
#[test]
fn each_of_them_follows_those_before() {
    let mut exports: Vec<_> = files().iter().map(|path| read(&std::fs::read(path).unwrap())).collect();
    let year = |export: &Export| {
        import::plan(&Known::default().0, export, &Options::default()).unwrap().edition.year
    };
    exports.sort_by_key(year);
    let Some(newest) = exports.last() else { return };
    let mut step_by_step = Known::default();
    for export in &exports {
        step_by_step.import_with(export, &Options::default());
        let mut at_once = Known::default();
        at_once.import_with(export, &Options::default());
        at_once.import_with(newest, &Options::default());
    }
}
