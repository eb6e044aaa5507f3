//! The words that occur in some sites.

use std::sync::Arc;

use foldhash::HashMap;

use super::{index, number};
use crate::site::Site;
use crate::site::query::fold::{Folding, words};
use crate::site::query::search::texts;

/// A site with a word: its position, and in the last two bits the points of the best text with the word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing(u32);

impl Standing {
    pub(super) fn new(position: u32, points: u8) -> Self {
        Self(position << 2 | u32::from(points))
    }

    pub(super) fn position(self) -> u32 {
        self.0 >> 2
    }

    pub(super) fn points(self) -> u8 {
        (self.0 & 0b11) as u8
    }
}

/// The words of some sites, in order, and where they occur.
pub(super) struct Collected {
    pub(super) words: Vec<Box<str>>,
    /// By the place of the word in `words`; sites ascending for each word.
    pub(super) found: Vec<(u32, Standing)>,
}

impl Collected {
    /// Of the sites that begin at this position.
    pub(super) fn from_sites(start: u32, sites: &[Arc<Site>]) -> Self {
        let mut collection = Collection::default();
        for (position, site) in (start..).zip(sites) {
            collection.add(position, site);
        }
        collection.sorted()
    }
}

/// Collects words in the order in which they occur.
#[derive(Default)]
pub(super) struct Collection {
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
    pub(super) fn add(&mut self, position: u32, site: &Site) {
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

    pub(super) fn sorted(mut self) -> Collected {
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
