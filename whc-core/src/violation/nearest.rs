//! The name that was most probably meant, cheap enough for every name of a request that is wrong.

/// The nearest of the `known` names to `given`, if it is near enough to be what was meant.
pub(crate) fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    // Only the start is compared, since the time grows with the length of what a client sends.
    let given: String = given.chars().take(64).collect::<String>().to_lowercase();
    let (letters, set) = (given.chars().count(), letter_set(&given));
    let slips = |name: &str| 1 + name.len() / 4;
    known
        .iter()
        // A slip changes the length by one letter at most, and brings in one other letter: that rules out most names.
        .filter(|name| letters.abs_diff(name.chars().count()) <= slips(name))
        .filter(|name| (set & !letter_set(name)).count_ones() as usize <= slips(name))
        .map(|name| (strsim::osa_distance(&given, &name.to_lowercase()), *name))
        .filter(|(distance, name)| *distance <= slips(name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Which letters a text has, in either case: a bit for each, or for some of them.
fn letter_set(text: &str) -> u64 {
    text.chars().fold(0, |set, letter| set | 1 << (u32::from(letter.to_ascii_lowercase()) % u64::BITS))
}
