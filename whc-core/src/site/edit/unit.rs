//! The keys that can be written, those that are valid together only as one.

use super::keys;
use crate::site::field::SiteField;
use crate::site::{Site, Translations};

/// Keys that are valid together only, beside the one they are read with.
const COMPANIONS: [(&str, &[&str]); 3] = [
    ("danger", &["danger_since", "danger_past"]),
    ("longitude", &["latitude"]),
    ("status", &["year_left", "superseded_by"]),
];

/// What is written at once.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    /// The value of a field, with its companions.
    Value(&'static SiteField, &'static [&'static str]),
    /// A text in one language.
    Text(&'static SiteField, fn(&mut Site) -> &mut Translations),
}

impl Unit {
    /// Every unit, in the order of the keys.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        keys().filter_map(Self::of)
    }

    fn of(field: &'static SiteField) -> Option<Self> {
        match field.name {
            "short_description" => Some(Self::Text(field, |site| &mut site.short_descriptions)),
            "justification" => Some(Self::Text(field, |site| &mut site.justifications)),
            name if field.is_read() => {
                let companions = COMPANIONS.iter().find(|(leader, _)| *leader == name);
                Some(Self::Value(field, companions.map_or(&[], |(_, companions)| companions)))
            }
            _ => None,
        }
    }

    /// Its fields, the one they are read with first.
    pub(super) fn fields(self) -> impl Iterator<Item = &'static SiteField> {
        let (first, companions): (_, &[&str]) = match self {
            Self::Value(first, companions) => (first, companions),
            Self::Text(first, _) => (first, &[]),
        };
        std::iter::once(first).chain(companions.iter().filter_map(|name| SiteField::named(name)))
    }
}

/// Whether the key can be written.
pub(super) fn is_written(key: &str) -> bool {
    Unit::all().any(|unit| unit.fields().any(|field| field.name == key))
}
