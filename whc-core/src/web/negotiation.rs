//! What the client can read: media types and languages.

use headers_accept::Accept;
use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderName};
use mediatype::MediaType;
use mediatype::names::{APPLICATION, JSON};

use super::parameters::Parameters;
use super::problem::Problem;
use crate::site::Language;

const OFFERS: [MediaType<'static>; 1] = [MediaType::new(APPLICATION, JSON)];

/// Checks that the client takes JSON, by `f=` or by `Accept`. A client that says nothing takes anything.
pub(super) fn media_type(headers: &HeaderMap, parameters: &mut Parameters<'_>) -> Result<(), Problem> {
    if let Some(format) = parameters.text("f") {
        if format != "json" {
            let shown: String = format.chars().take(100).collect();
            parameters.violation("f", format!("f must be json, not \"{shown}\""));
        }
        return Ok(());
    }
    let accept = joined(headers, &ACCEPT);
    if accept.is_empty() || accept == "*/*" {
        return Ok(());
    }
    // A header that cannot be read says nothing (RFC 9110, 12.5.1 lets a server ignore it).
    match accept.parse::<Accept>() {
        Ok(accept) if accept.negotiate(&OFFERS).is_none() => Err(Problem::not_acceptable("application/json")),
        _ => Ok(()),
    }
}

/// The language to answer in: that of `lang=`, else the best of `Accept-Language`, else English.
pub(super) fn language(headers: &HeaderMap, parameters: &mut Parameters<'_>) -> Language {
    let codes = Language::ALL.map(Language::code);
    if parameters.text("lang").is_some() {
        return parameters.word("lang", &codes).unwrap_or_default();
    }
    accepted_language(&joined(headers, &ACCEPT_LANGUAGE)).unwrap_or_default()
}

/// RFC 4647 lookup on the primary subtag: `fr-CA` is content with French. The crates for this take `q=0` for a wish.
fn accepted_language(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
        let language = match tag.split('-').next().unwrap_or_default() {
            "*" => Some(Language::default()),
            primary => primary.parse().ok(),
        };
        if let (Some(quality), Some(language)) = (quality, language)
            && quality > best.map_or(0.0, |(quality, _)| quality)
        {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    let values: Vec<_> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    values.join(",")
}
