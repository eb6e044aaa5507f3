//! The words of all sites, so that a search looks at similar words only.

use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::bitset::Bitset;
use super::collection::{Collected, Collection, Standing};
use super::words::Words;
use super::{index, number, part};
use crate::parallel;
use crate::site::Site;
use crate::site::query::search::Search;

/// Fewer sites than this are not worth a thread.
const FEW: usize = 256;

/// Every word with the sites it occurs in. Gives the same scores as [`Search::score`].
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: Words,
    /// By word, and by position for each word.
    standings: Vec<Standing>,
    /// Where the entries of each word begin, and finally where those of the last word end.
    starts: Vec<u32>,
    sites: usize,
}

impl Vocabulary {
    /// The words of these sites.
    pub(super) fn new(sites: &[Arc<Site>]) -> Self {
        let some = sites.len().div_ceil(parallel::threads()).max(FEW);
        let starts = (0..sites.len()).step_by(some);
        let parts = starts.map(|start| (start, &sites[start..sites.len().min(start + some)])).collect();
        let collected = parallel::map(parts, |(start, sites)| Collected::from_sites(number(start), sites));
        Self::from_parts(&collected, sites.len())
    }

    /// The words of parts of the list, which follow each other, as those of one.
    fn from_parts(parts: &[Collected], sites: usize) -> Self {
        let mut words: Vec<&str> =
            parts.iter().flat_map(|part| part.words.iter().map(|word| &**word)).collect();
        #[expect(
            clippy::stable_sort_primitive,
            reason = "each part is in order, and the stable sort merges them"
        )]
        words.sort();
        words.dedup();
        // For each part, where its words are among all.
        let places = parts.iter().map(|part| places(&part.words, &words)).collect::<Vec<_>>();
        let found = || {
            parts.iter().zip(&places).flat_map(|(part, places)| {
                part.found.iter().map(|(word, standing)| (index(places[index(*word)]), *standing))
            })
        };
        // The entries of a word begin after those of all words before it.
        let mut starts = vec![0; words.len() + 1];
        found().for_each(|(word, _)| starts[word + 1] += 1);
        (1..starts.len()).for_each(|word| starts[word] += starts[word - 1]);
        let mut free: Vec<u32> = starts.clone();
        let mut standings = vec![Standing::default(); index(starts[words.len()])];
        for (word, standing) in found() {
            standings[index(free[word])] = standing;
            free[word] += 1;
        }
        Self { words: Words::from_sorted(words), standings, starts, sites }
    }

    /// This vocabulary, of sites of which some have changed: those at these positions, which are in order. A word that is in
    /// no site any more stays, and is found in none.
    pub(super) fn with(&self, changed: &[u32], sites: &[Arc<Site>]) -> Self {
        let mut collection = Collection::default();
        for &position in changed {
            collection.add(position, &sites[index(position)]);
        }
        let collected = collection.sorted();
        let all = collected.words.iter().map(|word| &**word);
        let new: Vec<_> = all.filter(|word| self.words.find(word).is_none()).collect();
        let words = self.words.with(&new);
        // By the number that a word has now.
        let numbered = |(word, standing): &(u32, Standing)| {
            words.find(&collected.words[index(*word)]).map(|word| (word, *standing))
        };
        let mut added: Vec<_> = collected.found.iter().filter_map(numbered).collect();
        added.sort_unstable_by_key(|(word, standing)| (*word, standing.position()));
        let stays = |standing: &Standing| changed.binary_search(&standing.position()).is_err();
        let (standings, starts) = self.merge(&words, &new, &added, stays);
        Self { words, standings, starts, sites: self.sites }
    }

    /// The standings of `words`, which are those here and `new` ones: those here that stay, and those added.
    fn merge(
        &self,
        words: &Words,
        new: &[&str],
        added: &[(u32, Standing)],
        stays: impl Fn(&Standing) -> bool,
    ) -> (Vec<Standing>, Vec<u32>) {
        let (mut added, mut new) = (added.iter().peekable(), new.iter().peekable());
        let mut standings = Vec::with_capacity(self.standings.len());
        let (mut starts, mut before) = (vec![0], 0);
        for word in 0..words.count() {
            let from = standings.len();
            if new.next_if(|new| words.is(word, new)).is_none() {
                standings.extend(self.standings(before).iter().filter(|standing| stays(standing)));
                before += 1;
            }
            let kept = standings.len();
            while let Some((_, standing)) = added.next_if(|(number, _)| *number == word) {
                standings.push(*standing);
            }
            if kept < standings.len() {
                standings[from..].sort_unstable_by_key(|standing| standing.position());
            }
            starts.push(number(standings.len()));
        }
        (standings, starts)
    }

    /// The sites that match all words of the search.
    pub(super) fn find(&self, search: &Search) -> Found {
        let mut found = Found::default();
        for word in search.words() {
            let (positions, points) = self.points(word);
            if found.points.is_empty() {
                found.positions = positions;
            } else {
                found.positions &= positions;
            }
            found.points.push(points);
        }
        found
    }

    /// The sites that match a word, and the points of each.
    fn points(&self, word: &str) -> (RoaringBitmap, Vec<u8>) {
        let (mut found, mut best) = (Bitset::empty(self.sites), vec![0_u8; self.sites]);
        self.words.like(word, |number, likeness| {
            for standing in self.standings(number) {
                let known = &mut best[index(standing.position())];
                *known = (likeness + standing.points()).max(*known);
                found.insert(standing.position());
            }
        });
        (found.positions(), best)
    }

    fn standings(&self, number: u32) -> &[Standing] {
        let word = index(number);
        &self.standings[index(self.starts[word])..index(self.starts[word + 1])]
    }
}

/// The result of a search.
#[derive(Debug, Default)]
pub(super) struct Found {
    positions: RoaringBitmap,
    /// For each word of the search its points in every site.
    points: Vec<Vec<u8>>,
}

impl Found {
    /// The sites in which all words are found, which are not needed for their order.
    pub(super) fn take_positions(&mut self) -> RoaringBitmap {
        std::mem::take(&mut self.positions)
    }

    /// The part at `span` of `positions`, which must be of the result, ordered by score.
    pub(super) fn by_relevance(
        &self,
        positions: &RoaringBitmap,
        descending: bool,
        span: Range<usize>,
    ) -> Vec<u32> {
        let rank = |position: u32| {
            let score: u32 = self.points.iter().map(|points| u32::from(points[index(position)])).sum();
            (if descending { score } else { u32::MAX - score }, position)
        };
        let ranks = positions.iter().map(rank).collect();
        part(ranks, span, Ord::cmp).into_iter().map(|(_, position)| position).collect()
    }
}

/// Where each of `some` is among `all`; both are in order.
fn places(some: &[Box<str>], all: &[&str]) -> Vec<u32> {
    let mut rest = (0..).zip(all.iter().copied());
    some.iter().filter_map(|word| rest.find(|(_, other)| **other == **word)).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Collected, Vocabulary, number};
    use crate::site::query::search::Search;
    use crate::site::{Site, embedded};

    #[test]
    fn what_changes_is_found_as_in_a_vocabulary_made_anew() {
        let embedded = embedded().unwrap();
        let before: Vec<_> = embedded.iter().take(300).cloned().map(Arc::new).collect();
        let mut after = before.clone();
        let changed = [0, 7, 8, 299];
        for (place, other) in changed.into_iter().zip([600, 1000, 700, 900]) {
            let site = Site { names: embedded[other].names.clone(), ..Site::clone(&before[place]) };
            after[place] = Arc::new(site);
        }
        let vocabulary = Vocabulary::new(&before);
        let patched = vocabulary.with(&changed.map(number), &after);
        let anew = Vocabulary::new(&after);
        let words = embedded.iter().flat_map(|site| site.names.translations().iter());
        for text in words.flat_map(|(_, name)| name.split_whitespace()) {
            let Ok(search) = Search::new(text) else { continue };
            let [one, other] = [&patched, &anew].map(|vocabulary| vocabulary.find(&search));
            assert_eq!((one.positions, one.points), (other.positions, other.points), "{text}");
        }
        // Once more, back to where it began.
        let back = patched.with(&changed.map(number), &before);
        for text in ["galapagos", "quito", "長城", "muro"] {
            let search = Search::new(text).unwrap();
            let [one, other] = [&back, &vocabulary].map(|vocabulary| vocabulary.find(&search));
            assert_eq!((one.positions, one.points), (other.positions, other.points), "{text}");
        }
    }

    #[test]
    fn parts_make_the_same_vocabulary_as_the_whole() {
        let sites: Vec<_> = embedded().unwrap().into_iter().take(300).map(Arc::new).collect();
        let of_parts = |length: usize| {
            let starts = (0_u32..).step_by(length);
            let parts =
                starts.zip(sites.chunks(length)).map(|(start, part)| Collected::from_sites(start, part));
            let vocabulary = Vocabulary::from_parts(&parts.collect::<Vec<_>>(), sites.len());
            format!("{:?} {:?}", vocabulary.standings, vocabulary.starts)
        };
        let whole = of_parts(sites.len());
        for length in [1, 7, 299] {
            assert_eq!(of_parts(length), whole, "parts of {length}");
        }
    }
}
