//! What differs between a site before and after.

use super::field::text_name;
use crate::site::{Language, Point, Site, StateParty, Status, Translations};

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field, as the statistics file names its column where it has one.
    pub field: &'static str,
    /// The value before, empty where there was none.
    pub before: String,
    /// The value after.
    pub after: String,
}

/// The fields that differ, in a fixed order.
pub(super) fn between(before: &Site, after: &Site) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let pairs = [
        ("name", before.names.translations(), after.names.translations()),
        ("short_description", &before.short_descriptions, &after.short_descriptions),
        ("justification", &before.justifications, &after.justifications),
    ];
    for (stem, before, after) in pairs {
        add_texts(&mut changes, stem, before, after);
    }
    for (field, show) in FIELDS {
        add(&mut changes, field, show(before), show(after));
    }
    if before.components != after.components && !changes.iter().any(|change| change.field == "components") {
        // As many as before, elsewhere.
        let count = |site: &Site| format!("{} parts", site.components.len());
        changes.push(FieldChange { field: "components", before: count(before), after: count(after) });
    }
    changes
}

/// How to show a field.
type Show = fn(&Site) -> String;

const FIELDS: [(&str, Show); 13] = [
    ("category", |site| site.category.to_string()),
    ("criteria_txt", |site| site.criteria.to_string()),
    ("criteria_complete", |site| site.criteria_complete.to_string()),
    ("region_en", |site| site.regions.to_string()),
    ("states", |site| joined(&site.states, state)),
    ("date_inscribed", |site| site.inscribed.to_string()),
    ("secondary_dates", |site| joined(&site.extended, ToString::to_string)),
    ("danger", |site| site.danger.to_string()),
    ("status", |site| status(site.status)),
    ("transboundary", |site| site.transboundary.to_string()),
    ("coordinates", |site| site.point.map(point).unwrap_or_default()),
    ("area_hectares", |site| site.area.map(|area| area.get().to_string()).unwrap_or_default()),
    ("components", |site| format!("{} parts", site.components.len())),
];

fn add_texts(changes: &mut Vec<FieldChange>, stem: &str, before: &Translations, after: &Translations) {
    for language in Language::ALL {
        let text = |texts: &Translations| texts.get(language).unwrap_or_default().to_owned();
        add(changes, text_name(stem, language), text(before), text(after));
    }
}

fn add(changes: &mut Vec<FieldChange>, field: &'static str, before: String, after: String) {
    if before != after {
        changes.push(FieldChange { field, before, after });
    }
}

fn joined<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    values.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn state(state: &StateParty) -> String {
    state.iso.map_or_else(|| state.name.to_string(), |iso| format!("{iso} {}", state.name))
}

fn point(point: Point) -> String {
    format!("{}, {}", point.longitude(), point.latitude())
}

fn status(status: Status) -> String {
    status.left().map_or_else(|| status.name().to_owned(), |year| format!("{} {year}", status.name()))
}
