//! Whether a text is about its site, by the words of the site's name and those of others.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::import::basis::Basis;
use crate::site::{Language, Site, SiteId, fold};

/// Shorter words are of every site.
const LONG: usize = 5;

/// The names of the sites on the list compiled in that have two words, by language: a text that has both is about it.
pub(super) struct Subjects(HashMap<Language, Vec<(SiteId, Vec<String>)>>);

impl Subjects {
    /// Made once: a program that plans more than one import plans many.
    pub(super) fn of(basis: &Basis<'_>) -> &'static Self {
        static SUBJECTS: OnceLock<Subjects> = OnceLock::new();
        SUBJECTS.get_or_init(|| Self::read(basis))
    }

    fn read(basis: &Basis<'_>) -> Self {
        let mut subjects: HashMap<_, Vec<_>> = HashMap::new();
        for site in basis.compiled_all() {
            for (language, name) in
                site.names.translations().iter().filter(|(language, _)| *language != Language::Chinese)
            {
                let words = words(language, &fold(name));
                if words.len() > 1 {
                    subjects.entry(language).or_default().push((site.id, words));
                }
            }
        }
        Self(subjects)
    }

    /// Whether a text, which is folded, has all words of another site's name than that of `id`.
    pub(super) fn has_another(&self, id: SiteId, language: Language, text: &str) -> bool {
        let others = self.0.get(&language).into_iter().flatten().filter(|(of, _)| *of != id);
        others.into_iter().any(|(_, words)| words.iter().all(|word| text.contains(word)))
    }
}

/// Whether a text, which is folded, has a word of the site's name in its language, or two signs of it in Chinese. Nine of ten official ones in each
/// language do, and one of five of those of another site. `None` where the name has no word that tells.
pub(super) fn is_about(site: &Site, language: Language, text: &str) -> Option<bool> {
    let words = words(language, &fold(site.names.translations().get(language)?));
    (!words.is_empty()).then(|| words.iter().any(|word| text.contains(word)))
}

/// The words of a name that tell it from others.
fn words(language: Language, name: &str) -> Vec<String> {
    if language == Language::Chinese {
        let letters: Vec<_> = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
        return letters.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() >= LONG).map(str::to_owned).collect()
}
