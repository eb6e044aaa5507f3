//! The words of many sites, so that a search looks at each word once instead of at every text of every site.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::fold::words;
use super::search::{Search, SearchTexts, likeness};
use crate::site::Site;

/// Every word of some sites, with the sites it stands in. Gives the same scores as [`Search::score`].
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<(Box<str>, Vec<Standing>)>,
    sites: usize,
}

/// A site a word stands in, by its position, and what the best of the texts it stands in adds to it.
#[derive(Debug)]
struct Standing {
    site: usize,
    points: u32,
}

impl Vocabulary {
    /// The words of these sites.
    pub(crate) fn of(sites: &[Arc<Site>]) -> Self {
        let mut all: BTreeMap<Box<str>, Vec<Standing>> = BTreeMap::new();
        for (site, texts) in sites.iter().map(|site| SearchTexts::of(site)).enumerate() {
            let mut best: HashMap<&str, u32> = HashMap::new();
            for (points, text) in texts.iter() {
                for word in words(text) {
                    let known = best.entry(word).or_default();
                    *known = points.max(*known);
                }
            }
            for (word, points) in best {
                all.entry(word.into()).or_default().push(Standing { site, points });
            }
        }
        Self { words: all.into_iter().collect(), sites: sites.len() }
    }

    /// The score of every site, `None` for those that do not match.
    pub(crate) fn scores(&self, search: &Search) -> Vec<Option<u32>> {
        let mut scores = vec![Some(0); self.sites];
        for asked in search.words() {
            for (score, points) in scores.iter_mut().zip(self.points(asked)) {
                *score = score.zip(points).map(|(score, points)| score + points);
            }
        }
        scores
    }

    fn points(&self, asked: &str) -> Vec<Option<u32>> {
        let mut best = vec![None; self.sites];
        for (found, standings) in &self.words {
            let Some(likeness) = likeness(asked, found) else { continue };
            for Standing { site, points } in standings {
                best[*site] = best[*site].max(Some(likeness + points));
            }
        }
        best
    }
}
