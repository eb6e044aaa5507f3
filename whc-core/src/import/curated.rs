//! What curators have set: the file does not change it, unless the operator says so.

use std::collections::BTreeSet;

use super::finding::{Findings, quoted};
use crate::site::{FieldName, Site, differing};

/// Keeps the fields with a mark as they are `known`, but those that are overruled, and reports where the file differs.
pub(super) fn keep(
    site: &mut Site,
    known: &Site,
    marks: &BTreeSet<FieldName>,
    overruled: &BTreeSet<FieldName>,
    findings: &mut Findings,
) {
    if marks.is_empty() {
        return;
    }
    let differing = differing(known, site).filter(|(field, ..)| marks.contains(field));
    let differing: Vec<_> =
        differing.map(|(field, known, told)| (field, known.to_text(", "), told.to_text(", "))).collect();
    for (field, known_text, told) in differing {
        let name = field.as_str();
        findings.forget(name);
        let found = format!("the file has {}, a curator has set {}", quoted(&told), quoted(&known_text));
        if overruled.contains(&field) {
            findings.warn(name, found, "the file's is taken, and is no longer the curator's");
        } else {
            field.take_over(site, known);
            let done = format!("the curator's is kept; --overrule {name} takes the file's");
            findings.warn(name, found, &done);
        }
    }
}
