//! However a file is spoilt: it is refused, or no fact is worse afterwards.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::table::{Table, worse_than};
use super::*;

/// What happens to a file on its way.
#[derive(Clone, Debug)]
enum Damage {
    /// Only every so many-th row is left.
    Subset(usize),
    /// Rows in another order.
    Reversed,
    /// Two columns have each other's header.
    Swapped(usize, usize),
    /// A column has another's name.
    Renamed(usize, &'static str),
    /// The cells of a column moved down by one.
    Shifted(usize),
    /// A cell has another text.
    Cell(usize, usize, String),
    /// A cell has the text of another row.
    Copied(usize, usize, usize),
    /// A column says the same everywhere.
    Same(usize, String),
    /// The file breaks off.
    Cut(usize),
    /// Letters beyond ASCII became others.
    Encoding(Encoding),
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Lost,
    Latin,
    Doubled,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,7}",
        "[0-9.,-]{1,9}",
        "(19[0-9]{2}|20[0-9]{2}|21[0-9]{2})",
        "[YP] (19|20)[0-9]{2}(-20[0-9]{2})?",
        "(\\((i|ii|vi|x)\\)){1,3}",
        "[A-Za-z éà]{1,12}",
        Just("NA".to_owned()),
        Just("Natural".to_owned()),
        Just("1".to_owned()),
        Just("France".to_owned()),
        Just("FR".to_owned()),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    let number = || 0..10_000_usize;
    let names = prop::sample::select(vec![
        "name_en",
        "name_fr",
        "id",
        "id_no",
        "area_hectares",
        "year",
        "x",
        "category",
    ]);
    prop_oneof![
        (2..5_usize).prop_map(Damage::Subset),
        Just(Damage::Reversed),
        (number(), number()).prop_map(|(one, other)| Damage::Swapped(one, other)),
        (number(), names).prop_map(|(column, name)| Damage::Renamed(column, name)),
        number().prop_map(Damage::Shifted),
        (number(), number(), text()).prop_map(|(row, column, text)| Damage::Cell(row, column, text)),
        (number(), number(), number()).prop_map(|(row, from, column)| Damage::Copied(row, from, column)),
        (number(), text()).prop_map(|(column, text)| Damage::Same(column, text)),
        number().prop_map(Damage::Cut),
        prop::sample::select(vec![Encoding::Lost, Encoding::Latin, Encoding::Doubled])
            .prop_map(Damage::Encoding),
    ]
}

/// The file after all that happened to it.
fn spoilt(mut table: Table, damages: &[Damage]) -> Vec<u8> {
    let (mut cut, mut encoding) = (None, None);
    for damage in damages {
        let (columns, rows) = (table.header.len(), table.rows.len());
        match damage {
            Damage::Subset(every) => {
                table.rows = table.rows.iter().step_by(*every).cloned().collect();
            }
            Damage::Reversed => table.rows.reverse(),
            Damage::Swapped(one, other) => table.header.swap(one % columns, other % columns),
            Damage::Renamed(column, name) => (*name).clone_into(&mut table.header[column % columns]),
            Damage::Shifted(column) => {
                let cells: Vec<_> = table.rows.iter().map(|row| row[column % columns].clone()).collect();
                let shifted = cells.iter().cycle().skip(1);
                table
                    .rows
                    .iter_mut()
                    .zip(shifted)
                    .for_each(|(row, cell)| row[column % columns].clone_from(cell));
            }
            Damage::Cell(row, column, text) => table.rows[row % rows][column % columns].clone_from(text),
            Damage::Copied(row, from, column) => {
                let cell = table.rows[from % rows][column % columns].clone();
                table.rows[row % rows][column % columns] = cell;
            }
            Damage::Same(column, text) => {
                table.rows.iter_mut().for_each(|row| row[column % columns].clone_from(text));
            }
            Damage::Cut(at) => cut = Some(*at),
            Damage::Encoding(kind) => encoding = Some(*kind),
        }
    }
    let mut bytes = encoding.map_or_else(|| table.csv(), |kind| encoded(&table.csv(), kind));
    if let Some(at) = cut {
        bytes.truncate(bytes.len() * (at + 1) / 10_001);
    }
    bytes
}

fn encoded(bytes: &[u8], kind: Encoding) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    match kind {
        Encoding::Lost => {
            text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect::<String>().into_bytes()
        }
        Encoding::Latin => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        Encoding::Doubled => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes(),
    }
}

/// `IMPORT_CASES` says how many files to try, 100 if it does not.
#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn cases() -> u32 {
    std::env::var("IMPORT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100)
}

/// A part of the list: every fact is compared in every case.
#[test]
fn a_spoilt_file_is_refused_or_does_no_harm() {
    let every = 8;
    let sites: Vec<_> = Known::embedded().0.into_iter().step_by(every).collect();
    let table = Table::of(sites.iter().map(|site| &**site));
    let known = Known(sites);
    let believed = Cell::new(0);
    let mut runner =
        TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&prop::collection::vec(damage(), 1..4), |damages| {
        let bytes = spoilt(table.clone(), &damages);
        let plan = import::read(&bytes, None)
            .and_then(|export| import::plan(&known.0, &export, &Options::default()));
        let Ok(plan) = plan else {
            return Ok(());
        };
        believed.set(believed.get() + 1);
        let worse = worse_than(&known.0, &plan.sites);
        prop_assert!(worse.is_empty(), "{:?}", worse);
        Ok(())
    });
    outcome.unwrap();
    assert!(believed.get() * 5 > cases() && believed.get() < cases(), "{} of {}", believed.get(), cases());
}
