//! Columns of one meaning, as `date_inscribed` and `year`, that say otherwise: only one of them counts, and which is told.

use super::clean::clean;
use super::field::Field;
use super::row::{Listing, Row};
use super::value::{flag, number, whole, year};
use crate::import::finding::{Findings, quoted};

/// Numbers this close are the same one written with fewer digits.
const SAME: f64 = 1e-6;

/// Notes in how many rows columns of one meaning differ.
pub(super) fn note(rows: &Listing, findings: &mut Findings) {
    let mut noted: Vec<Field> = Vec::new();
    for (field, _) in rows.rows.iter().flat_map(|row| &row.rivals) {
        if noted.contains(field) {
            continue;
        }
        noted.push(*field);
        let differing = || rows.rows.iter().filter_map(|row| Some((row, difference(row, *field)?)));
        let columns = columns(rows, *field);
        let (Some((row, [one, other])), [first, _, ..]) = (differing().next(), &*columns) else { continue };
        let count = differing().count();
        let lines = if count == 1 { "row" } else { "rows" };
        let found = format!(
            "{} differ in {count} {lines}, as {} and {} in row {}",
            columns.join(" and "),
            quoted(one),
            quoted(other),
            row.number
        );
        findings.note(field.name(), found, &format!("{first} counts where it has a value"));
    }
}

/// The columns of a field, the one that counts first.
fn columns(rows: &Listing, field: Field) -> Vec<&str> {
    let named = rows.columns.iter().filter_map(|name| {
        let (_, rank) = Field::named(name).filter(|(named, _)| *named == field)?;
        Some((rank, name.as_str()))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|(rank, _)| *rank);
    named.into_iter().map(|(_, name)| name).collect()
}

/// What columns of the field say in a row, where it is not the same.
fn difference(row: &Row, field: Field) -> Option<&[String; 2]> {
    let of_field = row.rivals.iter().filter(|(rival, _)| *rival == field);
    of_field.map(|(_, texts)| texts).find(|[one, other]| differ(field, one, other))
}

/// Whether the texts have different meanings. What cannot be read has none.
fn differ(field: Field, one: &str, other: &str) -> bool {
    match field {
        Field::Id => unequal(whole(one), whole(other)),
        Field::Inscribed | Field::DangerEnd => unequal(year(one), year(other)),
        Field::Danger | Field::Transboundary | Field::Criterion(_) => unequal(flag(one), flag(other)),
        Field::Area | Field::Longitude | Field::Latitude => {
            number(one).zip(number(other)).is_some_and(|(one, other)| (one - other).abs() > SAME)
        }
        Field::Category => category(one) != category(other),
        _ => words(one) != words(other),
    }
}

fn unequal<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// As the column `category_short` has it, in one of its ways.
fn category(text: &str) -> &str {
    match text {
        "Cultural" => "C",
        "Natural" => "N",
        "Mixed" | "C/N" => "M",
        other => other,
    }
}

/// The words in any order: `(i)(iv)` and `iv, i` have the same.
fn words(text: &str) -> Vec<String> {
    let text = clean(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<_> = words.map(str::to_owned).collect();
    words.sort_unstable();
    words
}
