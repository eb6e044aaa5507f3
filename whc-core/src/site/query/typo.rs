//! Typing slips.

/// Whether one text becomes the other by at most one slip: a letter inserted, left out or replaced, or two neighbours
/// swapped (a Damerau-Levenshtein distance of at most 1).
pub(super) fn within_one_typo(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let alike: usize = alike.map(|(letter, _)| letter.len_utf8()).sum();
    let (one, other) = (&one[alike..], &other[alike..]);
    let (mut after_one, mut after_other) = (one.chars(), other.chars());
    // Only the first letters that differ can be the slip; what comes after must be the same.
    let (first, other_first) = (after_one.next(), after_other.next());
    let (rest, other_rest) = (after_one.as_str(), after_other.as_str());
    let swapped = || {
        after_one.clone().next() == other_first
            && after_other.clone().next() == first
            && after_one.clone().skip(1).eq(after_other.clone().skip(1))
    };
    rest == other_rest || rest == other || one == other_rest || swapped()
}
