//! Notes on single facts: where one comes from, if not from an official file, or how sure it is.

use std::collections::BTreeMap;
use std::fmt;

use super::{FieldName, Site, differing};
use crate::error::{Error, Result};

/// Notes on the facts of a site, each by the name of its field in the history: `danger`, `name_fr`. Plain text in English.
///
/// A note is about the value that stands there: where that changes and the note does not, the note goes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<FieldName, Box<str>>);

impl Notes {
    /// The field that has them, on which there are none.
    const OWN: &'static str = "notes";

    /// Notes that are read from texts by field. Those on no field are left out, since a later program may know it; so are
    /// blank ones.
    pub(crate) fn known<F: AsRef<str>, T: AsRef<str>>(notes: impl IntoIterator<Item = (F, T)>) -> Self {
        let notes = notes.into_iter().filter_map(|(field, note)| {
            let field = FieldName::find(field.as_ref()).filter(|field| field.as_str() != Self::OWN)?;
            Some((field, note.as_ref().trim().into())).filter(|(_, note): &(_, Box<str>)| !note.is_empty())
        });
        Self(notes.collect())
    }

    /// These notes.
    ///
    /// # Errors
    /// One is on the notes themselves.
    pub fn new(notes: impl IntoIterator<Item = (FieldName, String)>) -> Result<Self> {
        let notes: BTreeMap<_, Box<str>> =
            notes.into_iter().map(|(field, note)| (field, note.trim().into())).collect();
        if notes.keys().any(|field| field.as_str() == Self::OWN) {
            return Err(Error::invalid("there are no notes on notes"));
        }
        Ok(Self(notes.into_iter().filter(|(_, note)| !note.is_empty()).collect()))
    }

    /// The note on a field.
    #[must_use]
    pub fn get(&self, field: FieldName) -> Option<&str> {
        self.0.get(&field).map(|note| &**note)
    }

    /// All of them, in the order of differences.
    pub fn iter(&self) -> impl Iterator<Item = (FieldName, &str)> {
        self.0.iter().map(|(field, note)| (*field, &**note))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.0).finish()
    }
}

/// The site without notes on values that were there before and are not any more.
pub(crate) fn without_outdated_notes(before: &Site, mut after: Site) -> Site {
    if !after.notes.is_empty() {
        let changed: Vec<_> = differing(before, &after).map(|(field, ..)| field).collect();
        let outdated = |field| changed.contains(field) && after.notes.get(*field) == before.notes.get(*field);
        let kept = after.notes.0.iter().filter(|(field, _)| !outdated(field));
        after.notes = Notes(kept.map(|(field, note)| (*field, note.clone())).collect());
    }
    after
}

/// The notes of `noted` on facts that are the same of `site`.
#[cfg(feature = "import")]
pub(crate) fn notes_on_the_same(noted: &Site, site: &Site) -> Notes {
    if noted.notes.is_empty() {
        return Notes::default();
    }
    let differing: Vec<_> = differing(noted, site).map(|(field, ..)| field).collect();
    let same = noted.notes.0.iter().filter(|(field, _)| !differing.contains(field));
    Notes(same.map(|(field, note)| (*field, note.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::{Notes, without_outdated_notes};
    use crate::site::{FieldName, Hectares, Site, Year, embedded};

    fn notes(fields: &[&str], note: &str) -> Notes {
        let named = |field: &&str| (field.parse::<FieldName>().unwrap(), note.to_owned());
        Notes::new(fields.iter().map(named)).unwrap()
    }

    #[test]
    fn a_note_goes_with_the_value_it_is_about() {
        let site = embedded().unwrap().swap_remove(1);
        let noted = Site { notes: notes(&["date_inscribed", "area_hectares"], "from the press"), ..site };
        let same = without_outdated_notes(&noted, noted.clone());
        assert_eq!(same, noted);
        let moved = Site { inscribed: Year::new(1999).unwrap(), ..noted.clone() };
        let after = without_outdated_notes(&noted, moved.clone());
        assert_eq!(after.notes, notes(&["area_hectares"], "from the press"));
        let renoted = Site { notes: notes(&["date_inscribed"], "from a letter"), ..moved };
        assert_eq!(without_outdated_notes(&noted, renoted.clone()), renoted);
        let unnoted =
            Site { notes: Notes::default(), area: Some(Hectares::new(7.0).unwrap()), ..noted.clone() };
        assert_eq!(without_outdated_notes(&noted, unnoted.clone()), unnoted);
    }

    #[test]
    fn there_are_no_notes_on_notes_and_none_that_are_blank() {
        let on_notes = [("notes".parse().unwrap(), "?".to_owned())];
        assert!(Notes::new(on_notes).unwrap_err().is_invalid());
        assert!(notes(&["danger"], "  ").is_empty());
        assert!(Notes::known([("notes", "?"), ("no_field", "?"), ("danger", " ")]).is_empty());
    }
}
