//! What a column as a whole shows: how its numbers are written, and whether it is what its name says.

use enumset::EnumSet;

use super::field::Field;
use super::numeral::{Numeral, Use, are_thousands};
use super::record::are_criteria;
use super::row::Listing;
use super::value::{flag, number, parts, year};
use crate::import::danger;
use crate::import::finding::{Findings, quoted};

/// So many values that cannot be read are slips, even if the column has no others.
const SLIPS: usize = 3;

/// A column, and whether a text of it can be read.
type Column = (Field, fn(&str) -> bool);

/// Columns that say nothing without each other, and what their values are.
struct Kind {
    columns: &'static [Column],
    /// What values that cannot be read are not.
    what: &'static str,
    expected: &'static str,
}

const YEAR: &str = "a year is expected, as 1978";
const DEGREES: &str = "decimal degrees are expected, as -90.5; no point is read";

const KINDS: [Kind; 9] = [
    Kind {
        columns: &[(Field::Criteria, are_criteria)],
        what: "list of criteria",
        expected: "numerals are expected, as (i)(iv)",
    },
    Kind { columns: &[(Field::Inscribed, is_year)], what: "year", expected: YEAR },
    Kind { columns: &[(Field::Extended, are_years)], what: "list of years", expected: YEAR },
    Kind { columns: &[(Field::DangerEnd, is_year)], what: "year", expected: YEAR },
    Kind {
        columns: &[(Field::Danger, danger::is_understood)],
        what: "danger",
        expected: "0 or 1 is expected, or a history as Y 2011 P 1996-2007",
    },
    Kind {
        columns: &[(Field::DangerList, danger::is_understood)],
        what: "history of danger",
        expected: "a history is expected, as Y 2011 P 1996-2007",
    },
    Kind {
        columns: &[
            (Field::Longitude, is_longitude),
            (Field::Latitude, is_latitude),
            (Field::Coordinates, is_pair),
        ],
        what: "place",
        expected: DEGREES,
    },
    Kind {
        columns: &[(Field::Area, is_number)],
        what: "number",
        expected: "hectares are expected, as 158.9",
    },
    Kind { columns: &[(Field::Transboundary, is_flag)], what: "flag", expected: "0 or 1 is expected" },
];

/// Leaves out columns of which more than half cannot be read. What can be read of them is not believed either: numbers below
/// a thousand of a column whose others have a unit, the years of one that mixes calendars.
pub(super) fn leave_out_unreadable(rows: &mut Listing, findings: &mut Findings) {
    for kind in KINDS {
        if kind.columns.iter().any(|column| report(rows, *column, &kind, findings)) {
            for row in &mut rows.rows {
                kind.columns.iter().for_each(|(field, _)| row.remove(*field));
            }
        }
    }
}

/// Whether most values of a column cannot be read, which is reported.
fn report(rows: &Listing, (field, reads): Column, kind: &Kind, findings: &mut Findings) -> bool {
    let values = || rows.rows.iter().filter_map(|row| row.get(field));
    let (all, unreadable) = (values().count(), values().filter(|text| !reads(text)).count());
    let Some(example) = values().find(|text| !reads(text)) else { return false };
    if unreadable <= SLIPS || unreadable * 2 <= all {
        return false;
    }
    let found = format!("{unreadable} of {all} values are no {}, as {}", kind.what, quoted(example));
    findings.warn(field.name(), found, &format!("{}; none of the column is read", kind.expected));
    true
}

/// Writes areas so that each has one meaning: whether `1,234` has thousands or decimals is shown by the other values.
pub(super) fn settle_areas(rows: &mut Listing, findings: &mut Findings) {
    let shown: EnumSet<Use> =
        rows.rows.iter().filter_map(|row| row.get(Field::Area)).fold(EnumSet::empty(), |shown, text| {
            match Numeral::of(text) {
                Some(Numeral::Sure { shows, .. }) => shown | shows,
                _ => shown,
            }
        });
    let mut open: Vec<String> = Vec::new();
    for row in &mut rows.rows {
        let Some(text) = row.get(Field::Area) else { continue };
        let Some(Numeral::Open { sign, as_decimals, as_thousands }) = Numeral::of(text) else { continue };
        match are_thousands(sign, shown) {
            Some(true) => row.replace(Field::Area, as_thousands),
            Some(false) => row.replace(Field::Area, as_decimals),
            None => {
                open.push(text.to_owned());
                row.remove(Field::Area);
            }
        }
    }
    if let Some(example) = open.first() {
        let (count, example) = (open.len(), quoted(example));
        let found = format!("{count} values may have thousands or three decimals, as {example}");
        findings.warn(Field::Area.name(), found, "they are left out, since the column does not show which");
    }
}

fn is_year(text: &str) -> bool {
    year(text).is_some()
}

/// Also several that a spreadsheet took for one number.
fn are_years(text: &str) -> bool {
    let run_together = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) && text.len() >= "19871992".len()
    };
    parts(text).into_iter().all(|part| is_year(part) || run_together(part))
}

fn is_number(text: &str) -> bool {
    number(text).is_some()
}

fn is_flag(text: &str) -> bool {
    flag(text).is_some()
}

fn is_longitude(text: &str) -> bool {
    number(text).is_some_and(|degrees| degrees.abs() <= 180.0)
}

fn is_latitude(text: &str) -> bool {
    number(text).is_some_and(|degrees| degrees.abs() <= 90.0)
}

/// The latitude first.
fn is_pair(text: &str) -> bool {
    text.split_once(',').is_some_and(|(latitude, longitude)| is_latitude(latitude) && is_longitude(longitude))
}
