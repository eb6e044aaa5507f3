//! Exports of this service itself, in any of its formats and languages: told by their keys, and read as what they are.

mod cells;
mod danger;
mod document;
mod entry;
mod merge;
mod records;
mod table;
mod unfit;

pub(super) use self::document::read;
pub(super) use self::entry::Entry;
pub(super) use self::merge::Merger;
use crate::site::field::SiteField;

/// Keys that no export of UNESCO has. One of them has to be there: `id` and `name` alone are anybody's.
const MARKS: [&str; 13] = [
    "names",
    "language",
    "criteria_complete",
    "danger_since",
    "danger_past",
    "status",
    "year_left",
    "left",
    "superseded_by",
    "states_name",
    "component_count",
    "wikidata",
    "extended",
];

/// Keys of no field: what the year in which a site left was called before, and what is there on demand.
const OTHERS: [&str; 2] = ["left", "curated"];

/// Whether records with these keys are ours: each of them is, and one is only ours.
fn is_ours<'a>(keys: impl IntoIterator<Item = &'a str>) -> bool {
    let (mut has_id, mut has_mark) = (false, false);
    for key in keys {
        if !OTHERS.contains(&key) && SiteField::named(key).is_none() {
            return false;
        }
        has_id |= key == "id";
        has_mark |= MARKS.contains(&key);
    }
    has_id && has_mark
}
