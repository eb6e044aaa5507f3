//! What happened to a site does not unhappen: facts that a file newer than what is known cannot have otherwise.

use crate::site::{Danger, FieldName, Site};

/// Whether `told` has a field as it was before something that is known: a danger before it began or ended, a site before it was
/// extended or left.
pub(super) fn undoes(field: FieldName, known: &Site, told: &Site) -> bool {
    match field.as_str() {
        "danger" => !continues(&known.danger, &told.danger),
        "extended" => known.extended.iter().any(|year| !told.extended.contains(year)),
        "status" => known.status.left().is_some(),
        _ => false,
    }
}

/// Whether `told` says what is known of a danger, and perhaps what came after it.
fn continues(known: &Danger, told: &Danger) -> bool {
    let has_past = known.past().iter().all(|period| told.past().contains(period));
    let goes_on = if let Some(since) = known.since() {
        told.since() == Some(since) || told.past().iter().any(|period| period.from() == since)
    } else {
        let last = known.past().iter().map(|period| period.to()).max();
        told.since().is_none_or(|since| last.is_none_or(|last| since >= last))
    };
    has_past && goes_on
}
