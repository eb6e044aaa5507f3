//! What differs between a site before and after.

use super::{Language, Point, Site, StateParty, Status, Translations};

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field, as the documents of the web interface name it where they have it; texts with their language at the
    /// end, as in `name_fr`.
    pub field: &'static str,
    /// The value before, empty where there was none.
    pub before: String,
    /// The value after.
    pub after: String,
}

/// The fields that differ, in a fixed order; none only if the sites are equal but for the id.
#[must_use]
pub fn difference(before: &Site, after: &Site) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let pairs = [
        ("name", before.names.translations(), after.names.translations()),
        ("short_description", &before.short_descriptions, &after.short_descriptions),
        ("justification", &before.justifications, &after.justifications),
    ];
    for (stem, before, after) in pairs {
        add_texts(&mut changes, stem, before, after);
    }
    for (field, differs, show) in FIELDS {
        if differs(before, after) {
            changes.push(FieldChange { field, before: show(before), after: show(after) });
        }
    }
    changes
}

/// A field: its name, whether it differs, and how to show it.
type Field = (&'static str, fn(&Site, &Site) -> bool, fn(&Site) -> String);

const FIELDS: [Field; 14] = [
    ("category", |a, b| a.category != b.category, |site| site.category.to_string()),
    ("criteria", |a, b| a.criteria != b.criteria, |site| site.criteria.to_string()),
    (
        "criteria_complete",
        |a, b| a.criteria_complete != b.criteria_complete,
        |site| site.criteria_complete.to_string(),
    ),
    ("regions", |a, b| a.regions != b.regions, |site| site.regions.to_string()),
    ("states", |a, b| a.states != b.states, |site| joined(&site.states, state)),
    ("date_inscribed", |a, b| a.inscribed != b.inscribed, |site| site.inscribed.to_string()),
    ("extended", |a, b| a.extended != b.extended, |site| joined(&site.extended, ToString::to_string)),
    ("danger", |a, b| a.danger != b.danger, |site| site.danger.to_string()),
    ("status", |a, b| a.status != b.status, |site| status(site.status)),
    ("transboundary", |a, b| a.transboundary != b.transboundary, |site| site.transboundary.to_string()),
    ("coordinates", |a, b| a.point != b.point, |site| optional(site.point, point)),
    ("area_hectares", |a, b| a.area != b.area, |site| optional(site.area, |area| area.get().to_string())),
    ("components", |a, b| a.components != b.components, |site| format!("{} parts", site.components.len())),
    ("wikidata", |a, b| a.wikidata != b.wikidata, |site| optional(site.wikidata, |item| item.to_string())),
];

fn add_texts(changes: &mut Vec<FieldChange>, stem: &str, before: &Translations, after: &Translations) {
    for language in Language::ALL {
        let text = |texts: &Translations| texts.get(language).unwrap_or_default().to_owned();
        let (before, after) = (text(before), text(after));
        if before != after {
            changes.push(FieldChange { field: text_name(stem, language), before, after });
        }
    }
}

fn optional<T>(value: Option<T>, show: impl Fn(T) -> String) -> String {
    value.map(show).unwrap_or_default()
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
    let words = [
        Some(status.name().to_owned()),
        status.left().map(|year| year.to_string()),
        status.superseded_by().map(|by| format!("by {by}")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `name_en` and the like, for changes and findings.
pub(crate) fn text_name(stem: &str, language: Language) -> &'static str {
    const NAMES: [[&str; 6]; 3] = [
        ["name_en", "name_fr", "name_es", "name_ru", "name_ar", "name_zh"],
        [
            "short_description_en",
            "short_description_fr",
            "short_description_es",
            "short_description_ru",
            "short_description_ar",
            "short_description_zh",
        ],
        [
            "justification_en",
            "justification_fr",
            "justification_es",
            "justification_ru",
            "justification_ar",
            "justification_zh",
        ],
    ];
    let names = match stem {
        "name" => NAMES[0],
        "short_description" => NAMES[1],
        _ => NAMES[2],
    };
    names[language as usize]
}
