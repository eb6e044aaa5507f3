//! Validators: the name of a representation, so that nobody is sent what they have (RFC 9110, 8.8 and 13).

use std::time::SystemTime;

use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_TYPE, ETAG, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, VARY,
};
use http::{HeaderMap, Response};

use super::encoding::Encoding;
use super::format::{self, Format};
use super::negotiation;
use super::parameters::Parameters;
use super::problem::Problem;
use super::reading::Reading;
use crate::app::App;
use crate::body::Body;
use crate::error::Result;
use crate::repository::Version;
use crate::site::Language;

/// Private caches ask again after a minute, shared ones may serve what they have while they ask, and for a day when
/// nobody answers: heritage does not change by the minute.
pub(super) const CACHING: &str =
    "public, max-age=60, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400";

/// What an answer is going to be: which data, in which format and language.
pub(super) struct Representation {
    pub(super) format: Format,
    pub(super) language: Language,
    /// The request headers that decided it; the rest was said in the URL.
    vary: Vec<&'static str>,
}

impl Representation {
    /// What `lang`, `f` and the header ask for; the format is one of `offers`.
    pub(super) fn negotiate(
        headers: &HeaderMap,
        parameters: &mut Parameters<'_>,
        offers: &[Format],
    ) -> Result<Self, Problem> {
        let language = negotiation::language(headers, parameters);
        let format = format::negotiate(headers, parameters, offers)?;
        let asked = [("f", "accept"), ("lang", "accept-language")];
        let vary = asked.into_iter().filter(|(name, _)| parameters.text(name).is_none());
        let encoding = Encoding::is_possible().then_some("accept-encoding");
        Ok(Self { format, language, vary: vary.map(|(_, header)| header).chain(encoding).collect() })
    }

    /// In the format the path names; `lang` and the header ask for the language.
    pub(super) fn of(format: Format, headers: &HeaderMap, parameters: &mut Parameters<'_>) -> Self {
        // Checked like any other, although there is only one it can be.
        parameters.index_of("f", &[format.name()]);
        let language = negotiation::language(headers, parameters);
        let asked = parameters.text("lang").is_none().then_some("accept-language");
        let encoding = Encoding::is_possible().then_some("accept-encoding");
        Self { format, language, vary: asked.into_iter().chain(encoding).collect() }
    }

    /// Everything the bytes depend on beyond the URL.
    fn etag(&self, app: &App, version: &Version) -> HeaderValue {
        let (build, format, language) = (app.build(), self.format.name(), self.language);
        // Hexadecimal numbers, our words and a version, which is visible ASCII: always a header value.
        HeaderValue::try_from(format!("\"{version}-{build}-{format}-{language}\""))
            .unwrap_or(HeaderValue::from_static("\"\""))
    }

    /// The same where all there is to read is in English.
    pub(super) fn in_english(mut self) -> Self {
        self.language = Language::English;
        self.vary.retain(|header| *header != "accept-language");
        self
    }

    /// Describes `response` if the data still has the version of the beginning. If it moved while it was read, the
    /// answer is true now but not to be said again.
    pub(super) async fn conclude(
        &self,
        app: &App,
        reading: &Reading<'_>,
        mut response: Response<Body>,
    ) -> Result<Response<Body>> {
        if reading.is_current().await? {
            self.describe(&mut response, app, reading.version());
        }
        Ok(response)
    }

    /// Says how the answer may be kept and what it depends on.
    fn describe(&self, response: &mut Response<Body>, app: &App, version: &Version) {
        let headers = response.headers_mut();
        headers.insert(ETAG, self.etag(app, version));
        headers.extend(version.modified().and_then(http_date).map(|date| (LAST_MODIFIED, date)));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHING));
        if let Ok(vary) = HeaderValue::try_from(self.vary.join(", "))
            && !vary.is_empty()
        {
            headers.insert(VARY, vary);
        }
    }
}

/// Whether a client that sends `headers` has the representation that is described by `kept`.
pub(super) fn is_known(headers: &HeaderMap, kept: &HeaderMap) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return kept.get(ETAG).is_some_and(|etag| is_named(headers, etag));
    }
    // Of use to those who keep no validators; where there is one it is the better judge (RFC 9110, 13.1.3).
    let since = headers.get(IF_MODIFIED_SINCE).and_then(date);
    since.is_some_and(|since| kept.get(LAST_MODIFIED).and_then(date).is_some_and(|at| at <= since))
}

fn is_named(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // Ours hold no comma. A weak one means the same here: a proxy that compressed made it of ours.
    tags.flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Whether `condition`, the value of `If-Range`, means the representation described by `headers`: only one that is the
/// same to the byte can be continued (RFC 9110, 13.1.5).
pub(super) fn is_same(condition: &HeaderValue, headers: &HeaderMap) -> bool {
    [ETAG, LAST_MODIFIED].iter().any(|name| headers.get(name) == Some(condition))
}

fn http_date(at: SystemTime) -> Option<HeaderValue> {
    // Dates before 1970 have no place in the calendar of HTTP.
    at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    HeaderValue::try_from(httpdate::fmt_http_date(at)).ok()
}

fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

/// What is left of `headers` for somebody who has the representation: those a cache needs to keep it longer.
pub(super) fn not_modified(headers: &HeaderMap) -> HeaderMap {
    let changing = [
        ACCEPT_RANGES,
        CONTENT_DISPOSITION,
        CONTENT_ENCODING,
        CONTENT_LANGUAGE,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        LINK,
    ];
    let left = headers.iter().filter(|(name, _)| !changing.contains(name));
    left.map(|(name, value)| (name.clone(), value.clone())).collect()
}
