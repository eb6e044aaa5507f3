//! What a text is to people and to terminals: whether anything of it shows, and what in it is an order instead of a letter.

use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};

/// Letters and symbols that show nothing: the fillers of Hangul, and Braille without a dot.
const FILLERS: [char; 5] = ['\u{115F}', '\u{1160}', '\u{2800}', '\u{3164}', '\u{FFA0}'];

/// Whether nothing of a text shows. Joiners, selectors and the like show by what they do to letters, not by themselves.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

fn is_invisible(letter: char) -> bool {
    let by_category = matches!(
        letter.general_category(),
        Category::Control
            | Category::Format
            | Category::NonspacingMark
            | Category::EnclosingMark
            | Category::SpaceSeparator
            | Category::LineSeparator
            | Category::ParagraphSeparator
    );
    by_category || FILLERS.contains(&letter)
}

/// Whether this is no letter but an order to whatever shows the text: to a terminal, to break a line, or to turn the
/// direction of what follows (UAX 9), by which a name could show as another.
pub(crate) fn is_order(letter: char) -> bool {
    letter.is_control()
        || is_break(letter)
        || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether it begins a line.
pub(crate) fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{is_blank, is_order};

    #[test]
    fn what_nobody_sees_is_blank() {
        let ranges = [
            '\u{9}'..='\u{d}',
            ' '..=' ',
            '\u{a0}'..='\u{a0}',
            '\u{ad}'..='\u{ad}',
            '\u{34f}'..='\u{34f}',
            '\u{61c}'..='\u{61c}',
            '\u{115f}'..='\u{1160}',
            '\u{17b4}'..='\u{17b5}',
            '\u{180b}'..='\u{180f}',
            '\u{2000}'..='\u{200f}',
            '\u{2028}'..='\u{202f}',
            '\u{205f}'..='\u{2064}',
            '\u{2066}'..='\u{206f}',
            '\u{2800}'..='\u{2800}',
            '\u{3000}'..='\u{3000}',
            '\u{3164}'..='\u{3164}',
            '\u{fe00}'..='\u{fe0f}',
            '\u{feff}'..='\u{feff}',
            '\u{ffa0}'..='\u{ffa0}',
            '\u{e0001}'..='\u{e0001}',
            '\u{e0020}'..='\u{e007f}',
            '\u{e0100}'..='\u{e01ef}',
        ];
        for letter in ranges.into_iter().flatten() {
            assert!(is_blank(&format!(" {letter}\u{200d}")), "{}", letter.escape_unicode());
            assert!(!is_blank(&format!("{letter}x")), "{}", letter.escape_unicode());
        }
        assert!(is_blank(""));
    }

    #[test]
    fn names_of_all_scripts_show_and_order_nothing() {
        for name in [
            "Ada",
            "O\u{2019}Brien",
            "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
            "\u{915}\u{94d}\u{200d}\u{937}",
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
            "\u{5d0}\u{200f}!",
            "e\u{301}",
            "\u{845b}\u{e0100}",
            "\u{1f469}\u{200d}\u{1f4bb}",
            "-",
            "7",
        ] {
            assert!(!is_blank(name) && !name.contains(is_order), "{name}");
        }
    }

    #[test]
    fn what_orders_is_no_letter() {
        for letter in "\0\t\n\u{7f}\u{85}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}".chars() {
            assert!(is_order(letter), "{}", letter.escape_unicode());
        }
    }
}
