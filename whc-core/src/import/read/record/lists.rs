//! The lists of a row: criteria, years of extensions, codes of states, regions.

use crate::import::finding::{Findings, quoted};
use crate::import::read::clean::clean;
use crate::import::read::field::{self, Field};
use crate::import::read::row::Row;
use crate::import::read::value::{flag, parts, year};
use crate::site::{CountryCode, Criteria, Regions, Year};

/// The criteria as text, else those marked in columns of their own.
pub(super) fn criteria(row: &Row, findings: &mut Findings) -> Criteria {
    let marked = enumset::EnumSet::all()
        .iter()
        .filter(|criterion| row.get(Field::Criterion(*criterion)).and_then(flag) == Some(true));
    let codes =
        [Field::CulturalCriteria, Field::NaturalCriteria].into_iter().filter_map(|field| row.get(field));
    let listed = codes.flat_map(parts).filter_map(field::criterion);
    let marked: Criteria = marked.chain(listed).collect();
    let Some(text) = row.get(Field::Criteria) else { return marked };
    match listed_criteria(text) {
        Ok(written) if marked.is_empty() || written == marked => written,
        Ok(written) => {
            let found = format!("the text says {written}, the columns {marked}");
            findings.contradiction(Field::Criteria.name(), found, "both are taken");
            written.union(marked)
        }
        Err(error) => {
            let done = if marked.is_empty() { "no criterion is read" } else { "the columns count" };
            findings.warn(Field::Criteria.name(), error.to_string(), done);
            marked
        }
    }
}

/// Whether a text is a list of criteria.
pub(in crate::import) fn are_criteria(text: &str) -> bool {
    listed_criteria(text).is_ok()
}

/// `(i)(ii)`, or a list of numerals or codes: `(i), (vi)`, `i;vi`, `C1,C6`.
fn listed_criteria(text: &str) -> crate::Result<Criteria> {
    let numerals = text.replace([',', ';'], " ");
    numerals.parse().or_else(|error| {
        let codes = numerals.split_whitespace().map(field::criterion);
        codes.collect::<Option<Criteria>>().ok_or(error)
    })
}

/// The years of extensions, ascending; the portal repeats the year of inscription among them.
pub(super) fn extended(row: &Row, inscribed: Option<Year>, findings: &mut Findings) -> Vec<Year> {
    let name = Field::Extended.name();
    let mut years = Vec::new();
    for text in row.get(Field::Extended).map(parts).unwrap_or_default() {
        if let Some(year) = year(text) {
            years.push(year);
        } else if let Some(several) = run_together(text) {
            findings.note(name, format!("{} is several years in one number", quoted(text)), "taken apart");
            years.extend(several);
        } else {
            findings.warn(name, format!("{} is not a year", quoted(text)), "it is left out");
        }
    }
    years.retain(|year| Some(*year) != inscribed);
    years.sort_unstable();
    years.dedup();
    years
}

/// `19 871 992`: a spreadsheet took `1987,1992` for one number and grouped its digits.
fn run_together(text: &str) -> Option<Vec<Year>> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() < 8
        || !digits.len().is_multiple_of(4)
        || !digits.bytes().all(|digit| digit.is_ascii_digit())
    {
        return None;
    }
    (0..digits.len()).step_by(4).map(|at| year(&digits[at..at + 4])).collect()
}

pub(super) fn codes(row: &Row, findings: &mut Findings) -> Vec<CountryCode> {
    let field = Field::Codes;
    let codes = row.get(field).map(parts).unwrap_or_default().into_iter().filter_map(|text| {
        let code = text.parse::<CountryCode>();
        code.map_err(|error| findings.warn(field.name(), error.to_string(), "it is left out")).ok()
    });
    codes.collect()
}

pub(super) fn regions(row: &Row, findings: &mut Findings) -> Regions {
    let field = Field::Regions;
    let regions = row.get(field).map(parts).unwrap_or_default().into_iter().filter_map(|text| {
        let region = clean(text).parse();
        region.map_err(|error| findings.warn(field.name(), format!("{error}"), "it is left out")).ok()
    });
    regions.collect()
}
