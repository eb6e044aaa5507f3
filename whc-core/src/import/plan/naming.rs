//! Names that are none of their site: of another one, of several rows, in another script, or the English one over a translation.

use std::collections::{HashMap, HashSet};

use super::identity::Taken;
use crate::import::finding::{Findings, quoted};
use crate::import::statement::Statement;
use crate::site::{Language, Names, Site, Translations, fold, text_name};

/// How many rows may have the same name in a language.
const SHARED: usize = 2;

/// Judges the names of one file.
pub(super) struct Naming {
    pub(super) taken: &'static Taken,
    /// The names that too many rows have.
    shared: HashSet<(Language, String)>,
}

impl Naming {
    pub(super) fn new(taken: &'static Taken) -> Self {
        Self { taken, shared: HashSet::new() }
    }

    /// Counts the names of all rows.
    pub(super) fn count(&mut self, statements: &[impl Statement]) {
        let mut rows: HashMap<_, usize> = HashMap::new();
        for statement in statements {
            for (language, name) in statement.names().iter() {
                *rows.entry((language, fold(name))).or_default() += 1;
            }
        }
        self.shared = rows.into_iter().filter(|(_, rows)| *rows > SHARED).map(|(name, _)| name).collect();
    }

    /// Gives back to a site its names `before` where it has none of its own; without one there is none.
    pub(super) fn settle(&self, site: &mut Site, before: &Translations, findings: &mut Findings) {
        let told = site.names.translations();
        let mut names = told.clone();
        for (language, name) in told.iter().filter(|(language, name)| before.get(*language) != Some(name)) {
            let known = before.get(language);
            if let Some(fault) = self.fault(site, language, name, known) {
                findings.warn(
                    text_name("name", language),
                    format!("{} {fault}", quoted(name)),
                    "it is left out",
                );
                names.set(language, known.unwrap_or_default());
            }
        }
        if let Ok(names) = Names::try_from(names) {
            site.names = names;
        }
    }

    /// Why a name is none of the site.
    fn fault(&self, site: &Site, language: Language, name: &str, known: Option<&str>) -> Option<String> {
        if let Some(other) = self.taken.by_another(site.id, language, name) {
            return Some(format!("is the name of site {other}"));
        }
        if !name.chars().any(|letter| is_of(language, letter)) {
            return Some(format!("has no letter of its language, {language}"));
        }
        if self.shared.contains(&(language, fold(name))) {
            return Some("is the name in several rows".to_owned());
        }
        let is_english = language != Language::English && known.is_some() && name == site.names.english();
        is_english.then(|| "is the English name".to_owned())
    }
}

/// Whether a letter is of the script of a language. Latin letters stand in names of every other one too.
fn is_of(language: Language, letter: char) -> bool {
    match language {
        Language::English | Language::French | Language::Spanish => letter.is_alphabetic(),
        Language::Russian => matches!(letter, '\u{400}'..='\u{52f}'),
        Language::Arabic => matches!(letter, '\u{600}'..='\u{6ff}'),
        Language::Chinese => matches!(letter, '\u{3400}'..='\u{9fff}'),
    }
}
