//! Text as search and alphabetical order see it: without case, accents and other differences of writing.

use std::iter::once;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` without the differences that a search ignores.
///
/// Compatibility forms are resolved (NFKD), marks are dropped (accents, Arabic vowel signs, hamza on a carrier), as are
/// the Arabic tatweel and signs that are not seen; letters are lower case; `ß æ œ ø đ ð þ ł ı ħ ŧ` and `ς` become what
/// people type instead; all alefs are one, and so are `ى` and `ي`, `ة` and `ه`.
///
/// ```
/// use whc_core::site::fold;
/// assert_eq!(fold("Škocjan & Þingvellir"), "skocjan & thingvellir");
/// assert_eq!(fold("Лёвый"), fold("левыи"));
/// assert_eq!(fold("آثَار"), fold("اثار"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|letter| fold_letter(letter, &mut folded));
    folded
}

/// Appends what becomes of one letter. Normalisation puts marks in an order, and so looks at neighbours; but marks are
/// all dropped.
fn fold_letter(letter: char, folded: &mut String) {
    let letters = once(letter).nfkd().flat_map(char::to_lowercase).nfkd();
    for letter in letters.filter(|letter| !is_dropped(*letter)) {
        match spelling(letter) {
            Some(spelling) => folded.push_str(spelling),
            None => folded.push(letter),
        }
    }
}

/// Folds many texts: remembers what becomes of the letters of most alphabets.
#[derive(Debug)]
pub(super) struct Folding {
    /// By the number of the letter.
    known: Vec<Option<Box<str>>>,
}

impl Folding {
    /// Where the alphabets end and the signs of East Asia begin.
    const ALPHABETS: usize = 0x2e80;

    /// The same as [`fold`].
    pub(super) fn fold(&mut self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        let mut folded = String::with_capacity(text.len());
        text.chars().for_each(|letter| self.fold_letter(letter, &mut folded));
        folded
    }

    fn fold_letter(&mut self, letter: char, folded: &mut String) {
        match self.known.get_mut(letter as usize) {
            Some(known) => folded.push_str(known.get_or_insert_with(|| {
                let mut known = String::new();
                fold_letter(letter, &mut known);
                known.into()
            })),
            // Chinese characters need no change.
            None if matches!(letter, '\u{4e00}'..='\u{9fff}') => folded.push(letter),
            None => fold_letter(letter, folded),
        }
    }
}

impl Default for Folding {
    fn default() -> Self {
        Self { known: vec![None; Self::ALPHABETS] }
    }
}

/// The words of a folded text: runs of letters and digits. A run of Chinese characters is a word of its own.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|letter: char| !is_letter(letter)).flat_map(runs)
}

/// Whether this is a letter or a digit. Those that folded texts are mostly made of need no search through the tables of Unicode.
fn is_letter(letter: char) -> bool {
    is_common(letter) || letter.is_alphanumeric()
}

/// A letter or digit of the six languages, as folding leaves it.
fn is_common(letter: char) -> bool {
    matches!(letter, '0'..='9' | 'a'..='z' | 'а'..='я' | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}'
        | '\u{4e00}'..='\u{9fff}')
}

/// Whether this is a Chinese character: text of those has no spaces between words.
pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Splits where Chinese characters begin or end.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|letter| is_han(letter) != is_han(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// Marks, tatweel, soft hyphen, joiners, and the letters that stand for an apostrophe (`Hawaiʻi`).
fn is_dropped(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(letter, '\u{2b9}'..='\u{2bf}')
}

/// What to write for letters that normalisation keeps.
fn spelling(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ς' => "σ",
        '\u{671}' => "\u{627}",
        '\u{649}' => "\u{64a}",
        '\u{629}' => "\u{647}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::is_common;

    #[test]
    fn common_letters_are_letters_of_unicode() {
        let common = ('\0'..=char::MAX).filter(|letter| is_common(*letter));
        let (letters, others): (Vec<_>, Vec<_>) = common.partition(|letter| letter.is_alphanumeric());
        assert_eq!((letters.len() > 20_000, others), (true, vec![]));
    }
}
