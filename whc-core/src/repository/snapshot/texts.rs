//! The JSON of all sites of a snapshot, prepared to be sent.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use crate::site::Language;
use crate::site::field::FieldGroup;
use crate::site::json::Form;

/// What kind of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextKind {
    pub(crate) form: Form,
    pub(crate) fields: FieldGroup,
    pub(crate) language: Language,
}

impl TextKind {
    /// Every kind there is.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let forms = Form::ALL.into_iter();
        let pairs = forms.flat_map(|form| FieldGroup::ALL.map(|fields| (form, fields)));
        pairs.flat_map(|(form, fields)| Language::ALL.map(|language| Self { form, fields, language }))
    }

    /// Whether somebody is sure to ask for it: what comes where a request says nothing.
    pub(super) fn is_common(self) -> bool {
        self.form == Form::Object && self.language == Language::English
    }
}

/// From how many texts the length of all is estimated.
const SAMPLE: usize = 1000;

/// A text for each site of a snapshot in one buffer, separated by commas: consecutive ones are the inside of a JSON
/// array, and are sent without a copy.
#[derive(Debug)]
pub(crate) struct Texts {
    bytes: Bytes,
    /// Where the text of each site ends; the next one starts after the comma.
    ends: Box<[usize]>,
}

impl Texts {
    /// `write` appends the text of the site at a position.
    pub(super) fn new(sites: usize, write: impl Fn(usize, &mut Vec<u8>)) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(sites));
        for position in 0..sites {
            if position > 0 {
                bytes.push(b',');
            }
            if position == SAMPLE {
                // Growing step by step would copy all of it again and again.
                bytes.reserve(bytes.len() / SAMPLE * sites);
            }
            write(position, &mut bytes);
            ends.push(bytes.len());
        }
        bytes.shrink_to_fit();
        Self { bytes: bytes.into(), ends: ends.into() }
    }

    /// These texts with others at the positions `changed`, which are in order.
    fn with(&self, changed: &[usize], write: impl Fn(usize, &mut Vec<u8>)) -> Self {
        let (mut bytes, mut ends) =
            (Vec::with_capacity(self.bytes.len()), Vec::with_capacity(self.ends.len()));
        let mut next = 0;
        for &position in changed.iter().chain([&self.ends.len()]) {
            // All of them between two that change, with their commas.
            if next < position {
                let start = self.start(next);
                let shift = bytes.len().wrapping_sub(start);
                bytes.extend_from_slice(&self.bytes[start..self.ends[position - 1]]);
                ends.extend(self.ends[next..position].iter().map(|end| end.wrapping_add(shift)));
            }
            if position < self.ends.len() {
                if position > next {
                    bytes.push(b',');
                }
                write(position, &mut bytes);
                ends.push(bytes.len());
                if position + 1 < self.ends.len() {
                    bytes.push(b',');
                }
            }
            next = position + 1;
        }
        Self { bytes: bytes.into(), ends: ends.into() }
    }

    /// Where the text of the site at a position begins.
    fn start(&self, position: usize) -> usize {
        position.checked_sub(1).map_or(0, |before| self.ends[before] + 1)
    }

    /// The texts of the sites at these positions, with commas between; there must be one at least.
    pub(crate) fn run(&self, positions: Range<usize>) -> Bytes {
        self.bytes.slice(self.start(positions.start)..self.ends[positions.end - 1])
    }
}

/// The texts of each kind.
#[derive(Debug, Default)]
pub(super) struct TextsByKind([[[LazyTexts; Language::ALL.len()]; FieldGroup::ALL.len()]; Form::ALL.len()]);

impl TextsByKind {
    pub(super) fn of(&self, kind: TextKind) -> &LazyTexts {
        &self.0[kind.form as usize][kind.fields as usize][kind.language as usize]
    }
}

/// Texts that are written on demand, all at once. A caller who needs few of them writes those alone.
#[derive(Debug, Default)]
pub(super) struct LazyTexts {
    texts: OnceLock<Texts>,
    /// How many texts were written one by one so far.
    written: AtomicUsize,
}

impl LazyTexts {
    /// The texts, if they are ready or worth writing: once as many texts were written one by one as there are `sites`,
    /// writing all costs no more than what was spent already. `wanted` is how many the caller needs.
    pub(super) fn get(
        &self,
        wanted: usize,
        sites: usize,
        write: impl Fn(usize, &mut Vec<u8>),
    ) -> Option<&Texts> {
        if let Some(texts) = self.texts.get() {
            return Some(texts);
        }
        let written = self.written.fetch_add(wanted, Ordering::Relaxed).saturating_add(wanted);
        (written >= sites).then(|| self.texts.get_or_init(|| Texts::new(sites, write)))
    }

    /// Takes over those of `predecessor`, if they are there, with others at the positions `changed`.
    pub(super) fn inherit(&self, predecessor: &Self, changed: &[usize], write: impl Fn(usize, &mut Vec<u8>)) {
        if let Some(texts) = predecessor.texts.get() {
            self.texts.get_or_init(|| texts.with(changed, write));
        }
    }

    /// Whether the texts are there.
    pub(super) fn is_ready(&self) -> bool {
        self.texts.get().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{LazyTexts, Texts};

    fn number(position: usize, text: &mut Vec<u8>) {
        text.extend_from_slice(position.to_string().as_bytes());
    }

    #[test]
    fn a_run_is_the_inside_of_an_array() {
        let texts = Texts::new(12, number);
        assert_eq!(texts.run(0..12), "0,1,2,3,4,5,6,7,8,9,10,11");
        assert_eq!(texts.run(0..1), "0");
        assert_eq!(texts.run(9..11), "9,10");
    }

    #[test]
    fn texts_with_others_are_those_that_would_be_written() {
        let squared = |position: usize, text: &mut Vec<u8>| number(position * position, text);
        for changed in
            [&[][..], &[0], &[11], &[3, 4, 5], &[0, 1, 7, 11], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]
        {
            let write = |position: usize, text: &mut Vec<u8>| {
                if changed.contains(&position) { squared(position, text) } else { number(position, text) }
            };
            let (patched, written) = (Texts::new(12, number).with(changed, squared), Texts::new(12, write));
            assert_eq!((patched.bytes, patched.ends), (written.bytes, written.ends), "{changed:?}");
        }
        let none = Texts::new(0, number).with(&[], squared);
        assert!(none.bytes.is_empty() && none.ends.is_empty());
    }

    #[test]
    fn texts_are_made_once_as_many_were_written_as_there_are() {
        let texts = LazyTexts::default();
        assert!(texts.get(4, 10, number).is_none());
        assert!(texts.get(5, 10, number).is_none() && !texts.is_ready());
        assert!(texts.get(1, 10, number).is_some() && texts.is_ready());
        assert!(texts.get(1, 10, |_, _| panic!("made twice")).is_some());
    }
}
