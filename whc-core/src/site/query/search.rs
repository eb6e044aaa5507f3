//! Search in the texts of a site: what matches, and how well.

use super::fold::{fold, is_han, words};
use super::typo::within_one_typo;
use crate::error::{Error, Result};
use crate::site::{Language, Site};

/// Words looked for in names and descriptions. All of them must be found, each in any of the texts.
///
/// A word is found where a text has it, has a word that starts with it, or, from five letters on, has a word that is
/// one slip away (a letter missing, too many, wrong, or two swapped). Chinese is found wherever it stands, since its
/// words have no spaces between them. Case, accents and such never matter: see [`fold`](crate::site::fold).
///
/// ```
/// use whc_core::{Category, Names, Search, Site, SiteId, Year};
/// let names = Names::new("Galápagos Islands")?;
/// let site = Site::new(SiteId::new(1)?, names, Category::Natural, Year::new(1978)?);
/// assert_eq!(Search::new("galapagos")?.score(&site), Some(33));
/// assert_eq!(Search::new("GALAPGAOS isl")?.score(&site), Some(13 + 23));
/// assert_eq!(Search::new("galapagos turtles")?.score(&site), None);
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
}

impl Search {
    /// The longest text to look for, in characters.
    pub const MAX_LETTERS: usize = 200;
    /// The most words to look for.
    pub const MAX_WORDS: usize = 12;

    /// A search for the words of `text`.
    ///
    /// # Errors
    /// Texts over [`MAX_LETTERS`](Self::MAX_LETTERS) or [`MAX_WORDS`](Self::MAX_WORDS), and those without any letter
    /// or digit, are invalid.
    pub fn new(text: &str) -> Result<Self> {
        let letters = text.chars().take(Self::MAX_LETTERS + 1).count();
        if letters > Self::MAX_LETTERS {
            return Err(Error::invalid(format!("a search has up to {} characters", Self::MAX_LETTERS)));
        }
        let words: Vec<_> = words(&fold(text)).map(str::to_owned).collect();
        match words.len() {
            0 => Err(Error::invalid("a search needs a word to look for")),
            1..=Self::MAX_WORDS => Ok(Self { words }),
            many => Err(Error::invalid(format!("a search has up to {} words, not {many}", Self::MAX_WORDS))),
        }
    }

    /// The words, folded.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How well `site` matches, `None` if it does not.
    ///
    /// Each word gives the points of the best place it is found in, from 11 to 33: 30 as it is, 20 at the start of a
    /// word (or within Chinese), 10 with a slip; and 3 in the English name, 2 in another name, 1 in a description. The
    /// score is their sum.
    #[must_use]
    pub fn score(&self, site: &Site) -> Option<u32> {
        let texts: Vec<_> = texts(site).map(|(points, text)| (points, fold(text))).collect();
        self.words.iter().map(|word| points(word, &texts).map(u32::from)).sum()
    }
}

/// The texts of a site that are searched, and what each adds to a word found in it, the most first: its names, short
/// descriptions and justifications in all languages.
pub(super) fn texts(site: &Site) -> impl Iterator<Item = (u8, &str)> {
    let names = site.names.translations().iter().map(|(language, name)| {
        let points = if language == Language::English { 3 } else { 2 };
        (points, name)
    });
    let descriptions = site.short_descriptions.iter().chain(site.justifications.iter());
    names.chain(descriptions.map(|(_, text)| (1, text)))
}

/// The points of the best place `word` is found in.
fn points(word: &str, texts: &[(u8, String)]) -> Option<u8> {
    let found = |(points, text): &(u8, String)| {
        words(text).filter_map(|found| likeness(word, found)).max().map(|likeness| likeness + points)
    };
    texts.iter().filter_map(found).max()
}

/// The points for the word `found` of a text where `wanted` is searched for, both folded.
pub(super) fn likeness(wanted: &str, found: &str) -> Option<u8> {
    let chinese = wanted.starts_with(is_han);
    if wanted == found {
        Some(30)
    } else if found.starts_with(wanted) || (chinese && found.contains(wanted)) {
        Some(20)
    } else if may_have_a_slip(wanted) && within_one_typo(wanted, found) {
        Some(10)
    } else {
        None
    }
}

/// Whether a word may match with a slip: if it is long enough and not Chinese.
pub(super) fn may_have_a_slip(wanted: &str) -> bool {
    const LETTERS: usize = 5;
    wanted.chars().nth(LETTERS - 1).is_some() && !wanted.starts_with(is_han)
}
