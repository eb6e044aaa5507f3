//! The difference between actual and expected sites, in a few lines.

use std::borrow::Borrow;
use std::fmt::Debug;

use super::Outcome;
use crate::site::{Site, SiteId, differ_in_last_place, difference};

/// How many sites, and how many fields of one, a message shows.
const SHOWN: usize = 5;
/// How much of a value a message shows, in characters.
const WIDTH: usize = 120;

/// Fails unless both are equal.
pub(super) fn equal<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Outcome {
    if found == expected { Ok(()) } else { Err(format!("{what} is\n{found:#?}\ninstead of\n{expected:#?}")) }
}

/// Fails unless both are the same items in the same order; shows the first that differ.
pub(super) fn equal_items<T: PartialEq + Debug>(what: &str, found: &[T], expected: &[T]) -> Outcome {
    let Some(at) = (0..found.len().max(expected.len())).find(|at| found.get(*at) != expected.get(*at)) else {
        return Ok(());
    };
    let item = |items: &[T]| items.get(at).map_or_else(|| "nothing".to_owned(), |item| format!("{item:#?}"));
    let [found_item, expected_item] = [found, expected].map(item);
    let (number, found, expected) = (at + 1, found.len(), expected.len());
    Err(format!(
        "{what} has {found} items, expected {expected}; number {number} is\n{found_item}\ninstead of\n{expected_item}"
    ))
}

/// Fails unless both are the same sites in the same order; shows the ids or the fields that differ.
pub(super) fn equal_sites(
    what: &str,
    found: &[impl Borrow<Site>],
    expected: &[impl Borrow<Site>],
) -> Outcome {
    let ids = [ids(found), ids(expected)];
    if ids[0] != ids[1] {
        return Err(format!("{what} has the ids {:?}\ninstead of {:?}", ids[0], ids[1]));
    }
    let pairs = found.iter().zip(expected).map(|(found, expected)| (found.borrow(), expected.borrow()));
    let different: Vec<_> = pairs.filter(|(found, expected)| found != expected).collect();
    if different.is_empty() {
        return Ok(());
    }
    let mut lines = vec![format!("{what} differs")];
    lines.extend(different.iter().take(SHOWN).map(|(found, expected)| site(found, expected)));
    lines.extend((different.len() > SHOWN).then(|| format!("and {} sites more", different.len() - SHOWN)));
    Err(lines.join("\n"))
}

fn ids(sites: &[impl Borrow<Site>]) -> Vec<u32> {
    sites.iter().map(|site| site.borrow().id).map(SiteId::get).collect()
}

/// The fields of a site that differ.
fn site(found: &Site, expected: &Site) -> String {
    let mut lines = vec![format!("site {}:", found.id)];
    let changes = difference(expected, found);
    for change in changes.iter().take(SHOWN) {
        let [before, after] = [&change.before, &change.after].map(|text| shortened(text));
        lines.push(format!("  {} is {after:?} instead of {before:?}", change.field));
    }
    lines.extend((changes.len() > SHOWN).then(|| format!("  and {} fields more", changes.len() - SHOWN)));
    lines.extend(component(found, expected));
    if differ_in_last_place(found, expected) {
        let advice = "does it keep all digits? serde_json reads them with its feature float_roundtrip only";
        lines.push(format!("  the numbers differ in the last place only: {advice}"));
    }
    lines.join("\n")
}

/// The first component that differs: a difference has their number only.
fn component(found: &Site, expected: &Site) -> Option<String> {
    let mut pairs = found.components.iter().zip(&expected.components).enumerate();
    let (at, (found, expected)) = pairs.find(|(_, (found, expected))| found != expected)?;
    Some(format!("  component {} is {found:?}\n    instead of {expected:?}", at + 1))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
