//! The JSON documents of this API: an envelope with data, metadata and links.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::page::Window;
use crate::site::{Language, Year};

/// The envelope of every JSON response of the API.
#[derive(Serialize)]
pub(crate) struct Envelope<D, M, L> {
    /// The data.
    pub(crate) data: D,
    /// The metadata.
    pub(crate) meta: M,
    /// The links.
    pub(crate) links: L,
}

/// The metadata of a response that is not a page.
#[derive(Serialize)]
pub(crate) struct Meta {
    total: u64,
    language: &'static str,
    #[serde(flatten)]
    as_of: Option<AsOf>,
}

/// The year that the answer speaks for, and what it cannot know of it.
#[derive(Clone, Copy, Serialize)]
struct AsOf {
    as_of: u16,
    of_today: [&'static str; 6],
}

impl AsOf {
    fn new(year: Year) -> Self {
        Self { as_of: year.get(), of_today: OF_TODAY }
    }
}

/// What an answer as of another year has as it is today, since what it was then is not known.
pub(crate) const OF_TODAY: [&str; 6] = ["names", "states", "points", "areas", "components", "criteria"];

/// The metadata of a page.
#[derive(Serialize)]
pub(crate) struct PageMeta {
    total: u64,
    returned: usize,
    limit: u32,
    offset: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    #[serde(flatten)]
    as_of: Option<AsOf>,
}

impl Meta {
    pub(crate) fn new(total: u64, language: Language) -> Self {
        Self { total, language: language.code(), as_of: None }
    }

    /// The same of the end of a year.
    pub(crate) fn at_end_of(self, year: Option<Year>) -> Self {
        Self { as_of: year.map(AsOf::new), ..self }
    }
}

impl PageMeta {
    /// Of `returned` items of `total` in all.
    pub(crate) fn new(window: Window, language: Language, returned: usize, total: u64) -> Self {
        Self {
            total,
            returned,
            limit: window.limit(),
            offset: window.offset(),
            language: Some(language.code()),
            as_of: None,
        }
    }

    /// The same of the end of a year.
    pub(crate) fn at_end_of(self, year: Option<Year>) -> Self {
        Self { as_of: year.map(AsOf::new), ..self }
    }

    /// The same of items without texts in a language.
    pub(crate) fn without_language(window: Window, returned: usize, total: u64) -> Self {
        Self { language: None, ..Self::new(window, Language::default(), returned, total) }
    }
}

/// A document as text.
///
/// # Errors
/// The document has a key that is no text, or a number that is not finite.
pub(crate) fn to_vec<T: Serialize>(document: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(document).map_err(|error| Error::internal("no JSON").with_source(error))
}
