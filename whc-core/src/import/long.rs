//! Texts longer than any of an export: to clean and compare them takes long, and they say nothing.

use super::finding::Findings;

/// The most bytes of a text. The longest of an export, a justification, has 4000, and a list of components 80 000.
const MAX_TEXT: usize = 1 << 20;

/// The most bytes of a fact or a list of them; those of an export have 300.
const MAX_FACT: usize = 1 << 12;

/// Whether a text is longer than any of an export.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > MAX_TEXT
}

/// Whether a fact, as a number or a list of codes, is longer than any of an export.
pub(super) fn is_long_fact(text: &str) -> bool {
    text.len() > MAX_FACT
}

/// What to say of texts that are left out because they are too long.
pub(super) fn warn_of_long(count: usize, findings: &mut Findings) {
    if count > 0 {
        let found = format!("{count} texts are longer than any of an export");
        findings.warn(None, found, "they are left out");
    }
}
