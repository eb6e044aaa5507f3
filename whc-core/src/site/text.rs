//! Texts in the six languages of UNESCO.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};

/// A language the official exports come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, the one every site has.
    #[default]
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Russian.
    Russian,
    /// Arabic, written from right to left.
    Arabic,
    /// Chinese.
    Chinese,
}

impl Language {
    /// All languages, English first.
    pub const ALL: [Self; 6] =
        [Self::English, Self::French, Self::Spanish, Self::Russian, Self::Arabic, Self::Chinese];

    /// The ISO 639-1 code, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        ["en", "fr", "es", "ru", "ar", "zh"][self as usize]
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Error::invalid(format!("a language is one of en, fr, es, ru, ar, zh, not \"{text}\""))
        })
    }
}

/// A text in any of the six languages, or in none. An empty text counts as missing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Translations {
    /// All of them, one after the other: most sites have six names, and one allocation is enough.
    texts: Box<str>,
    /// Where the text of each language ends.
    ends: [u32; Language::ALL.len()],
}

impl Translations {
    /// The text in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        let place = language as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.texts.get(start as usize..self.ends[place] as usize).filter(|text| !text.is_empty())
    }

    /// The text in `language`, in English where that is missing, with the language it is in.
    #[must_use]
    pub fn best(&self, language: Language) -> Option<(Language, &str)> {
        [language, Language::English].into_iter().find_map(|language| Some((language, self.get(language)?)))
    }

    /// Sets the text in `language`; an empty text removes it.
    pub fn set(&mut self, language: Language, text: impl AsRef<str>) {
        *self = self.iter().chain([(language, text.as_ref())]).collect();
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts there are, English first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        Language::ALL.into_iter().filter_map(|language| Some((language, self.get(language)?)))
    }
}

/// Of several texts in one language the last one.
impl<T: AsRef<str>> FromIterator<(Language, T)> for Translations {
    fn from_iter<I: IntoIterator<Item = (Language, T)>>(texts: I) -> Self {
        let mut last = [const { None }; Language::ALL.len()];
        for (language, text) in texts {
            last[language as usize] = Some(text);
        }
        let last = last.each_ref().map(|text| text.as_ref().map_or("", AsRef::as_ref));
        let mut end = 0;
        let ends = last.map(|text| {
            end += text.len();
            u32::try_from(end).unwrap_or(u32::MAX)
        });
        Self { texts: last.concat().into(), ends }
    }
}

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// A name in the six languages, always there in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names(Translations);

impl Names {
    /// A name known in English.
    ///
    /// # Errors
    /// An empty name is invalid.
    pub fn new(english: impl AsRef<str>) -> Result<Self> {
        std::iter::once((Language::English, english)).collect::<Translations>().try_into()
    }

    /// The English name.
    #[must_use]
    pub fn english(&self) -> &str {
        self.0.get(Language::English).unwrap_or_default()
    }

    /// The name in `language`, in English where that is missing, with the language it is in.
    #[must_use]
    pub fn best(&self, language: Language) -> (Language, &str) {
        self.0.best(language).unwrap_or_default()
    }

    /// All translations there are.
    #[must_use]
    pub fn translations(&self) -> &Translations {
        &self.0
    }
}

impl TryFrom<Translations> for Names {
    type Error = Error;

    fn try_from(translations: Translations) -> Result<Self> {
        match translations.get(Language::English) {
            Some(_) => Ok(Self(translations)),
            None => Err(Error::invalid("a site needs an English name")),
        }
    }
}

/// Control characters but for white space, soft hyphens, zero-width spaces, byte order and direction marks.
pub(crate) fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2060}'
        | '\u{FEFF}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}
