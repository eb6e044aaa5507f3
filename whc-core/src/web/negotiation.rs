//! The language a client reads.

use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, HeaderName};

use super::parameters::Parameters;
use crate::site::Language;

/// The language to answer in: that of `lang=`, else the best of `Accept-Language`, else English.
pub(super) fn language(headers: &HeaderMap, parameters: &mut Parameters<'_>) -> Language {
    let codes = Language::ALL.map(Language::code);
    if parameters.text("lang").is_some() {
        return parameters.index_of("lang", &codes).map(|at| Language::ALL[at]).unwrap_or_default();
    }
    accepted_language(&joined(headers, &ACCEPT_LANGUAGE)).unwrap_or_default()
}

/// RFC 4647 lookup on the primary subtag: `fr-CA` is content with French. The crates for this take `q=0` for a wish.
fn accepted_language(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for (tag, quality) in weighted(header) {
        let language = match tag.split('-').next().unwrap_or_default() {
            "*" => Some(Language::default()),
            primary => primary.parse().ok(),
        };
        if let Some(language) = language
            && quality > best.map_or(0.0, |(quality, _)| quality)
        {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

/// The members of a header like `fr;q=0.8, en` with their qualities; those with an unreadable quality are left out.
pub(super) fn weighted(header: &str) -> impl Iterator<Item = (&str, f32)> {
    header.split(',').filter_map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let tag = parts.next()?;
        let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((tag, quality.map_or(Ok(1.0), str::parse).ok()?))
    })
}

/// All values of a header as one list.
pub(super) fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    let values: Vec<_> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    values.join(",")
}
