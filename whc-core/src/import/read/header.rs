//! Where the header of a table is: a title and blank lines may stand above it.

use super::field::{Field, normalized};
use crate::error::{Error, Result};

/// How far down a header is looked for.
pub(super) const SEARCHED: usize = 10;

/// The place of the header among the first lines: the first with a key, else that with the most columns known by name.
pub(super) fn place<'a>(lines: impl Iterator<Item = &'a [String]>) -> usize {
    let first: Vec<_> = lines.take(SEARCHED).collect();
    let with_key = first.iter().position(|cells| has_key(cells));
    // Of equals the first one.
    let likely =
        || first.iter().enumerate().rev().max_by_key(|(_, cells)| known(cells.iter().map(String::as_str)));
    with_key.or_else(|| likely().map(|(at, _)| at)).unwrap_or_default()
}

/// The header among the lines of a table.
pub(super) fn of<'a>(mut lines: impl Iterator<Item = &'a [String]> + Clone) -> Option<&'a [String]> {
    let place = place(lines.clone());
    lines.nth(place)
}

/// Whether any of the columns holds the key.
pub(super) fn has_key(header: &[String]) -> bool {
    header.iter().any(|cell| Field::is_key(&normalized(cell)))
}

/// Refuses a table that has the names of columns below each other, and a site in each column.
pub(super) fn refuse_turned<'a>(lines: impl Iterator<Item = &'a [String]> + Clone) -> Result<()> {
    let is_header = |names: &[&str]| {
        known(names.iter().copied()) > 1 && names.iter().any(|name| Field::is_key(&normalized(name)))
    };
    let header: Vec<_> = of(lines.clone()).into_iter().flatten().map(String::as_str).collect();
    let first: Vec<_> = lines.filter_map(|cells| cells.first().map(String::as_str)).collect();
    if is_header(&header) || !is_header(&first) {
        return Ok(());
    }
    Err(Error::refused(
        "the table is turned: the names of its columns stand below each other in the first one, and each site has a column; \
         transpose it, so that each site has a row",
    ))
}

/// How many of these are names of columns.
pub(super) fn known<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.filter(|name| Field::named(&normalized(name)).is_some()).count()
}
