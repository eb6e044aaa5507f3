//! Content negotiation of format, language and encoding (RFC 9110, 12).

use headers_accept::Accept;
use mediatype::MediaType;

use super::{Parameters, RequestHeaders};
use crate::site::Language;
use crate::web::format::{Encoding, Format};
use crate::web::problem::Problem;

/// The representation of a response, but for its encoding.
pub(crate) struct Representation {
    /// The format.
    pub(crate) format: Format,
    /// The language of texts.
    pub(crate) language: Language,
    /// The request headers that decided it, for `Vary`; what the URL decides is not among them.
    pub(crate) vary: Vec<&'static str>,
}

impl Representation {
    /// The representation by `lang`, `f` and the headers; the format is one of `offers`.
    ///
    /// # Errors
    /// The client accepts none of them.
    pub(crate) fn negotiate(
        headers: &RequestHeaders<'_>,
        parameters: &mut Parameters<'_>,
        offers: &[Format],
    ) -> Result<Self, Problem> {
        let language = language(headers, parameters);
        let format = with_mark(format(headers, parameters, offers)?, parameters);
        let decided = [("f", "accept"), ("lang", "accept-language")];
        let vary = decided.into_iter().filter(|(name, _)| parameters.text(name).is_none());
        let encoding = Encoding::is_possible().then_some("accept-encoding");
        Ok(Self { format, language, vary: vary.map(|(_, header)| header).chain(encoding).collect() })
    }

    /// The representation in the format of the path, with `bom`; `lang` and the header decide the language.
    pub(crate) fn in_format(
        format: Format,
        headers: &RequestHeaders<'_>,
        parameters: &mut Parameters<'_>,
    ) -> Self {
        // Checked like any other parameter, although only one value is valid.
        parameters.index_of("f", &[format.name()]);
        let format = with_mark(format, parameters);
        let language = language(headers, parameters);
        let by_language = parameters.text("lang").is_none().then_some("accept-language");
        let encoding = Encoding::is_possible().then_some("accept-encoding");
        Self { format, language, vary: by_language.into_iter().chain(encoding).collect() }
    }

    /// The same in the language of `lang`, else in English: what somebody writes is not in a language that a browser adds.
    pub(crate) fn in_named_language(mut self, parameters: &Parameters<'_>) -> Self {
        let codes = Language::ALL.map(Language::code);
        let named = parameters
            .text("lang")
            .and_then(|lang| codes.iter().position(|code| code.eq_ignore_ascii_case(lang)));
        self.language = named.map(|at| Language::ALL[at]).unwrap_or_default();
        self
    }

    /// The same where the texts exist in English only.
    pub(crate) fn in_english(mut self) -> Self {
        self.language = Language::English;
        self.vary.retain(|header| *header != "accept-language");
        self
    }
}

/// The format of `f=`, else the best of `Accept`, else the first of `offers`. A page at the same path is not among them: who
/// prefers that has got it, but whoever asks for nothing there is hears of it.
fn format(
    headers: &RequestHeaders<'_>,
    parameters: &mut Parameters<'_>,
    offers: &[Format],
) -> Result<Format, Problem> {
    let page = Some(Format::Html).filter(|page| parameters.has_page && !offers.contains(page));
    if parameters.text("f").is_some() {
        let words: Vec<_> = offers.iter().copied().chain(page).map(Format::name).collect();
        let chosen = parameters.index_of("f", &words);
        return Ok(chosen.and_then(|at| offers.get(at)).copied().unwrap_or(Format::Json));
    }
    let offers: Vec<_> = offers.iter().copied().filter(|format| format.is_negotiated()).collect();
    let types: Vec<_> = offers.iter().map(|format| format.media_type()).collect();
    acceptable(headers, &types).map(|at| offers[at]).ok_or_else(|| {
        let all: Vec<_> = offers.iter().copied().chain(page).map(Format::essence).collect();
        Problem::not_acceptable(&all.join(", "))
    })
}

/// Whether the client prefers a page to data at the same path: by `f`, else by an `Accept` that names pages and names no data
/// that it likes as much. Browsers do; what accepts anything is a program.
#[cfg(feature = "pages")]
pub(crate) fn prefers_page(headers: &RequestHeaders<'_>, query: Option<&str>) -> bool {
    let mut parameters = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    match parameters.find(|(name, value)| name == "f" && !value.trim().is_empty()) {
        Some((_, format)) => format.trim().eq_ignore_ascii_case(Format::Html.name()),
        None => accepts_pages(&headers.accept),
    }
}

/// Whether an `Accept` prefers pages.
#[cfg(feature = "pages")]
pub(crate) fn accepts_pages(accept: &str) -> bool {
    let (mut page, mut anything, mut data) = (0.0_f32, 0.0_f32, 0.0_f32);
    for (range, quality) in weighted(accept) {
        let named = |format: &Format| range.eq_ignore_ascii_case(format.essence());
        if named(&Format::Html) {
            page = page.max(quality);
        } else if range.contains('*') {
            anything = anything.max(quality);
        } else if Format::DATA.iter().any(named) {
            data = data.max(quality);
        }
    }
    page > data && page >= anything
}

/// The format with the byte order mark that `bom` asks for.
fn with_mark(format: Format, parameters: &mut Parameters<'_>) -> Format {
    if parameters.flag("bom") != Some(true) {
        return format;
    }
    if format == Format::Csv {
        return Format::CsvWithBom;
    }
    parameters.only_in("bom", &[Format::Csv]);
    format
}

/// The position of the one of `offers` that `Accept` prefers; of the first without such a header.
pub(crate) fn acceptable(headers: &RequestHeaders<'_>, offers: &[MediaType<'_>]) -> Option<usize> {
    let accept = &*headers.accept;
    if accept.is_empty() || accept == "*/*" {
        return Some(0);
    }
    // A malformed header is ignored (RFC 9110, 12.5.1).
    let Ok(accept) = accept.parse::<Accept>() else { return Some(0) };
    accept.negotiate(offers).and_then(|chosen| offers.iter().position(|offer| offer == chosen))
}

/// The encoding the client prefers, `None` for none. Ranges are those of the file itself, unless `If-Range` names an
/// encoded representation (RFC 9110, 14.2).
pub(crate) fn encoding(headers: &RequestHeaders<'_>) -> Option<Encoding> {
    let header = headers.accept_encoding.as_deref()?;
    let quality = |name: &str| {
        let named = |name: &str| weighted(header).find(|(tag, _)| coding(tag).eq_ignore_ascii_case(name));
        named(name).or_else(|| named("*").filter(|_| name != "identity")).map_or(0.0, |(_, quality)| quality)
    };
    let mut best = None;
    for encoding in Encoding::OFFERS.iter().copied() {
        let least = best.map_or(0.0, |best: Encoding| quality(best.name()));
        if quality(encoding.name()) > least {
            best = Some(encoding);
        }
    }
    best.filter(|best| quality(best.name()) >= quality("identity"))
        .filter(|best| headers.range.is_none() || is_continued(*best, headers))
}

/// The name of a coding for one of its names (RFC 9110, 8.4.1.3).
fn coding(name: &str) -> &str {
    if name.eq_ignore_ascii_case("x-gzip") { "gzip" } else { name }
}

/// Whether `If-Range` names a representation in this encoding: its validator ends with the name.
fn is_continued(encoding: Encoding, headers: &RequestHeaders<'_>) -> bool {
    let condition = headers.if_range.and_then(|value| value.to_str().ok());
    condition.is_some_and(|tag| tag.trim_end_matches('"').ends_with(&format!("-{}", encoding.name())))
}

/// The language of `lang=`, else the best of `Accept-Language`, else English.
pub(crate) fn language(headers: &RequestHeaders<'_>, parameters: &mut Parameters<'_>) -> Language {
    let codes = Language::ALL.map(Language::code);
    if parameters.text("lang").is_some() {
        return parameters.index_of("lang", &codes).map(|at| Language::ALL[at]).unwrap_or_default();
    }
    accepted_language(&headers.accept_language).unwrap_or_default()
}

/// RFC 4647 lookup on the primary subtag: `fr-CA` gets French. The crates for this do not treat `q=0` as a refusal.
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
fn weighted(header: &str) -> impl Iterator<Item = (&str, f32)> {
    header.split(',').filter_map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let tag = parts.next()?;
        let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((tag, quality.map_or(Ok(1.0), str::parse).ok()?))
    })
}
