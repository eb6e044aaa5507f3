//! Cleaning of texts: no markup, no entities, no invisible characters, single spaces, NFC.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::site::is_invisible;

/// Elements that end a line or a block, so that a space must stay between what is before and after.
const BLOCKS: [&str; 18] = [
    "blockquote",
    "br",
    "div",
    "dd",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "table",
    "td",
    "tr",
    "ul",
];

/// `text` as plain text on one line.
///
/// Entities may be encoded twice over, and markup may hide in them or behind invisible characters, so all are undone
/// until nothing changes; four rounds bound the work. A `<` that opens no tag stays, and so do joiners (U+200C, U+200D), which carry meaning.
pub(super) fn clean(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    for _ in 0..4 {
        let decoded = html_escape::decode_html_entities(&*text);
        let visible: String = decoded.chars().filter(|c| !is_invisible(*c)).collect();
        let stripped = without_tags(&visible);
        if stripped == *text {
            break;
        }
        text = Cow::Owned(stripped);
    }
    spaced(&text)
}

/// The text without white space and invisible marks around it, which come along when a cell is copied from a page.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Drops tags and comments; those of blocks leave a space.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Known beforehand, so that not every start of a comment looks for an end that is not there.
    let after_comments = text.rfind("-->").map_or(0, |end| text.len() - end);
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        if let Some((length, name)) = tag_at(tag, tag.len() > after_comments && after_comments > 0) {
            if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
                plain.push(' ');
            }
            rest = &tag[length..];
        } else {
            plain.push('<');
            rest = &tag[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// The length and the name of the tag that `text` starts with, if it does: `<`, perhaps `/`, a Latin letter, and `>`
/// before the next `<`.
fn tag_at(text: &str, comments_end: bool) -> Option<(usize, &str)> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with("!--") {
        return if comments_end { Some((inside.find("-->")? + 4, "!--")) } else { None };
    }
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inside.find(['<', '>']).filter(|end| inside[*end..].starts_with('>'))?;
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric())?];
    Some((end + 2, name))
}

/// Collapses white space and composes.
fn spaced(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let at_start = plain.is_empty() || plain.ends_with(' ');
        if c.is_whitespace() {
            if !at_start {
                plain.push(' ');
            }
        } else if !(at_start && is_combining(c)) {
            plain.push(c);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain.nfc().collect()
}

/// A combining diacritic. After a space it is an error: one name has lost the letter before it.
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}
