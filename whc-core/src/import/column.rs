//! What a column as a whole shows: how its numbers are written.

use enumset::EnumSet;

use super::field::Field;
use super::finding::{Findings, quoted};
use super::numeral::{Numeral, Use, are_thousands};
use super::row::Listing;

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
