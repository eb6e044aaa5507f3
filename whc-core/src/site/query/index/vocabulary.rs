//! The words of all sites, so that a search looks at similar words only.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;
use roaring::RoaringBitmap;

use super::bitset::Bitset;
use super::words::Words;
use super::{index, number, part};
use crate::parallel;
use crate::site::Site;
use crate::site::query::fold::{Folding, words};
use crate::site::query::search::{Search, texts};

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

/// A site with a word: its position, and in the last two bits the points of the best text with the word.
#[derive(Clone, Copy, Debug, Default)]
struct Standing(u32);

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

impl Standing {
    fn new(position: u32, points: u8) -> Self {
        Self(position << 2 | u32::from(points))
    }

    fn position(self) -> u32 {
        self.0 >> 2
    }

    fn points(self) -> u8 {
        (self.0 & 0b11) as u8
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

/// The words of some sites, in order, and where they occur.
struct Collected {
    words: Vec<Box<str>>,
    /// By the place of the word in `words`; sites ascending for each word.
    found: Vec<(u32, Standing)>,
}

impl Collected {
    /// Of the sites that begin at this position.
    fn from_sites(start: u32, sites: &[Arc<Site>]) -> Self {
        let mut collection = Collection::default();
        for (position, site) in (start..).zip(sites) {
            collection.add(position, site);
        }
        collection.sorted()
    }
}

/// Collects words in the order in which they occur.
#[derive(Default)]
struct Collection {
    folding: Folding,
    words: HashMap<Box<str>, Met>,
    found: Vec<(u32, Standing)>,
}

/// A word that was met.
struct Met {
    /// The words are counted as they come.
    number: u32,
    /// The last site it occurred in.
    last: u32,
}

impl Collection {
    fn add(&mut self, position: u32, site: &Site) {
        for (points, text) in texts(site) {
            let folded = self.folding.fold(text);
            for word in words(&folded) {
                // Texts come by points, so the first one with a word is the best.
                if let Some(word) = self.meet(word, position) {
                    self.found.push((word, Standing::new(position, points)));
                }
            }
        }
    }

    /// The number of a word, unless it was met in this site before.
    fn meet(&mut self, word: &str, position: u32) -> Option<u32> {
        let number = number(self.words.len());
        match self.words.get_mut(word) {
            Some(met) if met.last == position => None,
            Some(met) => {
                met.last = position;
                Some(met.number)
            }
            None => {
                self.words.insert(word.into(), Met { number, last: position });
                Some(number)
            }
        }
    }

    fn sorted(mut self) -> Collected {
        let mut sorted: Vec<_> =
            self.words.into_iter().map(|(word, met)| (start(&word), word, met)).collect();
        sorted.sort_unstable_by(|(start, word, _), (other, next, _)| (start, word).cmp(&(other, next)));
        let mut places = vec![0; sorted.len()];
        for (place, (_, _, met)) in (0..).zip(&sorted) {
            places[index(met.number)] = place;
        }
        self.found.iter_mut().for_each(|(word, _)| *word = places[index(*word)]);
        Collected { words: sorted.into_iter().map(|(_, word, _)| word).collect(), found: self.found }
    }
}

/// The first bytes of a word as a number: those in order are words in order, without a look at the words themselves.
fn start(word: &str) -> u64 {
    let mut bytes = [0; size_of::<u64>()];
    word.bytes().zip(&mut bytes).for_each(|(byte, place)| *place = byte);
    u64::from_be_bytes(bytes)
}

/// Where each of `some` is among `all`; both are in order.
fn places(some: &[Box<str>], all: &[&str]) -> Vec<u32> {
    let mut rest = (0..).zip(all.iter().copied());
    some.iter().filter_map(|word| rest.find(|(_, other)| **other == **word)).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Collected, Vocabulary};
    use crate::site::embedded;

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
