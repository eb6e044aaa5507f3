//! What differs between a site before and after.

use super::field::{Compared, Presentation, SiteField};
use super::{Language, Site, Translations};

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field, by its name in JSON where it has one; texts with their language at the end, as in `name_fr`.
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
    for (field, compared) in SiteField::compared() {
        match compared {
            Compared::Texts(names, texts) => add_texts(&mut changes, names, texts(before), texts(after)),
            Compared::Value(value) => {
                let [before, after] = [before, after].map(|site| value(site, Presentation::default()));
                if before != after {
                    let [before, after] = [before, after].map(|value| value.to_text(", "));
                    changes.push(FieldChange { field: field.name, before, after });
                }
            }
        }
    }
    changes
}

/// Whether the sites differ in numbers only, and by no more than rounding.
#[cfg(feature = "testing")]
pub(crate) fn differ_in_last_place(one: &Site, other: &Site) -> bool {
    let near = |compared| match compared {
        Compared::Texts(_, texts) => texts(one) == texts(other),
        Compared::Value(value) => {
            let [one, other] = [one, other].map(|site| value(site, Presentation::default()));
            one.is_near(&other)
        }
    };
    one != other && SiteField::compared().all(|(_, compared)| near(compared))
}

fn add_texts(
    changes: &mut Vec<FieldChange>,
    names: [&'static str; Language::ALL.len()],
    before: &Translations,
    after: &Translations,
) {
    for (language, field) in Language::ALL.into_iter().zip(names) {
        let [before, after] = [before, after].map(|texts| texts.get(language).unwrap_or_default());
        if before != after {
            changes.push(FieldChange { field, before: before.to_owned(), after: after.to_owned() });
        }
    }
}
