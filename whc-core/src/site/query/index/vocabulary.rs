//! The words of all sites, so that a search looks at similar words only.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::bitset::Bitset;
use super::words::Words;
use super::{index, number, part};
use crate::site::Site;
use crate::site::query::fold::{Folding, words};
use crate::site::query::search::{Search, texts};

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
        let mut collection = Collection::new();
        for (position, site) in (0..).zip(sites) {
            collection.add(position, site);
        }
        collection.sorted(sites.len())
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

/// Collects words in the order in which they occur.
struct Collection {
    folding: Folding,
    numbers: HashMap<Box<str>, u32>,
    /// For each word the position after that of the last site it occurred in.
    met: Vec<u32>,
    found: Vec<(u32, Standing)>,
}

impl Collection {
    fn new() -> Self {
        let (numbers, met, found) = (HashMap::new(), Vec::new(), Vec::new());
        Self { folding: Folding::new(), numbers, met, found }
    }

    fn add(&mut self, position: u32, site: &Site) {
        for (points, text) in texts(site) {
            let folded = self.folding.fold(text);
            for word in words(&folded) {
                let known = self.numbers.get(word).copied();
                let word = known.unwrap_or_else(|| self.new_word(word));
                // Texts come by points, so the first one with a word is the best.
                if self.met[index(word)] <= position {
                    self.met[index(word)] = position + 1;
                    self.found.push((word, Standing::new(position, points)));
                }
            }
        }
    }

    fn new_word(&mut self, word: &str) -> u32 {
        let number = number(self.met.len());
        self.met.push(0);
        self.numbers.insert(word.into(), number);
        number
    }

    fn sorted(self, sites: usize) -> Vocabulary {
        let mut sorted: Vec<_> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        for (place, (_, number)) in (0..).zip(&sorted) {
            places[index(*number)] = place;
        }
        // The entries of a word begin after those of all words before it.
        let mut starts = vec![0; sorted.len() + 1];
        self.found.iter().for_each(|(word, _)| starts[index(places[index(*word)]) + 1] += 1);
        (1..starts.len()).for_each(|word| starts[word] += starts[word - 1]);
        let mut free = starts.clone();
        let mut standings = vec![Standing::default(); self.found.len()];
        for (word, standing) in self.found {
            let free: &mut u32 = &mut free[index(places[index(word)])];
            standings[index(*free)] = standing;
            *free += 1;
        }
        Vocabulary {
            words: Words::from_sorted(sorted.iter().map(|(word, _)| &**word)),
            standings,
            starts,
            sites,
        }
    }
}
