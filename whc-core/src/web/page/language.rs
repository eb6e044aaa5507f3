//! Languages in HTML: their own names, the attributes that name them, and which way they are written.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::site::Language;

/// The name of a language in that language.
pub(crate) fn name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::French => "Français",
        Language::Spanish => "Español",
        Language::Russian => "Русский",
        Language::Arabic => "العربية",
        Language::Chinese => "中文",
    }
}

/// The attribute `dir` of a text in this language, after a space; nothing where it is written from left to right.
pub(crate) struct Direction(pub(crate) Language);

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == Language::Arabic { " dir=\"rtl\"" } else { "" })
    }
}

impl HtmlSafe for Direction {}

/// The attributes `lang` and `dir` of a text in `language` among texts in `around`, after a space; nothing where they are the
/// same.
pub(crate) struct Foreign {
    pub(crate) language: Language,
    pub(crate) around: Language,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.language == self.around {
            return Ok(());
        }
        let direction = if self.language == Language::Arabic { "rtl" } else { "ltr" };
        write!(f, " lang=\"{}\"", self.language)?;
        // The direction of the page goes on where it is not said.
        if [self.language, self.around].contains(&Language::Arabic) {
            write!(f, " dir=\"{direction}\"")?;
        }
        Ok(())
    }
}

impl HtmlSafe for Foreign {}
