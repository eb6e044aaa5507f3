//! The groups of fields that lists are written with most: a snapshot has their texts ready.

use std::sync::LazyLock;

use super::{Key, SiteField};

/// A group of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldGroup {
    /// Every key of a site in a list.
    Whole,
    /// What a row on a screen shows, without the long texts.
    Summary,
}

impl FieldGroup {
    /// All groups.
    pub(crate) const ALL: [Self; 2] = [Self::Whole, Self::Summary];

    /// Whether this field belongs to the group; a distance does where there is one.
    pub(crate) fn has(self, field: &SiteField) -> bool {
        match field.key {
            Key::Near => true,
            Key::Always | Key::Never => self == Self::Whole || field.in_summary,
            Key::Single | Key::Stored => false,
        }
    }

    /// Its fields where no distance is asked for, in the order of JSON.
    pub(crate) fn fields(self) -> &'static [&'static SiteField] {
        static FIELDS: LazyLock<[Vec<&SiteField>; FieldGroup::ALL.len()]> = LazyLock::new(|| {
            FieldGroup::ALL.map(|group| {
                let all = SiteField::all().iter();
                all.filter(|field| field.key == Key::Always && group.has(field)).collect()
            })
        });
        &FIELDS[self as usize]
    }
}
