//! However a file is spoilt: it is refused, or no fact is worse afterwards.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::layout::Layout;
use super::spoiling::{Damage, damage, damage_to_ours, of_ours, spoilt};
use super::table::{Table, worse_than};
use super::*;
use crate::client::get;

/// `IMPORT_CASES` says how many files to try, 100 if it does not.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn cases() -> u32 {
    std::env::var("IMPORT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100)
}

/// A part of the list: every fact is compared in every case.
fn known() -> Known {
    Known(Known::embedded().0.into_iter().step_by(8).collect())
}

fn table(layout: Layout, known: &Known) -> Table {
    layout.table(known.0.iter().map(|site| &**site))
}

#[test]
fn a_whole_file_changes_nothing_in_any_layout() {
    let known = known();
    for layout in Layout::ALL {
        let export = read(&layout.write(&table(layout, &known)));
        let plan = import::plan(&known.0, &export, &Options::default()).unwrap();
        assert_eq!(worse_than(&known.0, &plan.sites), Vec::<String>::new(), "{layout:?}");
        assert_eq!(plan.summary.gone.len(), 0, "{layout:?}");
    }
}

#[test]
fn a_spoilt_file_is_refused_or_does_no_harm() {
    let known = known();
    let tables = Layout::ALL.map(|layout| table(layout, &known));
    let files = (0..Layout::ALL.len(), prop::collection::vec(damage(), 1..4));
    let file = |(layout, damages): &(usize, Vec<Damage>)| {
        spoilt(Layout::ALL[*layout], tables[*layout].clone(), damages)
    };
    try_all(&known, cases(), &files, file);
}

/// Tries so many files, of which some are believed and some are not, if they are not few.
fn try_all<S: Strategy>(known: &Known, cases: u32, spoils: &S, file: impl Fn(&S::Value) -> Vec<u8>) {
    let believed = Cell::new(0);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(spoils, |spoil| {
        let plan = import::read(&file(&spoil), None)
            .and_then(|export| import::plan(&known.0, &export, &Options::default()));
        let Ok(plan) = plan else {
            return Ok(());
        };
        believed.set(believed.get() + 1);
        let worse = worse_than(&known.0, &plan.sites);
        prop_assert!(worse.is_empty(), "{:?}", &worse[..worse.len().min(10)]);
        Ok(())
    });
    outcome.unwrap();
    let are_some = believed.get() * 5 > cases && believed.get() < cases;
    assert!(are_some || cases < 50, "{} of {cases}", believed.get());
}

/// Our own table, in which a cell that was changed is a correction: what happens to whole columns, rows and files. It is the
/// whole list, since of a few sites as much may be a correction; so there are fewer cases.
#[tokio::test]
async fn a_spoilt_export_of_ours_is_refused_or_does_no_harm() {
    let (known, cases) = (Known::embedded(), cases().div_ceil(10));
    let text = get("/api/downloads/whcsites.csv?status=all").await.into_body().into_bytes();
    let mut lines = csv::Reader::from_reader(&*text);
    let texts = |line: &csv::StringRecord| line.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = texts(lines.headers().unwrap());
    let rows = lines.records().map(|line| texts(&line.unwrap()));
    let table = Table { header, rows: rows.collect() };
    let damages = prop::collection::vec(damage_to_ours(), 1..3);
    try_all(&known, cases, &damages, |damages| of_ours(table.clone(), damages));
}
