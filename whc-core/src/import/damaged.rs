//! Texts that lost letters on their way, and never win over whole ones.

use encoding_rs::WINDOWS_1252;

use super::finding::Findings;
use crate::site::{Language, Translations, fold};

/// What stands for a letter that an encoding lacks.
const LOST: [char; 2] = ['?', '\u{FFFD}'];

/// Takes over a description or a justification, but not a damaged one, nor the start of one, in place of a whole one.
pub(super) fn take_over_prose(known: &mut Translations, language: Language, told: &str) {
    if !known.get(language).is_some_and(|known| was_cut(told, known, 20)) {
        take_over(known, language, told);
    }
}

/// Takes over a text, but not a damaged one in place of a whole one.
pub(super) fn take_over(known: &mut Translations, language: Language, told: &str) {
    if !known.get(language).is_some_and(|known| is_damaged(told, known)) {
        known.set(language, told);
    }
}

/// Whether `told` is damaged where `known` is whole.
pub(super) fn is_damaged(told: &str, known: &str) -> bool {
    was_cut(told, known, 100)
        || ends_in_a_word(told, known)
        || lost_marks(told, known)
        || (told.contains('\u{FFFD}') && !known.contains('\u{FFFD}'))
        || lost_letters(told, known)
        || (was_read_as_windows_1252(told) && !was_read_as_windows_1252(known))
}

/// Whether most letters of a text became signs of a loss, as those of Russian names in Windows-1252 do: `???????`.
pub(super) fn is_lost(text: &str) -> bool {
    let lost = text.matches(LOST).count();
    lost > 0 && lost > text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether a spreadsheet made something else of a name: a formula, an error, a date, a number, a flag.
pub(super) fn is_no_name(text: &str) -> bool {
    text.starts_with('=')
        // As the error values of spreadsheets in every language: `#NAME?`, `#NV`.
        || text.starts_with('#')
        || !text.contains(char::is_alphabetic)
        || ["true", "false"].iter().any(|flag| text.eq_ignore_ascii_case(flag))
}

/// What to say of texts that are lost.
pub(super) fn warn_of_lost(count: usize, findings: &mut Findings) {
    if count > 0 {
        let found = format!("{count} texts are mostly ? in place of letters that an encoding lacks");
        findings.warn(None, found, "they are left out; save the table as UTF-8");
    }
}

/// Whether a text of this length or more is only the start of the one known: a column had room for so many letters.
fn was_cut(told: &str, known: &str, long: usize) -> bool {
    let start = told.trim_end_matches(['.', '…', ' ']);
    start.len() >= long && told.len() < known.len() && known.starts_with(start)
}

/// Whether a text of some length ends in the midst of a word of the one known.
fn ends_in_a_word(told: &str, known: &str) -> bool {
    const LONG: usize = 30;
    let goes_on = || known.strip_prefix(told).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    told.len() >= LONG && told.ends_with(char::is_alphanumeric) && goes_on()
}

/// Whether the texts differ only by marks of letters, of which one has fewer: `Galapagos`.
fn lost_marks(told: &str, known: &str) -> bool {
    let marked = |text: &str| text.chars().filter(|letter| !letter.is_ascii()).count();
    marked(told) < marked(known) && fold(told) == fold(known)
}

/// Whether the texts differ only by letters that became signs of a loss.
pub(super) fn lost_letters(told: &str, known: &str) -> bool {
    told != known
        && told.chars().count() == known.chars().count()
        && told.chars().zip(known.chars()).all(|(told, known)| told == known || LOST.contains(&told))
}

/// Whether the text is UTF-8 that was read as Windows-1252: `GalÃ¡pagos`.
pub(super) fn was_read_as_windows_1252(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    !unmappable && std::str::from_utf8(&bytes).is_ok()
}

/// The text before UTF-8 was read as Windows-1252, or as Latin 1, if that is what happened to it: `GalÃ¡pagos`.
pub(super) fn repaired(text: &str) -> Option<String> {
    if was_read_as_windows_1252(text) {
        return String::from_utf8(WINDOWS_1252.encode(text).0.into_owned()).ok();
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes.filter(|_| !text.is_ascii())?).ok()
}

/// The first entity in a clean text that no list of entities has: `&x;`.
pub(super) fn unknown_entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(start, _)| {
        let name = &text[start + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
        let is_entity =
            end > 0 && name[end..].starts_with(';') && name.starts_with(|c: char| c.is_ascii_alphabetic());
        is_entity.then(|| &text[start..start + end + 2])
    })
}
