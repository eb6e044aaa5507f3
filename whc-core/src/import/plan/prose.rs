//! Descriptions and justifications that are none: in another language, the same for many sites, or of other sites. Nothing
//! that is compiled in tells what is right in a text, so each is judged by itself, by its neighbours and by its site's names.

use std::collections::{BTreeMap, HashMap, HashSet};

use whatlang::{Info, Lang, detect};

use super::runs::{NEIGHBOURS, Run, Runs};
use super::subject::{Subjects, is_about};
use crate::error::{Error, Result};
use crate::import::Export;
use crate::import::basis::Basis;
use crate::import::finding::Findings;
use crate::import::options::Options;
use crate::import::read::value::number;
use crate::site::{FieldName, Language, Site, Translations, fold, text_name};

/// How many sites may have the same text; in official files two of one event do.
const SHARED: usize = 2;

/// How many texts show whether they are about their sites.
const SEVERAL: usize = 10;

/// How many of them show that some are not.
const MANY: usize = 50;

/// One of so many texts may have another site's name instead of its own: of official ones one of thirty do, in French.
const OF_ANOTHER: usize = 25;

/// How many of [`NEIGHBOURS`] texts may lack a word of their site's name: of official ones nine do, in Russian.
const SIDE_BY_SIDE: usize = 12;

/// How much of a text shows its language, in letters.
const START: usize = 1000;

/// Judges the texts of one file.
pub(super) struct Prose {
    /// What too many sites have in common.
    shared: HashSet<String>,
    subjects: &'static Subjects,
    /// How many texts of a field were left out, by what is wrong with them.
    left_out: BTreeMap<(&'static str, &'static str), usize>,
    /// How many texts of a field were looked at.
    counts: BTreeMap<&'static str, Count>,
}

/// Numbers of texts.
#[derive(Clone, Default)]
struct Count {
    all: usize,
    /// Those of sites whose name has a word that tells.
    named: usize,
    /// Those that have such a word.
    about: usize,
    /// Where they are that have none.
    others: Runs,
    /// Those of them that have the name of another site.
    of_another: usize,
    /// Those that end with the end of a sentence.
    ended: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Description,
    Justification,
}

impl Prose {
    pub(super) fn new(export: &Export, basis: &Basis<'_>) -> Self {
        let mut sites: HashMap<String, usize> = HashMap::new();
        for text in export.prose() {
            *sites.entry(without_numbers(text)).or_default() += 1;
        }
        let shared = sites.into_iter().filter(|(_, sites)| *sites > SHARED).map(|(text, _)| text);
        Self {
            shared: shared.collect(),
            subjects: Subjects::of(basis),
            left_out: BTreeMap::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Gives back to `told`, of a row, what is known where its text is none, and counts.
    pub(super) fn settle(&mut self, row: usize, told: &mut Site, known: Option<&Site>) {
        for kind in [Kind::Description, Kind::Justification] {
            let mut kept = Vec::new();
            for (language, text) in kind.texts(told).iter() {
                let before = known.and_then(|known| kind.texts(known).get(language));
                if before == Some(text) {
                    continue;
                }
                let field = text_name(kind.name(), language);
                if let Some(fault) = self.fault(kind, language, text) {
                    *self.left_out.entry((field, fault)).or_default() += 1;
                    kept.push((language, before.unwrap_or_default().to_owned()));
                } else {
                    let folded = fold(text);
                    let is_about = is_about(told, language, &folded);
                    let is_about = is_about.map(|about| about && is_of_kind(kind, language, &folded));
                    let count = self.counts.entry(field).or_default();
                    count.all += 1;
                    count.named += usize::from(is_about.is_some());
                    count.about += usize::from(is_about == Some(true));
                    if is_about == Some(false) {
                        count.others.count(row);
                        count.of_another +=
                            usize::from(self.subjects.has_another(told.id, language, &folded));
                    }
                    count.ended += usize::from(text.ends_with(|last: char| !last.is_alphanumeric()));
                }
            }
            for (language, text) in kept {
                kind.texts_mut(told).set(language, text);
            }
        }
    }

    /// What makes a text none of this language and kind.
    fn fault(&self, kind: Kind, language: Language, text: &str) -> Option<&'static str> {
        if self.shared.contains(&without_numbers(text)) {
            return Some("are the same for several sites");
        }
        let is_word = !text.contains(char::is_whitespace);
        if is_word && (text.contains("://") || number(text).is_some()) {
            return Some("are addresses or numbers");
        }
        if kind == Kind::Description
            && ["Criterion (", "Critère ("].iter().any(|start| text.starts_with(start))
        {
            return Some("are justifications");
        }
        let start = text.char_indices().nth(START).map_or(text, |(end, _)| &text[..end]);
        let found = detect(start).filter(Info::is_reliable)?;
        (found.lang() != of_language(language)).then_some("are in another language")
    }

    /// Refuses a file whose texts are about other sites.
    pub(super) fn check(&self, options: &Options) -> Result<()> {
        let accepted = |name: &str| options.accepted.iter().any(|field: &FieldName| field.as_str() == name);
        for (field, count) in self.counts.iter().filter(|(field, _)| !accepted(field)) {
            let Count { all, about, named, ended, of_another, ref others } = *count;
            let what = if named >= SEVERAL && about * 2 < named || named >= MANY && about * 5 < named * 4 {
                format!(
                    "are not about their sites: only {about} of {named} have a word of the site's name, where nine of ten do"
                )
            } else if of_another > (named / OF_ANOTHER).max(SEVERAL) {
                format!(
                    "are not about their sites: {of_another} of {named} have the name of another one instead"
                )
            } else if let Some(Run { count, row }) = others.longer_than(SIDE_BY_SIDE) {
                format!(
                    "are not about their sites: {count} of {NEIGHBOURS} neighbouring rows, from row {row} on, have no word of the \
                     site's name"
                )
            } else if all >= SEVERAL && ended * 2 < all {
                format!("end in the midst: {} of {all}. Was the column cut?", all - ended)
            } else {
                continue;
            };
            return Err(Error::refused(format!(
                "the texts of {field} {what}; nothing was changed. Are its rows shifted, or columns exchanged? If it is right: \
                 --accept-changes {field}"
            )));
        }
        Ok(())
    }

    /// Adds the findings about what was left out.
    pub(super) fn report(&self, findings: &mut Findings) {
        for ((field, fault), count) in &self.left_out {
            findings.warn(*field, format!("{count} texts {fault}"), "they are left out");
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Description => "short_description",
            Self::Justification => "justification",
        }
    }

    fn texts(self, site: &Site) -> &Translations {
        match self {
            Self::Description => &site.short_descriptions,
            Self::Justification => &site.justifications,
        }
    }

    fn texts_mut(self, site: &mut Site) -> &mut Translations {
        match self {
            Self::Description => &mut site.short_descriptions,
            Self::Justification => &mut site.justifications,
        }
    }
}

/// Whether a text, which is folded, has the word for criteria, as justifications in languages known to have it do.
fn is_of_kind(kind: Kind, language: Language, text: &str) -> bool {
    let latin = matches!(language, Language::English | Language::French | Language::Spanish);
    kind == Kind::Description || !latin || text.contains("criteri") || text.contains("critere")
}

/// The number of a page that failed is all that tells its messages apart.
fn without_numbers(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

fn of_language(language: Language) -> Lang {
    match language {
        Language::English => Lang::Eng,
        Language::French => Lang::Fra,
        Language::Spanish => Lang::Spa,
        Language::Russian => Lang::Rus,
        Language::Arabic => Lang::Ara,
        Language::Chinese => Lang::Cmn,
    }
}
