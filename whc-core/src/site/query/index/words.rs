//! Many words, and a search for similar ones that does not look at each.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::{index, number};
use crate::site::query::fold::is_han;
use crate::site::query::search::{likeness, may_have_a_slip};

/// Folded words, each once, known by their number in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The letters of all words, without separators.
    letters: String,
    /// Where each ends in `letters`.
    ends: Vec<usize>,
    /// Those long enough for a slip, in the order of their letters from the last to the first.
    reversed: Vec<u32>,
    /// Those with each Chinese character, ascending.
    chinese: HashMap<char, Vec<u32>>,
}

impl Words {
    /// These words, which must be in order and each there once.
    pub(super) fn from_sorted<'a>(sorted: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for word in sorted {
            words.add(word);
        }
        let mut reversed = std::mem::take(&mut words.reversed);
        reversed.sort_by_cached_key(|word| Reversed::new(words.get(*word)));
        words.reversed = reversed;
        words
    }

    /// These words with others, which must be in order and not among them. Their numbers grow by how many of the others come
    /// before them.
    pub(super) fn with(&self, others: &[&str]) -> Self {
        let place = |word: &&str| partition_point(0..self.count(), |known| self.get(known) < *word);
        let places: Vec<_> = others.iter().map(place).collect();
        let mut words = Self::default();
        let mut rest = places.iter().zip(others).peekable();
        for known in 0..=self.count() {
            while let Some((_, other)) = rest.next_if(|(place, _)| **place == known) {
                words.add(other);
            }
            if known < self.count() {
                words.letters.push_str(self.get(known));
                words.ends.push(words.letters.len());
            }
        }
        let moved = |known: &u32| known + number(places.partition_point(|place| place <= known));
        let new = std::mem::take(&mut words.reversed);
        words.reversed = words.with_reversed(&self.reversed.iter().map(moved).collect::<Vec<_>>(), new);
        for (character, having) in &self.chinese {
            let all = words.chinese.entry(*character).or_default();
            all.extend(having.iter().map(moved));
            all.sort_unstable();
        }
        words
    }

    /// Those of `known`, which are in the order of `reversed`, and those of `new` in that order. Each of the new ones looks for
    /// its place, so that the letters of few others are read.
    fn with_reversed(&self, known: &[u32], mut new: Vec<u32>) -> Vec<u32> {
        new.sort_by_cached_key(|word| Reversed::new(self.get(*word)));
        let mut all = Vec::with_capacity(known.len() + new.len());
        let mut rest = known;
        for word in new {
            let key = Reversed::new(self.get(word));
            let place = rest.partition_point(|other| Reversed::new(self.get(*other)) < key);
            let (before, behind) = rest.split_at(place);
            all.extend_from_slice(before);
            all.push(word);
            rest = behind;
        }
        all.extend_from_slice(rest);
        all
    }

    /// The number of this word.
    pub(super) fn find(&self, wanted: &str) -> Option<u32> {
        let place = partition_point(0..self.count(), |word| self.get(word) < wanted);
        (place < self.count() && self.is(place, wanted)).then_some(place)
    }

    /// Whether this is the word with that number.
    pub(super) fn is(&self, number: u32, word: &str) -> bool {
        self.get(number) == word
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        number(self.ends.len())
    }

    fn add(&mut self, word: &str) {
        let this = number(self.ends.len());
        self.letters.push_str(word);
        self.ends.push(self.letters.len());
        if !word.starts_with(is_han) {
            self.reversed.push(this);
            return;
        }
        for character in word.chars() {
            let having = self.chinese.entry(character).or_default();
            if having.last() != Some(&this) {
                having.push(this);
            }
        }
    }

    /// Calls `each` with every word that matches `wanted`, and how well it does; with some words more than once.
    pub(super) fn like(&self, wanted: &str, mut each: impl FnMut(u32, u8)) {
        let mut consider = |word| {
            if let Some(likeness) = likeness(wanted, self.get(word)) {
                each(word, likeness);
            }
        };
        if wanted.starts_with(is_han) {
            self.with_all_characters(wanted).iter().copied().for_each(consider);
        } else if may_have_a_slip(wanted) {
            let (start, end) = intact(wanted);
            self.starting(start).for_each(&mut consider);
            self.ending(end).iter().copied().for_each(consider);
        } else {
            self.starting(wanted).for_each(consider);
        }
    }

    fn get(&self, word: u32) -> &str {
        let word = index(word);
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[word]]
    }

    /// The words that start with `start`.
    fn starting(&self, start: &str) -> Range<u32> {
        let first = partition_point(0..self.count(), |word| self.get(word) < start);
        first..partition_point(first..self.count(), |word| self.get(word).starts_with(start))
    }

    /// The words that end with `end`.
    fn ending(&self, end: &str) -> &[u32] {
        let first = self.reversed.partition_point(|word| self.get(*word).chars().rev().lt(end.chars().rev()));
        let rest = &self.reversed[first..];
        &rest[..rest.partition_point(|word| self.get(*word).ends_with(end))]
    }

    /// Candidates for `wanted` in Chinese: the words with its rarest character.
    fn with_all_characters(&self, wanted: &str) -> &[u32] {
        let having = |character| self.chinese.get(&character).map_or(&[][..], Vec::as_slice);
        wanted.chars().map(having).min_by_key(|having| having.len()).unwrap_or_default()
    }
}

/// A word to be ordered by its letters from the last to the first.
#[derive(Clone, Copy)]
struct Reversed<'a> {
    /// The last letters as a number, the very last one as its highest digit: most words differ in them.
    end: u128,
    word: &'a str,
}

impl<'a> Reversed<'a> {
    fn new(word: &'a str) -> Self {
        const BITS: u32 = (char::MAX as u32).ilog2() + 1;
        const LETTERS: u32 = u128::BITS / BITS;
        let letters = word.chars().rev().map(u128::from).chain(std::iter::repeat(0));
        let end = letters.take(LETTERS as usize).fold(0, |end, letter| end << BITS | letter);
        Self { end, word }
    }
}

impl Ord for Reversed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.end.cmp(&other.end).then_with(|| self.word.chars().rev().cmp(other.word.chars().rev()))
    }
}

impl PartialOrd for Reversed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reversed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Reversed<'_> {}

/// The start and the end of a word, one of which is unchanged by any single slip. A slip is in one letter or two
/// neighbours, so one letter in the middle belongs to neither.
fn intact(word: &str) -> (&str, &str) {
    let letters = word.chars().count();
    let half = letters.saturating_sub(1) / 2;
    let place = |letter| word.char_indices().nth(letter).map_or(word.len(), |(place, _)| place);
    (&word[..place(half)], &word[place(half + 1)..])
}

/// The first in the range for which `is_before` does not hold; it must hold for all before that and for none after.
fn partition_point(mut range: Range<u32>, is_before: impl Fn(u32) -> bool) -> u32 {
    while !range.is_empty() {
        let middle = range.start + (range.end - range.start) / 2;
        if is_before(middle) {
            range.start = middle + 1;
        } else {
            range.end = middle;
        }
    }
    range.start
}
