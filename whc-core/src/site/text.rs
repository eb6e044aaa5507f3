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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations([Option<Box<str>>; 6]);

impl Translations {
    /// The text in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        self.0[language as usize].as_deref()
    }

    /// The text in `language`, in English where that is missing, with the language it is in.
    #[must_use]
    pub fn best(&self, language: Language) -> Option<(Language, &str)> {
        [language, Language::English].into_iter().find_map(|language| Some((language, self.get(language)?)))
    }

    /// Sets the text in `language`; an empty text removes it.
    pub fn set(&mut self, language: Language, text: impl Into<Box<str>>) {
        let text = text.into();
        self.0[language as usize] = (!text.is_empty()).then_some(text);
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The texts there are, English first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        Language::ALL.into_iter().filter_map(|language| Some((language, self.get(language)?)))
    }
}

impl<T: Into<Box<str>>> FromIterator<(Language, T)> for Translations {
    fn from_iter<I: IntoIterator<Item = (Language, T)>>(texts: I) -> Self {
        let mut translations = Self::default();
        for (language, text) in texts {
            translations.set(language, text);
        }
        translations
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
    pub fn new(english: impl Into<Box<str>>) -> Result<Self> {
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
